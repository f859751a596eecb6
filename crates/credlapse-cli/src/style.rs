//! What is said on standard error.
//!
//! The stream decides whether there is colour: a terminal, `NO_COLOR`,
//! `CLICOLOR`, `CLICOLOR_FORCE`.

use std::io::Write;

use credlapse_command::style::complaint;

/// Says on standard error what went wrong with the command itself.
pub(crate) fn complain(message: &str) {
    mutter(&complaint(message));
}

/// Says something on standard error that is neither an answer nor an error.
pub(crate) fn remark(message: &str) {
    mutter(&format!("{message}\n"));
}

/// Writes whole lines to standard error.
pub(crate) fn mutter(lines: &str) {
    // Nobody is left to tell if standard error is closed.
    let _ = anstream::stderr().lock().write_all(lines.as_bytes());
}
