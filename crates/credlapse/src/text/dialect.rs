//! The headers that SDKs and tools print before, within and behind a message.

use alloc::string::String;

use super::class::Class;
use super::header::{Header, Role};
use super::{fields, name, scan};
use crate::Cause;

/// What each header is to the text around it, and how it is written.
///
/// A space is white space of any kind or none, as a text may be wrapped
/// anywhere; a comma may be a semicolon; `$` is the end of a line. What stands
/// in brackets may be missing. A value in braces, see [`Reader::value`], has
/// one character at least; `{}` says nothing of the cause.
const DIALECTS: [(Role, &str); 13] = [
    // botocore and the AWS CLI, which has no operation for failures of its own.
    (
        Role::Opens,
        "An error occurred ([{code}])[ when calling[ the][ {operation}][ operation][ (reached{rest})]] [:]",
    ),
    // Its very old versions.
    (
        Role::Opens,
        "A client error ([{code}])[ occurred][ when calling[ the][ {operation}][ operation]] [:]",
    ),
    // The SDK for C++, as Arrow prints it: `AWS Error ACCESS_DENIED during HeadObject operation:`.
    (
        Role::Opens,
        "AWS Error[ {CODE}][ (HTTP status {status}[{rest}])] during {operation}[ operation][:]",
    ),
    (
        Role::Continues,
        "Unable to parse ExceptionName: {code}[ Message:]",
    ),
    // Its log.
    (Role::Continues, "Exception name: {code} Error message:"),
    // The SDK for Go, version 2.
    (Role::Says, "operation error {service}: {operation}[,]"),
    (
        Role::Continues,
        "https response error[ StatusCode:[ {status}][,]][ RequestID:[ {id}][,]][ HostID:[ {}][,]] ",
    ),
    (Role::Continues, "api error {code}:"),
    // Version 1, below the message.
    (
        Role::Closes,
        "status code: {status}, request id:[ {id}][, host id:[ {}]]",
    ),
    // The SDKs for Java, and .NET where it prints alike.
    (
        Role::Closes,
        "(Service:[ {service}][, Status Code:[ {status}]][, Error Code:[ {code}]][, Request ID:[ {id}]][{rest}][)]",
    ),
    // .NET, where the answer had no message.
    (
        Role::Says,
        "Error making request with Error Code {code}[ and Http Status Code {}]",
    ),
    // The SDK for PHP.
    (Role::Opens, "executing \"{operation}\" on \""),
    // The SDK for Ruby: `The provided token has expired. (Aws::S3::Errors::ExpiredToken)`.
    (Role::Closes, "({class})$"),
];

/// The header at the head of `text`, whose first word or sign has `len` bytes.
pub(super) fn read(text: &str, len: usize) -> Option<Header> {
    if HEADS & head(text.as_bytes(), len) == 0 {
        return None;
    }
    DIALECTS.iter().find_map(|(role, template)| {
        let mut reader = Reader {
            rest: text,
            cause: Cause::default(),
        };
        reader.read(template.as_bytes())?;
        Some(Header::new(text, reader.rest, reader.cause, *role))
    })
}

/// A bit for the head of each template: nearly every word ends here.
const HEADS: u64 = {
    let mut heads = 0;
    let mut rest: &[(Role, &str)] = &DIALECTS;
    while let [(_, template), tail @ ..] = rest {
        let (template, mut len) = (template.as_bytes(), 0_usize);
        let mut letters = template;
        while let [letter, after @ ..] = letters
            && letter.is_ascii_alphabetic()
        {
            letters = after;
            len = len.saturating_add(1);
        }
        heads |= head(template, if len == 0 { 1 } else { len });
        rest = tail;
    }
    heads
};

/// A bit for the first byte and the length of a word.
const fn head(text: &[u8], len: usize) -> u64 {
    match text {
        [first, ..] => {
            1_u64.rotate_left((*first as u32).wrapping_add((len as u32).wrapping_mul(11)))
        }
        [] => 0,
    }
}

/// A text, read along a template.
struct Reader<'t> {
    rest: &'t str,
    cause: Cause,
}

