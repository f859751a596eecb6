//! One record, walked once, to causes.
//!
//! The walk goes from word to word and asks the reader of a dialect only where
//! that dialect's header can begin. A header either opens a cause whose message
//! follows it, continues the open one, or closes the text before it.

mod data;

use alloc::vec::Vec;

use super::header::{Header, Role};
use super::{dialect, fields, name, s3cmd, scan};
use crate::Cause;
use data::Prose;

/// How many strings may stand in each other before their inside is plain text.
const NESTING_MAX: u8 = 4;
/// How deep brackets are told apart.
const DEPTH_MAX: usize = 64;
/// In place of the position of a bracket.
const DEBUG: usize = usize::MAX;
/// How many causes of one record are held.
const FOUND_MAX: usize = 512;

/// Reads a record; gives whether it says itself that it weighs little.
pub(super) fn read(text: &str, nesting: u8, found: &mut Vec<Cause>) -> bool {
    let mut walk = Walk {
        text,
        bytes: text.as_bytes(),
        nesting,
        from: 0,
        body: 0,
        blank: 0,
        open: Cause::default(),
        into: None,
        base: None,
        groups: Vec::new(),
        deep: 0,
        entered: 0,
        has_fields: false,
        string_end: None,
        sought: 0,
        sought_single: 0,
        prose: Prose::default(),
        is_low: false,
        found,
    };
    walk.run();
    merge_repeats(walk.found);
    walk.is_low
}

struct Walk<'t, 'f> {
    text: &'t str,
    bytes: &'t [u8],
    nesting: u8,
    /// Where the open cause begins, its header included.
    from: usize,
    /// Where its message begins.
    body: usize,
    /// Up to here its message says nothing of its own.
    blank: usize,
    /// The open cause.
    open: Cause,
    /// The cause that the pending text is the message of, where it is already found.
    into: Option<usize>,
    /// Outside of brackets, the cause that fields belong to.
    base: Option<usize>,
    /// For each bracket that is open, the cause that its fields belong to.
    groups: Vec<Option<usize>>,
    /// How many brackets are open beyond [`DEPTH_MAX`].
    deep: usize,
    /// Where the outermost open bracket stands, [`DEBUG`] where it is one of a Rust struct.
    entered: usize,
    /// Whether a field was read.
    has_fields: bool,
    /// Where the string ends that the walk is in.
    string_end: Option<usize>,
    /// Up to here the ends of strings were looked for.
    sought: usize,
    /// The same of strings in single quotes.
    sought_single: usize,
    /// How far the pending text was looked at for prose.
    prose: Prose,
    is_low: bool,
    found: &'f mut Vec<Cause>,
}

