//! Lines to records: one record is what one call printed.

use alloc::string::String;
use alloc::vec::Vec;

use super::causes::Causes;
use super::class::Class;
use super::frame::{self, Frame};
use super::line::Line;
use super::prefix::Level;
use super::scan::{self, List};
use super::{clean, name, source, success, walk};
use crate::Cause;

/// Reads the records of `text`, which itself stood `nesting` strings deep.
pub(super) fn read(text: &str, nesting: u8, causes: &mut Causes) {
    let text = clean::strip(text);
    let text = clean::unescape(&text);
    let mut records = Records::new(nesting, causes);
    for line in text.split('\n') {
        records.line(line);
    }
    records.flush();
}

#[derive(Debug)]
struct Records<'c> {
    /// The record so far: `\n` between wrapped lines, [`scan::BREAK`] between paragraphs and items.
    record: String,
    /// Where its first line is indented to.
    indent: usize,
    is_low: bool,
    /// Behind the log prefix of its first line, the white space and the level.
    prefix: Option<(usize, Option<Level>)>,
    /// How long the last line is, and how it ends.
    last: (usize, Option<char>),
    /// Whether a blank line was read since.
    is_blank: bool,
    /// Below a Python frame, the column that its source line is indented beyond.
    source: Option<usize>,
    /// Whether lines are the inside of a drawn traceback.
    is_drawn: bool,
    /// Whether lines are rows of a table of Markdown.
    is_table: bool,
    /// The credential code that a frame names.
    provenance: Option<Cause>,
    /// The causes of one record, kept for its memory.
    found: Vec<Cause>,
    /// Whether the source line of that frame is still to come.
    is_credentials: bool,
    nesting: u8,
    causes: &'c mut Causes,
}

impl Records<'_> {
    fn line(&mut self, mut raw: &str) {
        let line = loop {
            // The lines of a workflow command, `::error::first%0Asecond`, are one.
            if raw.starts_with("::") && scan::contains(raw, "%0A") {
                let mut rest = raw;
                while let Some((line, after)) = scan::split_once(rest, "%0A") {
                    self.line(line.strip_suffix("%0D").unwrap_or(line));
                    rest = after;
                }
                return self.line(rest);
            }
            // A page lists errors so; what prints one for a person draws no such table.
            let row = raw.trim().strip_prefix('|');
            let is_rule = |row: &str| {
                row.ends_with('|') && const { Class::of(b" :") }.split(row).1.starts_with("--")
            };
            self.is_table = row.is_some_and(|row| self.is_table || is_rule(row));
            if self.is_table {
                return;
            }
            let line = Line::read(raw);
            let Some(printed) = line.printed else {
                break line;
            };
            // In place of a call: a hostile line is nothing but times.
            raw = printed;
        };
        if line.text.is_empty() {
            self.is_blank = true;
            return;
        }
        let end = const { Class::of(b":") }.split_tail(line.text).0;
        if let Some(at) = end
            .ends_with("(most recent call last)")
            .then(|| scan::find(end, "Traceback"))
            .flatten()
        {
            // A prompt without a line end may stand before it, or the name of the error (IPython).
            let before = scan::between(line.text, 0, at);
            if scan::is_prose(before) || name::is_class(before.trim_end()) {
                self.record.push(scan::BREAK);
                self.record.push_str(before);
            }
            self.flush();
            self.provenance = None;
            self.causes.begin_traceback();
            // A panel has its title in its frame; in any other box stands an ordinary traceback.
            self.is_drawn = List("╭|┏").is_in(raw);
            return;
        }
        if self.is_drawn && line.is_boxed {
            return;
        }
        self.is_drawn = false;
        if line
            .text
            .starts_with("The above exception was the direct cause")
            || line
                .text
                .starts_with("During handling of the above exception")
        {
            self.flush();
            self.causes.continue_chain();
            return;
        }
        if (!line.is_logged || line.gap > 1) && self.is_frame(&line) {
            return;
        }
        if source::is_code(line.bare) || line.is_logged && source::is_code(raw) {
            return;
        }
        if success::is_told(line.text) {
            self.flush();
            return;
        }
        let is_start = self.is_start(&line);
        if is_start {
            self.flush();
            self.indent = line.indent;
            self.prefix = line.is_logged.then_some((line.gap, line.level));
            self.is_low = line.level == Some(Level::Low);
        } else {
            let is_apart = line.is_item || self.is_blank || is_numbered(line.text);
            self.record.push(if is_apart { scan::BREAK } else { '\n' });
        }
        self.is_blank = false;
        self.last = (raw.len(), line.text.chars().next_back());
        self.record.push_str(line.text);
    }

    /// Whether the line belongs to a stack trace; such lines leave no text.
    fn is_frame(&mut self, line: &Line<'_>) -> bool {
        let indent = if line.is_logged {
            line.gap
        } else {
            line.indent
        };
        if self.source.is_some_and(|column| indent > column) {
            // The line that called on is what tells one loader from another.
            let is_code = !const { Class::of(b"^~") }.begins(line.text);
            if let (true, Some(cause)) = (is_code && self.is_credentials, self.provenance.as_mut())
            {
                let caller = cause.message.get_or_insert_default();
                caller.push_str(": ");
                caller.push_str(line.text);
            }
            self.is_credentials &= !is_code;
            return true;
        }
        let Some(frame) = frame::read(line.text, indent) else {
            self.source = None;
            return false;
        };
        self.source = (frame == Frame::Python).then_some(indent);
        if frame == Frame::Opens {
            self.record.push_str("\n{");
            self.is_blank = false;
            self.last = (1, Some('{'));
        }
        if self.provenance.is_none() || frame == Frame::Python {
            // JavaScript prints the innermost frame first, Python last.
            let module = frame::provenance(line.text);
            self.is_credentials = module.is_some() && frame == Frame::Python;
            let frame = module.map(|module| {
                let caller = scan::split_once(line.text, ", in ").filter(|_| self.is_credentials);
                Cause {
                    message: caller.map(|(_, caller)| caller.into()),
                    ..Cause::named(module)
                }
            });
            self.provenance = frame.or(self.provenance.take());
        }
        true
    }

    /// Whether the line begins a new record.
    fn is_start(&self, line: &Line<'_>) -> bool {
        if self.record.is_empty() {
            return true;
        }
        if line.is_joined || self.is_continued(line) {
            return false;
        }
        if line.is_logged && !line.is_boxed {
            return true;
        }
        let (width, end) = self.last;
        if self.is_blank {
            return line.indent <= self.indent && !is_heading(line.text) && end != Some(':');
        }
        if line.indent > self.indent || line.is_item || line.is_boxed {
            return false;
        }
        let Some(first) = line.text.chars().next() else {
            return false;
        };
        let is_open = matches!(end, Some(',' | ':' | '(' | '[' | '{' | '\\'));
        let is_pair = line.text.starts_with("Message:") && self.record.starts_with("Code:");
        if name::is_header(line.text) && !is_pair {
            return true;
        }
        let is_wrapped = width >= 50
            && (first.is_ascii_lowercase()
                || first.is_ascii_digit()
                || matches!(first, '@' | '(' | '"' | '\''))
            && !matches!(
                end,
                Some('.' | '!' | '?' | ';' | '}' | ')' | '"' | '\'' | '>')
            )
            && !WHOLE.ends(&self.record);
        !(is_open
            || is_wrapped
            || is_pair
            || matches!(first, '}' | ']' | ')' | '<')
            || line.text.starts_with("\" "))
    }

    /// Whether the line goes on with what stands above it, whatever stands before it.
    fn is_continued(&self, line: &Line<'_>) -> bool {
        let end = self.last.1;
        let is_markup = end == Some('>') && line.text.starts_with('<');
        let is_data =
            matches!(end, Some('{' | '[' | ',')) && const { Class::of(b"\"{}]") }.begins(line.text);
        // Under a log prefix the indentation is what stands behind it; levels are padded by one.
        let is_indented = line.is_logged
            && self.prefix.is_some_and(|(gap, level)| {
                line.gap > gap.saturating_add(1) && level == line.level
            });
        // Go's version 1 prints both below the error.
        let is_go = line.text.starts_with("status code: ") || line.text.starts_with("caused by: ");
        is_go || is_markup || is_data || is_indented
    }

    /// Reads the record so far.
    fn flush(&mut self) {
        if self.record.is_empty() {
            return;
        }
        let found = &mut self.found;
        let is_low = walk::read(&self.record, self.nesting, found) || self.is_low;
        if let Some(package) = self.provenance.take()
            && found.last().is_some_and(is_bare)
        {
            let at = found.len().saturating_sub(1);
            found.insert(at, package);
        }
        self.causes.add(found, is_low);
        self.record.clear();
        self.is_blank = false;
    }
}