impl Reader<'_> {
    /// Reads up to the end of the template or of its bracket; gives what follows that.
    fn read<'p>(&mut self, template: &'p [u8]) -> Option<&'p [u8]> {
        let mut template = template;
        while let [sign, after @ ..] = template {
            template = after;
            match sign {
                b']' => break,
                b'[' => {
                    let rest = self.rest;
                    template = self.read(after).unwrap_or_else(|| {
                        self.rest = rest;
                        skip(after)
                    });
                }
                b'{' => {
                    let end = after.iter().position(|byte| *byte == b'}')?;
                    let (name, tail) = after.split_at_checked(end)?;
                    template = tail.get(1..)?;
                    self.value(name, template)?;
                }
                b' ' => self.rest = Class::SPACE.split(self.rest).1,
                b'$' => {
                    let is_end = self.rest.is_empty() || LINE_END.begins(self.rest);
                    is_end.then_some(())?;
                }
                _ => {
                    let (first, rest) = self.rest.split_at_checked(1)?;
                    let is_same = first.as_bytes() == [*sign] || *sign == b',' && first == ";";
                    is_same.then_some(())?;
                    self.rest = rest;
                }
            }
        }
        Some(template)
    }

    /// Takes the value of this name, which `after` follows in the template.
    fn value(&mut self, name: &[u8], after: &[u8]) -> Option<()> {
        let next = after.iter().find(|sign| !b"[]".contains(sign));
        let class = match name {
            b"status" => &Class::DIGIT,
            b"operation" | b"CODE" => &Class::WORD,
            b"service" => &SERVICE,
            b"code" if next.is_some_and(|next| b"),".contains(next)) => &PHRASE,
            b"code" => &CODE,
            b"class" => &QUALIFIED,
            b"rest" => &INSIDE,
            _ => &ID,
        };
        let (value, rest) = class.split(self.rest);
        if value.is_empty() || value.len() > VALUE_MAX && name != b"rest" {
            return None;
        }
        let cause = &mut self.cause;
        let field = match name {
            b"status" => {
                cause.status = cause.status.or(fields::status(self.rest));
                None
            }
            b"class" => {
                if !(scan::contains(value, "::") && name::is_name(value)) {
                    return None;
                }
                *cause = name::named(value);
                None
            }
            b"CODE" if value != "UNKNOWN" => {
                cause.code = Some(pascal(value));
                None
            }
            b"code" => Some(&mut cause.code),
            b"service" => Some(&mut cause.service),
            b"operation" => Some(&mut cause.operation),
            b"id" => Some(&mut cause.request_id),
            _ => None,
        };
        if let Some(field) = field.filter(|_| value != "null") {
            *field = Some(bare(value).into());
        }
        self.rest = rest;
        Some(())
    }
}

const CODE: Class = Class::WORD.with(b".#-");
const PHRASE: Class = CODE.with(b": ");
const QUALIFIED: Class = Class::WORD.with(b":");
const SERVICE: Class = Class::of(b":,;()\n").not();
const ID: Class = Class::SPACE.with(b",;)").not();
const INSIDE: Class = Class::of(b")\x01").not();
const LINE_END: Class = Class::of(b"\n\x01");

/// The longest value.
const VALUE_MAX: usize = 96;

/// What follows the bracket that `template` stands in.
fn skip(template: &[u8]) -> &[u8] {
    let mut depth = 1_usize;
    let end = template.iter().position(|sign| {
        match sign {
            b'[' => depth = depth.saturating_add(1),
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    end.and_then(|end| template.get(end.saturating_add(1)..))
        .unwrap_or_default()
}

/// A value without what the SDKs for Java put before it: the owner of a
/// service, and of a status line, which they have for a code where the answer
/// has no body, all but the last word.
fn bare(value: &str) -> &str {
    let value = value.trim();
    if Class::DIGIT.begins(value) {
        return const { Class::of(b" ").not() }.split_tail(value).1;
    }
    value.strip_prefix("Amazon ").unwrap_or(value)
}

/// The code for an enumerator of the C++ SDK: `ACCESS_DENIED` is `AccessDenied`.
fn pascal(name: &str) -> String {
    let mut is_first = true;
    name.chars()
        .filter_map(|char| {
            let letter = if core::mem::replace(&mut is_first, char == '_') {
                char
            } else {
                char.to_ascii_lowercase()
            };
            (char != '_').then_some(letter)
        })
        .collect()
}
