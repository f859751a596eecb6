//! Names of errors before their messages, in every language.
//!
//! `ExpiredToken: ...`, `botocore.exceptions.ClientError: ...`, `Aws::S3::Errors::ExpiredToken: ...`,
//! `Aws\S3\Exception\S3Exception: ...`, `S3OperationError [CredentialsProviderError]: ...` (Node),
//! `ExpiredToken (client): ...` (PHP), `ExpiredToken<TAB>...` (the AWS CLI's text and table formats).

use super::class::Class;
use super::header::{Header, Role};
use super::scan::{self, List};
use crate::Cause;

/// What stands where a word begins.
#[derive(Debug)]
pub(super) enum Found {
    Header(Header),
    /// No name; a word, path or URL of this length.
    Path(usize),
}

/// Reads the name, or skips the word, at the head of `text`.
///
/// `is_first` tells that no text of the same cause stands before it.
pub(super) fn read(text: &str, is_first: bool) -> Found {
    let (run, after) = const { Class::WORD.with(b".:\\$#/-") }.split(text);
    let name = const { Class::of(b":./-\\#") }.split_tail(run).0;
    let path = Found::Path(run.len().max(1));
    let after_name = scan::from(text, name.len());
    if let Some(rest) = after_name.strip_prefix(':') {
        if run.len() > name.len().saturating_add(1)
            || !(rest.is_empty() || const { Class::of(b" \n\t\"<'") }.begins(rest))
        {
            return path;
        }
        if is_name(name) {
            return open(text, rest, named(name));
        }
        if is_first && name == "Error" {
            return open(text, rest, Cause::default());
        }
        if is_first && (is_plain_code(name) || is_status(name)) {
            return open(text, rest, Cause::named(name));
        }
        return path;
    }
    // Ruby prints a class as a value, `:exception=>Aws::S3::Errors::Forbidden,`, and what reports errors as a title.
    let is_value = (after.is_empty() || const { Class::of(b",}\n") }.begins(after))
        && scan::contains(name, "::Errors::");
    let is_line = after.is_empty() && (name.ends_with("Error") || name.ends_with("Exception"));
    if is_first && (is_value || is_line && is_name(name)) {
        return open(text, after, named(name));
    }
    if run.len() > name.len() || !(is_name(name) || name == "Error") {
        return path;
    }
    if let Some(inside) = after.strip_prefix(" [") {
        let (code, rest) = scan::split_word(inside);
        if let (false, Some(rest)) = (code.is_empty(), rest.strip_prefix("]: ")) {
            let cause = if name == "Error" {
                Cause::named(code)
            } else {
                Cause {
                    code: Some(code.into()),
                    ..named(name)
                }
            };
            return open(text, rest, cause);
        }
    }
    if let Some(rest) = List(" (client): | (server): ").strip(after) {
        return open(text, rest, coded(name));
    }
    let inside = List("('|(\"|(properties:").strip(after);
    if let Some(rest) = inside.filter(|_| is_class(name)) {
        return open(text, rest, named(name));
    }
    if let Some(rest) = after
        .strip_prefix(" (")
        .filter(|_| scan::contains(name, "::"))
    {
        return open(text, rest, named(name));
    }
    if !is_first {
        return path;
    }
    let rest = after.trim_start_matches([' ', '\t', '|', '│', '┃']);
    let gap = scan::between(after, 0, scan::offset(after, rest));
    if (gap.contains(['\t', '|', '│', '┃']) || gap.len() > 1)
        && is_name(name)
        && Class::UPPER.begins(rest)
    {
        return open(text, rest, coded(name));
    }
    path
}

fn open(text: &str, rest: &str, cause: Cause) -> Found {
    let (name, _) = const { Class::of(b": ([").not() }.split(text);
    let header = Header::new(text, rest, cause, Role::Opens);
    Found::Header(Header {
        shared: name.len(),
        ..header
    })
}

/// A cause of which only the code is known.
fn coded(code: &str) -> Cause {
    Cause {
        code: Some(code.into()),
        ..Cause::default()
    }
}

/// What a qualified name says.
pub(super) fn named(name: &str) -> Cause {
    let last = last_segment(name);
    let mut cause = Cause::default();
    if name.starts_with("Aws::Errors::") {
        // The errors of no service are the SDK's own.
        cause.name = Some(name.into());
        return cause;
    }
    if let Some((service, code)) = name
        .strip_prefix("Aws::")
        .and_then(|rest| scan::split_once(rest, "::Errors::"))
    {
        if service == "Sigv4" {
            // The signer is no service: no answer has its errors as a code.
            cause.name = Some(name.into());
            return cause;
        }
        // Ruby makes a class of each code.
        cause.service = Some(service.into());
        cause.code = Some(code.into());
        return cause;
    }
    if List("botocore.|aiobotocore.|boto3.|_|Aws").begins(name) {
        cause.name = Some(last.into());
        return cause;
    }
    let (package, _) = const { Class::of(b".$").not() }.split_tail(name);
    if let Some((package, _)) = package.split_at_checked(package.len().wrapping_sub(1)) {
        let (package, is_model) = match package
            .strip_suffix(".model")
            .or_else(|| package.strip_suffix(".Model"))
        {
            Some(package) => (package, true),
            None => (package, false),
        };
        let base = last.strip_suffix("Exception").unwrap_or(last);
        let is_base = base.eq_ignore_ascii_case(last_segment(package))
            || base.starts_with("Amazon")
            || base.starts_with("AWS");
        if is_model && !is_base {
            cause.code = Some(last.into());
        }
    }
    cause.name = Some(name.into());
    cause
}

fn last_segment(name: &str) -> &str {
    let (_, last) = Class::WORD.split_tail(name);
    const { Class::of(b"_") }.split(last).1
}

/// Whether the text reads as the name of an error: `AccessDenied`, `IOException`, `Aws::S3::Errors::Forbidden`, not `User`.
pub(super) fn is_name(name: &str) -> bool {
    let last = last_segment(name);
    if !Class::UPPER.begins(last) || !Class::WORD.is_all(last) || name.len() > 160 {
        return false;
    }
    let humps = last
        .as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
    humps || is_class(last) || scan::contains(name, "::Errors::")
}

/// Whether the name says of itself that it is one of an error.
pub(super) fn is_class(name: &str) -> bool {
    ["Error", "Exception", "Failure", "Fault"]
        .iter()
        .any(|tail| name.ends_with(tail) && name.len() > tail.len())
}

/// Codes of one word.
fn is_plain_code(name: &str) -> bool {
    List("Forbidden|Unauthorized|Unknown|Throttling").has(name)
}

fn is_status(name: &str) -> bool {
    name.len() == 3 && super::fields::status(name).is_some()
}

/// A code without its namespace and without the address that some services add.
pub(super) fn wire_code(code: &str) -> &str {
    let code = scan::split_once(code, ":http").map_or(code, |(head, _)| head);
    const { Class::of(b"#").not() }.split_tail(code).1.trim()
}

/// Whether a line begins with the name of an error and a colon.
pub(super) fn is_header(line: &str) -> bool {
    let (name, rest) = const { Class::of(b": ").not() }.split(line);
    rest.starts_with(':') && is_name(name)
}
