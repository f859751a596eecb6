//! The AWS SDKs for Java, and .NET where it prints alike.

use super::header::{Header, Role};
use super::{fields, scan};
use crate::Cause;

/// Behind the message: `(Service: S3, Status Code: 403, Request ID: X)`.
///
/// Version 1 separates by `;` and adds `Error Code: CODE`.
pub(super) fn read(text: &str) -> Option<Header> {
    let mut rest = text.strip_prefix("(Service:")?;
    let (inside, after) = scan::split_run(rest, |byte| byte != b')' && byte != b'\x01');
    let mut cause = Cause::default();
    rest = inside;
    let mut key = "Service";
    loop {
        let (value, next) = scan::split_run(rest, |byte| byte != b',' && byte != b';');
        let value = value.trim();
        if !value.is_empty() && value != "null" {
            match key.replace('\n', " ").as_str() {
                "Service" => {
                    cause.service = Some(value.strip_prefix("Amazon ").unwrap_or(value).into())
                }
                "Status Code" => cause.status = fields::status(value),
                // Without a body version 1 gives the status line.
                "Error Code" => cause.code = value.split(' ').next_back().map(Into::into),
                "Request ID" => cause.request_id = Some(value.into()),
                _ => {}
            }
        }
        let Some((name, value)) = scan::from(next, 1).split_once(':') else {
            break;
        };
        key = name.trim();
        rest = value;
    }
    let rest = after.strip_prefix(')').unwrap_or(after);
    Some(Header::new(text, rest, cause, Role::Closes))
}
