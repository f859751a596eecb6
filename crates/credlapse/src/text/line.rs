//! One line without what tools draw around it.

use super::class::Class;
use super::prefix::{self, Level};
use super::scan::{self, List};

/// A line, boxes, arrows, bullets and log prefix taken away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// The line behind its log prefix, with bullets and numbers.
    pub(super) bare: &'t str,
    /// Columns of white space before the text, inside the box.
    pub(super) indent: usize,
    /// Whether it stands in a drawn box.
    pub(super) is_boxed: bool,
    /// Whether an arrow joins it to the line before.
    pub(super) is_joined: bool,
    /// Whether it is an item of a list or a chain.
    pub(super) is_item: bool,
    /// Whether a log prefix stood before it.
    pub(super) is_logged: bool,
    /// Columns of white space between the log prefix and the text.
    pub(super) gap: usize,
    /// The level that the log prefix names.
    pub(super) level: Option<Level>,
    /// What a program printed, behind what its host puts before each of its lines: the time as CI
    /// systems write it, and the stream of a container.
    ///
    /// Such a line is no message of its own, as that of a logger is.
    pub(super) printed: Option<&'t str>,
}

/// What lines are drawn with.
const RULE: Class = Class::of(b"-=+_~^ *#.");

/// How a time ends in UTC, and a whole line of a container's stream.
const STAMP: List = List("Z|Z]|F");

/// How many columns a tab has beyond its own.
const TAB: usize = 3;

impl<'t> Line<'t> {
    pub(super) fn read(line: &'t str) -> Self {
        let mut out = Self {
            text: line,
            bare: line,
            indent: 0,
            is_boxed: false,
            is_joined: false,
            is_item: false,
            is_logged: false,
            gap: 0,
            level: None,
            printed: None,
        };
        out.undraw();
        if out.text.is_empty() {
            return out;
        }
        let prefix = prefix::strip(out.text, out.indent, out.is_boxed);
        out.is_logged = prefix.is_found;
        out.level = prefix.level;
        let before = scan::between(out.text, 0, scan::offset(out.text, prefix.rest));
        let stamp = before.trim_end();
        let gap = scan::from(before, stamp.len());
        let tabs = gap.bytes().filter(|byte| *byte == b'\t').count();
        out.gap = gap.len().saturating_add(tabs.saturating_mul(TAB));
        if prefix.level.is_none() && STAMP.ends(stamp) {
            out.printed = Some(scan::from(out.text, stamp.len().saturating_add(1)));
        }
        out.text = prefix.rest;
        if prefix.is_found {
            out.bare = prefix.rest;
            if prefix
                .rest
                .starts_with(|first| matches!(first, '\u{2500}'..='\u{259f}'))
            {
                out.undraw();
                let inner = prefix::strip(out.text, out.indent, true);
                out.level = out.level.or(inner.level);
                out.text = inner.rest;
            }
        }
        out
    }

    /// Takes the drawing away from both ends.
    fn undraw(&mut self) {
        loop {
            let (space, rest) = const { Class::of(b" \t") }.split(self.text);
            self.text = rest;
            self.indent = self.indent.saturating_add(space.len());
            let mut chars = rest.chars();
            match chars.next() {
                Some('\u{2500}'..='\u{259f}') => self.is_boxed = true,
                Some('|') => {
                    if let Some(after) = chars.as_str().strip_prefix("->") {
                        self.is_item = true;
                        chars = after.chars();
                    } else if chars.as_str().is_empty()
                        || const { Class::of(b" \t") }.begins(chars.as_str())
                    {
                        self.is_boxed = true;
                    } else {
                        break;
                    }
                }
                Some('`') if chars.as_str().starts_with("-> ") => {
                    self.is_item = true;
                    chars = scan::from(chars.as_str(), 2).chars();
                }
                // What a mail or a page quotes.
                Some('>') if chars.as_str().is_empty() || chars.as_str().starts_with(' ') => {}
                Some('↳') => self.is_joined = true,
                Some('*' | '-' | '×' | 'x') if chars.as_str().starts_with(' ') => {
                    self.is_item = true
                }
                Some(
                    '✖' | '✘' | '✗' | '❌' | '⚠' | '‣' | '•' | '➜' | '❯' | '❱' | '›' | '\u{fe0f}',
                ) => {
                    self.is_item = true;
                }
                _ => break,
            }
            // The space behind a box is the box's own.
            self.text = chars.as_str().strip_prefix(' ').unwrap_or(chars.as_str());
            self.indent = 0;
        }
        self.text = self.text.trim_end_matches(|char: char| {
            char.is_whitespace() || matches!(char, '\u{2500}'..='\u{259f}')
        });
        if self.is_boxed {
            self.text = const { Class::of(b" |") }.split_tail(self.text).0;
        }
        let is_rule = const { RULE.or(Class::DIGIT) }.is_all(self.text)
            && (RULE.is_all(self.text) || scan::contains(self.text, "----"));
        if is_rule {
            self.text = "";
        }
    }
}