impl<'t> Walk<'t, '_> {
    fn run(&mut self) {
        let mut at = 0;
        let (mut last, mut before) = (b' ', b' ');
        while let Some(&byte) = self.bytes.get(at) {
            if self.string_end == Some(at) {
                self.string_end = None;
                self.flush(at);
            }
            let is_word_start = !scan::is_word(last);
            let is_bytes = last == b'b' && !scan::is_word(before);
            let next = match byte {
                b'"' | b'\'' if is_word_start || is_bytes => self.quote(at),
                b'<' => self.tag(at),
                b'{' => self.enter(at, last),
                b'}' => self.leave(at),
                b'(' => self.parenthesis(at),
                b'[' => self.bracket(at),
                b'-' if scan::from(self.text, at).starts_with("---> ") => self.part(at, 5),
                b'\x01' => self.part(at, 1),
                _ if is_word_start && scan::is_word(byte) => self.word(at),
                _ => None,
            };
            let next = next
                .unwrap_or(at.saturating_add(1))
                .max(at.saturating_add(1));
            let byte_at = |at: usize| self.bytes.get(at).copied().unwrap_or(b' ');
            (before, last) = (
                byte_at(next.saturating_sub(2)),
                byte_at(next.saturating_sub(1)),
            );
            at = next;
        }
        self.flush(self.text.len());
    }

    /// Ends the open cause here and skips `len` bytes.
    fn part(&mut self, at: usize, len: usize) -> Option<usize> {
        self.flush(at);
        let next = at.saturating_add(len);
        self.restart(next);
        if !self.is_inside() {
            self.own(None);
        }
        Some(next)
    }

    /// Text from `at` on belongs to a new cause.
    fn restart(&mut self, at: usize) {
        (self.from, self.body, self.blank) = (at, at, at);
    }

    /// Whether a bracket is open.
    fn is_inside(&self) -> bool {
        !self.groups.is_empty()
    }

    fn own(&mut self, owner: Option<usize>) {
        *self.groups.last_mut().unwrap_or(&mut self.base) = owner;
    }

    /// Whether the open cause has no message up to `at`.
    fn is_blank(&mut self, at: usize) -> bool {
        let text = scan::between(self.text, self.blank, at);
        let said = text.bytes().position(scan::is_said);
        // Nothing is looked at twice, whatever the text.
        self.blank = self.blank.saturating_add(said.unwrap_or(text.len()));
        said.is_none()
    }

    /// Ends the open cause at `at`; gives its index where it was worth keeping.
    fn flush(&mut self, at: usize) -> Option<usize> {
        let said = scan::between(self.text, self.body, at);
        let said = if scan::is_blank(said) {
            scan::between(self.text, self.from, self.body)
        } else {
            said
        };
        let mut cause = core::mem::take(&mut self.open);
        let is_inside = self.is_inside() && (self.body >= self.entered || self.has_fields);
        let is_inside = is_inside || said.starts_with('<');
        let is_data = is_inside && is_unnamed(&cause) && !scan::is_prose(said);
        self.restart(at);
        if is_data {
            return None;
        }
        if !scan::is_blank(said) {
            let message = scan::sentence(said);
            cause.message = Some(message);
            let owner = self.into.take().and_then(|owner| self.found.get_mut(owner));
            // A header within the value names the owner, unless that has a name.
            if let Some(owner) = owner.filter(|owner| is_unnamed(owner) || is_unnamed(&cause)) {
                fill(owner, &mut cause);
                return None;
            }
        }
        self.into = None;
        if cause == Cause::default() {
            return None;
        }
        Some(self.push(cause))
    }

    /// Adds a cause and gives its index; the oldest make room.
    fn push(&mut self, cause: Cause) -> usize {
        if self.found.len() >= FOUND_MAX {
            let gone = FOUND_MAX / 2;
            self.found.drain(..gone);
            let shift = |index: &mut Option<usize>| {
                *index = index.and_then(|index| index.checked_sub(gone))
            };
            self.groups.iter_mut().for_each(shift);
            shift(&mut self.base);
            shift(&mut self.into);
        }
        self.found.push(cause);
        self.found.len().saturating_sub(1)
    }

    /// Takes a header in.
    fn header(&mut self, at: usize, header: Header) -> Option<usize> {
        let next = at.saturating_add(header.len);
        let mut cause = header.cause;
        match header.role {
            Role::Opens | Role::Says => {
                let is_free = self.into.is_none()
                    && self.open.code.is_none()
                    && (self.open.name.is_none() || cause.name.is_none())
                    && (self.open.operation.is_none() || cause.operation.is_none());
                if !(is_free && self.is_blank(at)) {
                    let before = scan::between(self.text, self.body, at)
                        .trim_end()
                        .bytes()
                        .next_back();
                    let is_said = before.is_some_and(scan::is_said);
                    self.flush(if is_said {
                        at.saturating_add(header.shared)
                    } else {
                        at
                    });
                }
                fill(&mut self.open, &mut cause);
                self.restart(next);
                if header.role == Role::Says {
                    (self.from, self.body) = (at, at);
                }
                self.own(None);
            }
            Role::Continues => {
                if !self.is_blank(at) {
                    let outer = Cause {
                        service: self.open.service.clone(),
                        operation: self.open.operation.clone(),
                        ..Cause::default()
                    };
                    self.flush(at);
                    self.open = outer;
                    self.from = next;
                }
                fill(&mut self.open, &mut cause);
                (self.body, self.blank) = (next, next);
            }
            Role::Closes => {
                let mut open = core::mem::take(&mut self.open);
                fill(&mut open, &mut cause);
                self.open = open;
                self.flush(at);
                self.restart(next);
            }
        }
        Some(next)
    }

    fn word(&mut self, at: usize) -> Option<usize> {
        let rest = scan::from(self.text, at);
        let (word, after) = scan::split_word(rest);
        // Most words are followed by a space and no key.
        if fields::may_be_key(word, after)
            && let Some(next) = self.key(at, word, after)
        {
            return Some(next);
        }
        if self.is_inside() && self.is_item(at) && fields::is_member(after) {
            return Some(at.saturating_add(word.len()));
        }
        if let Some(header) = dialect::read(rest, word.len()) {
            return self.header(at, header);
        }
        match word {
            "status" | "Status" | "StatusCode" | "HTTP" | "HttpFailWithBody" => {
                if let Some((status, len)) = fields::status_in_prose(rest) {
                    self.open.status = self.open.status.or(Some(status));
                    return Some(at.saturating_add(len));
                }
            }
            "cause" if self.is_inside() && after.starts_with(": ") => {
                return self.part(at, "cause:".len());
            }
            "caused" | "Caused" if after.starts_with(" by:") => {
                return self.part(at, "caused by:".len());
            }
            "Uncaught" if after.starts_with(" (in promise) ") => {
                return self.part(at, "Uncaught (in promise) ".len());
            }
            "Retrying" | "retrying" | "recovered" | "Recovered" => self.is_low = true,
            "retry" | "Retry" if after.starts_with(" in ") => self.is_low = true,
            _ => {}
        }
        let first = word.bytes().next().unwrap_or(b' ');
        if !first.is_ascii_uppercase() && after.starts_with(' ') {
            return Some(at.saturating_add(word.len()));
        }
        let is_first = self.is_blank(at) && self.open == Cause::default();
        match name::read(rest, is_first) {
            name::Found::Header(header) => self.header(at, header),
            name::Found::Path(len) => Some(at.saturating_add(len)),
        }
    }

    fn parenthesis(&mut self, at: usize) -> Option<usize> {
        let rest = scan::from(self.text, at);
        let header = dialect::read(rest, 1)
            .or_else(|| s3cmd::read(scan::between(self.text, self.body, at), rest))?;
        self.header(at, header)
    }

    fn bracket(&mut self, at: usize) -> Option<usize> {
        let rest = scan::from(self.text, at);
        let cause = "[cause]:";
        if rest.starts_with(cause) {
            return self.part(at, cause.len());
        }
        None
    }
}

/// Whether nothing says which error it is.
fn is_unnamed(cause: &Cause) -> bool {
    cause.name.is_none() && cause.code.is_none() && cause.operation.is_none()
}

/// Gives `cause` what it lacks and `other` has.
fn fill(cause: &mut Cause, other: &mut Cause) {
    let pairs = [
        (&mut cause.name, &mut other.name),
        (&mut cause.code, &mut other.code),
        (&mut cause.message, &mut other.message),
        (&mut cause.service, &mut other.service),
        (&mut cause.operation, &mut other.operation),
        (&mut cause.request_id, &mut other.request_id),
    ];
    for (into, from) in pairs {
        if into.is_none() {
            *into = from.take();
        }
    }
    cause.status = cause.status.or(other.status);
}

/// Drops causes that only say again what the one before says.
fn merge_repeats(found: &mut Vec<Cause>) {
    found.retain(|cause| *cause != Cause::default());
    found.dedup_by(|next, cause| {
        let is_same = (next.code == cause.code || next.code.is_none() || next.code == cause.name)
            && (next.name == cause.name || next.name.is_none() || next.name == cause.code)
            && (next.message == cause.message || next.message.is_none());
        if is_same {
            fill(cause, next);
        }
        is_same
    });
}
