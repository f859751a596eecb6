//! Classes and codes in parentheses behind the text that they belong to.

use super::name::{self, Found};
use super::walk::{Header, Role};
use super::{fields, scan};
use crate::Cause;

/// Ruby's `The provided token has expired. (Aws::S3::Errors::ExpiredToken)`.
pub(super) fn read(text: &str) -> Option<Header> {
    let rest = text.strip_prefix('(')?;
    let (class, after) = scan::split_run(rest, |byte| scan::is_word(byte) || byte == b':');
    let after = after.strip_prefix(')')?;
    let is_end = after.is_empty() || after.starts_with(['\n', '\u{1}']);
    if !class.contains("::") || !is_end || !name::is_name(class) {
        return None;
    }
    let cause = match name::read(&alloc::format!("{class}: "), true) {
        Found::Header(header) => header.cause,
        Found::Path(_) => Cause::named(class),
    };
    Some(Header::new(text, after, cause, Role::Closes))
}

/// s3cmd's `S3 error: 403 (AccessDenied): Access Denied`, from the parenthesis on.
pub(super) fn code_of_status(before: &str, text: &str) -> Option<Header> {
    let digits = before.trim_end();
    let status = fields::status(scan::from(digits, digits.len().saturating_sub(3)))?;
    let (code, after) = scan::split_run(text.strip_prefix('(')?, |byte| {
        byte.is_ascii_alphabetic() || byte == b' '
    });
    let rest = after.strip_prefix(')').filter(|_| code.len() < 40)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let code = (!code.contains(' ')).then(|| code.into());
    let is_s3 = scan::between(digits, 0, digits.len().saturating_sub(3)).ends_with("S3 error: ");
    let cause = Cause {
        status: Some(status),
        code,
        service: is_s3.then(|| "S3".into()),
        ..Cause::default()
    };
    Some(Header::new(text, rest, cause, Role::Continues))
}
