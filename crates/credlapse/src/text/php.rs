//! The AWS SDK for PHP.

use super::header::{Header, Role};
use super::scan;
use crate::Cause;

/// `Error executing "OPERATION" on "URL"; AWS HTTP error: ...`.
pub(super) fn read(text: &str) -> Option<Header> {
    let rest = text.strip_prefix("executing \"")?;
    let (operation, rest) = scan::split_word(rest);
    let rest = rest.strip_prefix("\" on \"")?;
    let cause = Cause {
        operation: Some(operation.into()),
        ..Cause::default()
    };
    Some(Header::new(text, rest, cause, Role::Opens))
}
