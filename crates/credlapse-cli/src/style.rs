//! Colour, and what is said on standard error.
//!
//! The stream decides whether there is colour: a terminal, `NO_COLOR`,
//! `CLICOLOR`, `CLICOLOR_FORCE`.

use std::io::Write;

use anstyle::{AnsiColor, Style};

pub(crate) const HEADLINE: Style = AnsiColor::Red.on_default().bold();
pub(crate) const ACTION: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const DETAIL: Style = Style::new().dimmed();
pub(crate) const TITLE: Style = Style::new().bold();

/// Says on standard error what went wrong with the command itself.
pub(crate) fn complain(message: &str) {
    let red = AnsiColor::Red.on_default().bold();
    // Nobody is left to tell if standard error is closed.
    let _ = writeln!(anstream::stderr().lock(), "{red}error:{red:#} {message}");
}

/// Says something on standard error that is neither an answer nor an error.
pub(crate) fn remark(message: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{message}");
}