impl<'c> Records<'c> {
    fn new(nesting: u8, causes: &'c mut Causes) -> Self {
        Self {
            record: String::new(),
            indent: 0,
            is_low: false,
            prefix: None,
            last: (0, None),
            is_blank: false,
            source: None,
            is_drawn: false,
            is_table: false,
            provenance: None,
            found: Vec::new(),
            is_credentials: false,
            nesting,
            causes,
        }
    }
}

/// Where the message of an answer ends; a shell or a runner says what follows.
const WHOLE: List = List(": Forbidden|: Access Denied|: Bad Request|: Unauthorized");

/// A title that belongs to what stands above it: `Context:`, `Debug source:`.
fn is_heading(text: &str) -> bool {
    text.ends_with(':') && text.len() < 48 && !const { Class::of(b"(/") }.is_in(text)
}

/// `3: client error (Connect)` in a list of sources.
fn is_numbered(text: &str) -> bool {
    let (digits, rest) = Class::DIGIT.split(text);
    !digits.is_empty() && digits.len() < 3 && rest.starts_with(": ")
}

/// What languages call their own errors.
const BARE: List = List(
    "Error|TypeError|SyntaxError|RangeError|KeyError|ValueError|AttributeError|\
     JSONDecodeError|FileNotFoundError|PermissionError|IsADirectoryError|OSError|\
     IndexError|UnicodeDecodeError|AggregateError|CalledProcessError|EOFError",
);

/// Whether the language made the error, so that only its stack names the part that failed.
fn is_bare(cause: &Cause) -> bool {
    let name = cause.name.as_deref().unwrap_or("Error");
    let name = scan::class(name);
    let is_system = cause
        .code
        .as_deref()
        .is_none_or(|code| Class::UPPER.is_all(code));
    is_system && cause.service.is_none() && BARE.has(name)
}
