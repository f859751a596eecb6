//! s3cmd.

use super::class::Class;
use super::header::{Header, Role};
use super::{fields, scan};
use crate::Cause;

/// `S3 error: 403 (AccessDenied): Access Denied`, from the parenthesis on.
pub(super) fn read(before: &str, text: &str) -> Option<Header> {
    let digits = before.trim_end();
    let status = fields::status(scan::from(digits, digits.len().saturating_sub(3)))?;
    let (code, after) = const { Class::LETTER.with(b" ") }.split(text.strip_prefix('(')?);
    let rest = after.strip_prefix(')').filter(|_| code.len() < 40)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let is_s3 = scan::between(digits, 0, digits.len().saturating_sub(3)).ends_with("S3 error: ");
    // Any client of HTTP prints the reason so.
    let is_reason = !is_s3 && matches!(code, "Unauthorized" | "Forbidden");
    let code = (!code.contains(' ') && !is_reason).then(|| code.into());
    let cause = Cause {
        status: Some(status),
        code,
        service: is_s3.then(|| "S3".into()),
        ..Cause::default()
    };
    Some(Header::new(text, rest, cause, Role::Continues))
}
