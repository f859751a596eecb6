//! The AWS SDKs for Go, versions 1 and 2.

use super::header::{Header, Role};
use super::{fields, scan};
use crate::Cause;

/// Version 2: `operation error SERVICE: OPERATION, `.
pub(super) fn operation(text: &str) -> Option<Header> {
    let rest = text
        .strip_prefix("operation")?
        .trim_start()
        .strip_prefix("error")?
        .trim_start();
    let (service, rest) =
        scan::split_run(rest, |byte| byte != b':' && byte != b'\n' && byte != b',');
    let rest = rest.strip_prefix(':')?.trim_start();
    let (operation, rest) = scan::split_word(rest);
    if operation.is_empty() || service.len() > 64 {
        return None;
    }
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let cause = Cause {
        service: Some(service.into()),
        operation: Some(operation.into()),
        ..Cause::default()
    };
    Some(Header::new(text, rest, cause, Role::Says))
}

/// Version 2: `https response error StatusCode: 403, RequestID: X, HostID: Y, `.
pub(super) fn response(text: &str) -> Option<Header> {
    let mut rest = text.strip_prefix("https response error")?.trim_start();
    let mut cause = Cause::default();
    loop {
        let (key, after) = scan::split_word(rest);
        let Some(after) = after.strip_prefix(':') else {
            break;
        };
        if !matches!(key, "StatusCode" | "RequestID" | "HostID") {
            break;
        }
        let after = after.trim_start();
        let (value, after) =
            scan::split_run(after, |byte| byte != b',' && !byte.is_ascii_whitespace());
        match key {
            "StatusCode" => cause.status = fields::status(value),
            "RequestID" if !value.is_empty() => cause.request_id = Some(value.into()),
            _ => {}
        }
        rest = after.strip_prefix(',').unwrap_or(after).trim_start();
    }
    Some(Header::new(text, rest, cause, Role::Continues))
}

/// Version 2: `api error CODE: MESSAGE`.
pub(super) fn api_error(text: &str) -> Option<Header> {
    let rest = text
        .strip_prefix("api")?
        .trim_start()
        .strip_prefix("error")?
        .trim_start();
    let (code, rest) = scan::split_run(rest, |byte| scan::is_word(byte) || b".#-".contains(&byte));
    let rest = rest.strip_prefix(':')?;
    let cause = Cause {
        code: Some(code.into()),
        ..Cause::default()
    };
    (!code.is_empty()).then(|| Header::new(text, rest, cause, Role::Continues))
}

/// Version 1, below the message: `status code: 403, request id: X, host id: Y`.
pub(super) fn status(text: &str) -> Option<Header> {
    let rest = text.strip_prefix("status code: ")?;
    let mut cause = Cause {
        status: fields::status(rest),
        ..Cause::default()
    };
    let (_, rest) = scan::split_run(rest, |byte| byte.is_ascii_digit());
    let rest = rest.strip_prefix(", request id: ")?;
    let (id, mut rest) = scan::split_run(rest, |byte| byte != b',' && !byte.is_ascii_whitespace());
    if !id.is_empty() {
        cause.request_id = Some(id.into());
    }
    if let Some(host) = rest.strip_prefix(", host id: ") {
        rest = scan::split_run(host, |byte| byte != b',' && !byte.is_ascii_whitespace()).1;
    }
    Some(Header::new(text, rest, cause, Role::Closes))
}
