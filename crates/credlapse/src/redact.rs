//! Secrets out of everything that is echoed.
//!
//! A secret is known by its name (`Token-0`, `X-Amz-Signature`,
//! `aws_secret_access_key`, `Authorization` and their like, as an XML element,
//! a JSON member, a header, a variable or a part of a URL, percent-encoded and
//! escaped forms included), by its shape (session tokens of STS, JSON Web
//! Tokens, access key ids, private keys, passwords in URLs), by where it stands
//! (40 characters beside an access key id) or because the caller says so.
//!
//! What identifies a failure stays: request ids, host ids, ARNs, entity tags,
//! digests, start URLs and paths. Everything is linear in the text; what comes
//! out is at most four times as long as what went in.

mod control;
mod escape;
mod named;
mod run;
mod secrets;
mod shape;
mod span;
mod value;

pub(crate) use control::after_escape;

use alloc::borrow::Cow;
use alloc::string::String;

use crate::digits;
use crate::phrase::fold;
use crate::text::class::Class;
use crate::text::scan;

/// The mask that stands in the place of a secret.
pub const MASK: &str = "***REDACTED***";

/// The shortest secret of a caller that is looked for: a shorter one would be
/// found inside words.
pub const SECRET_MIN: usize = 4;

/// `text` without secrets and without control characters.
///
/// `secrets` are values of the caller's own, removed wherever they stand, also
/// percent-encoded or with `/` escaped; one that is shorter than
/// [`SECRET_MIN`] bytes is not looked for. Of an access key id four and four
/// characters stay. Terminal sequences, control characters and invisible
/// characters that turn or split a text are removed; line breaks (as `\n`) and
/// tabs stay. A text that was redacted once comes out as it is.
///
/// ```
/// use credlapse::redact::redact;
///
/// assert_eq!(
///     redact("<Code>ExpiredToken</Code><Token-0>IQoJb3JpZ2lu</Token-0>", &[]),
///     "<Code>ExpiredToken</Code><Token-0>***REDACTED***</Token-0>"
/// );
/// assert_eq!(
///     redact("key \u{1b}[31mAKIAIOSFODNN7EXAMPLE\u{1b}[0m of hunter2", &["hunter2".into()]),
///     "key AKIA***REDACTED***MPLE of ***REDACTED***"
/// );
/// ```
#[must_use]
pub fn redact(text: &str, secrets: &[String]) -> String {
    let mut text = control::without_control(text);
    for secret in secrets {
        replace_secret(&mut text, secret);
    }
    let spans = secrets::find(&text);
    if spans.is_empty() {
        return text.into_owned();
    }
    span::replace(&text, &spans)
}

/// Like [`redact`], on one line: white space with a line break or a tab in it becomes one space.
///
/// ```
/// use credlapse::redact::line;
///
/// assert_eq!(line("Access Denied\r\n\tby policy\n", &[]), "Access Denied by policy");
/// ```
#[must_use]
pub fn line(text: &str, secrets: &[String]) -> String {
    if secrets.is_empty() && is_name(text) {
        return text.into();
    }
    let mut text = redact(text, secrets);
    if BREAK.is_in(&text) {
        // A name and a value of two lines may meet on one.
        text = redact(&folded(&text), secrets);
    }
    text
}

/// Whether a text is too plain for a secret: the name of an error, an operation, a profile.
///
/// Letters alone, or what is shorter than an access key id.
fn is_name(text: &str) -> bool {
    let is_short = text.len() <= 16;
    let plain = |byte: u8| {
        let letter = fold(byte);
        letter >= b'a' || is_short && (letter != 0 || matches!(byte, b'-' | b'.' | b' '))
    };
    text.len() <= 36 && text.bytes().all(plain)
}

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (line, after) = const { BREAK.not() }.split(rest);
        if after.is_empty() {
            out.push_str(line);
            return out;
        }
        out.push_str(SPACE.split_tail(line).0);
        (_, rest) = SPACE.split(after);
        if !out.is_empty() && !rest.is_empty() {
            out.push(' ');
        }
    }
}

const BREAK: Class = Class::of(b"\n\t");
const SPACE: Class = BREAK.with(b" ");

/// Masks a secret of the caller and the forms that it takes in URLs and in JSON.
fn replace_secret(text: &mut Cow<'_, str>, secret: &str) {
    // Line breaks of the text are `\n` by now, and its control characters are gone.
    let secret = control::without_control(secret);
    if secret.len() < SECRET_MIN {
        return;
    }
    replace_form(text, &secret);
    if secret.bytes().all(is_unreserved) {
        return;
    }
    let mut encoded = String::with_capacity(secret.len());
    for byte in secret.bytes() {
        if is_unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in digits::hex(byte) {
                encoded.push(digit.to_ascii_uppercase());
            }
        }
    }
    replace_form(text, &encoded);
    if secret.contains('/') {
        replace_form(text, &scan::replace(&secret, "/", "\\/"));
    }
}

fn replace_form(text: &mut Cow<'_, str>, form: &str) {
    if !scan::contains(text, form) {
        return;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &**text;
    // A mask of before is no part of a secret, or the mask would be masked.
    while let Some((part, after)) = scan::split_once(rest, MASK) {
        out.push_str(&scan::replace(part, form, MASK));
        out.push_str(MASK);
        rest = after;
    }
    out.push_str(&scan::replace(rest, form, MASK));
    *text = Cow::Owned(out);
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}
