//! Colour; whoever writes to a stream removes it where the stream shows none.

use anstyle::{AnsiColor, Style};

/// What lapsed.
pub const HEADLINE: Style = AnsiColor::Red.on_default().bold();
/// What to do.
pub const ACTION: Style = AnsiColor::Cyan.on_default().bold();
/// What a tool said.
pub const DETAIL: Style = Style::new().dimmed();
/// What stands above other lines.
pub const TITLE: Style = Style::new().bold();

const ERROR: Style = AnsiColor::Red.on_default().bold();

/// What went wrong with the command itself, as a line for standard error.
#[must_use]
pub fn complaint(message: &str) -> String {
    format!("{ERROR}error:{ERROR:#} {message}\n")
}
