//! The AWS SDK for C++, as Arrow prints it and as it logs.

use alloc::string::String;

use super::header::{Header, Role};
use super::{fields, scan};
use crate::Cause;

/// Arrow: `AWS Error ACCESS_DENIED during HeadObject operation: MESSAGE`.
///
/// `AWS Error UNKNOWN (HTTP status 400) during ...` names the code in the message.
pub(super) fn read(text: &str) -> Option<Header> {
    let rest = text.strip_prefix("AWS Error")?.trim_start();
    let (code, mut rest) = scan::split_word(rest);
    let mut cause = Cause::default();
    if !matches!(code, "UNKNOWN" | "") {
        cause.code = Some(pascal(code));
    }
    if let Some(after) = rest.strip_prefix(" (HTTP status ") {
        cause.status = fields::status(after);
        rest = after.split_once(')')?.1;
    }
    let rest = rest.strip_prefix(" during ")?;
    let (operation, rest) = scan::split_word(rest);
    cause.operation = Some(operation.into());
    let rest = rest.strip_prefix(" operation").unwrap_or(rest);
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    Some(Header::new(text, rest, cause, Role::Opens))
}

/// `Unable to parse ExceptionName: CODE Message: MESSAGE`.
pub(super) fn unparsed(text: &str) -> Option<Header> {
    let rest = text.strip_prefix("Unable to parse ExceptionName: ")?;
    let (code, rest) = scan::split_word(rest);
    let cause = Cause {
        code: Some(code.into()),
        ..Cause::default()
    };
    let rest = rest.strip_prefix(" Message:").unwrap_or(rest);
    Some(Header::new(text, rest, cause, Role::Continues))
}

/// The log of the SDK: `Exception name: CODE` over `Error message: MESSAGE`.
pub(super) fn logged(text: &str) -> Option<Header> {
    let rest = text.strip_prefix("Exception name: ")?;
    let (code, rest) = scan::split_word(rest);
    let cause = Cause {
        code: Some(code.into()),
        ..Cause::default()
    };
    let rest = rest
        .strip_prefix("\nError message:")
        .filter(|_| !code.is_empty())?;
    Some(Header::new(text, rest, cause, Role::Continues))
}

/// The code for an enumerator of the C++ SDK: `ACCESS_DENIED` is `AccessDenied`.
fn pascal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut is_first = true;
    for char in name.chars() {
        if char == '_' {
            is_first = true;
        } else if is_first {
            out.push(char);
            is_first = false;
        } else {
            out.push(char.to_ascii_lowercase());
        }
    }
    out
}
