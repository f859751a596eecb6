//! What the reader of a dialect gives.

use super::scan;
use crate::Cause;

/// The header of a dialect, where the walk stands.
#[derive(Debug)]
pub(super) struct Header {
    /// How many bytes it takes.
    pub(super) len: usize,
    /// How many of them the sentence that leads up to it needs too.
    pub(super) shared: usize,
    /// What it says.
    pub(super) cause: Cause,
    pub(super) role: Role,
}

impl Header {
    /// The header that takes `text` up to `rest`.
    pub(super) fn new(text: &str, rest: &str, cause: Cause, role: Role) -> Self {
        Self {
            len: scan::offset(text, rest),
            shared: 0,
            cause,
            role,
        }
    }
}

/// What a header is to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A cause begins, its message follows.
    Opens,
    /// A cause begins, and its header is worth reading as its message.
    Says,
    /// It says more of the cause that is open.
    Continues,
    /// It says more of the text before it.
    Closes,
}
