//! Brackets, strings, elements and fields within a record.

use alloc::string::String;
use alloc::vec::Vec;

use super::{DEBUG, DEPTH_MAX, NESTING_MAX, Walk, fill, is_unnamed};
use crate::Cause;
use crate::text::causes::Causes;
use crate::text::class::Class;
use crate::text::fields::{self, Key};
use crate::text::{name, records, scan};

/// What is known of the text from `from` to `to`.
#[derive(Default)]
pub(super) struct Prose {
    from: usize,
    to: usize,
    words: scan::Words,
}

/// Where a cause has a value.
type Place = fn(&mut Cause) -> &mut Option<String>;

const MESSAGE: Place = |cause| &mut cause.message;

/// Notes the status or the request id, the first that is named.
fn note(cause: &mut Cause, key: Key, value: &str) {
    match key {
        Key::Status => cause.status = cause.status.or(fields::status(value)),
        Key::Category => _ = cause.code.get_or_insert_with(|| value.into()),
        _ => _ = cause.request_id.get_or_insert_with(|| value.into()),
    }
}

impl<'t> Walk<'t, '_> {
    /// A bracket opens: its fields belong to the text before it, or to a cause of their own.
    pub(super) fn enter(&mut self, at: usize, last: u8) -> Option<usize> {
        let is_properties = matches!(last, b'\n' | b']')
            || (last == b' '
                && scan::between(self.text, at, at.saturating_add(2)) == "{\n"
                && self.open.name.is_some());
        let is_struct = last == b' ' && {
            let before = scan::between(self.text, 0, at).trim_end();
            before.bytes().next_back().is_some_and(scan::is_word)
        };
        let owner = if is_properties { self.flush(at) } else { None };
        if is_properties {
            self.restart(at.saturating_add(1));
        }
        if !self.is_inside() {
            // Rust's `ProviderError { source: ...` tells more than data does.
            self.entered = if is_struct { DEBUG } else { at };
        }
        if self.groups.len() < DEPTH_MAX {
            self.groups.push(owner);
        } else {
            self.deep = self.deep.saturating_add(1);
        }
        None
    }

    pub(super) fn leave(&mut self, at: usize) -> Option<usize> {
        if self.deep > 0 {
            self.deep = self.deep.saturating_sub(1);
        } else if self.is_inside() {
            let is_owned = self.groups.last().is_some_and(Option::is_some);
            if self.into.is_some() || (self.has_fields || is_owned) && self.is_data(at) {
                self.flush(at);
                self.restart(at.saturating_add(1));
            }
            self.groups.pop();
        }
        None
    }

    /// An XML element: `<Code>ExpiredToken</Code>`.
    pub(super) fn tag(&mut self, at: usize) -> Option<usize> {
        let rest = scan::from(self.text, at.saturating_add(1));
        if rest.starts_with("?xml") || rest.starts_with("Error") || rest.starts_with("/Error") {
            self.flush(at);
            if !rest.starts_with('/') {
                self.own(None);
            }
            let end = rest.bytes().take(200).position(|byte| byte == b'>')?;
            let next = at.saturating_add(end).saturating_add(2);
            self.restart(next);
            return Some(next);
        }
        let (tag, after) = scan::split_word(rest);
        let after = after.strip_prefix('>')?;
        let key = Key::of_tag(tag)?;
        let (value, after) = const { Class::of(b"<").not() }.split(after);
        self.flush(at);
        let value = fields::unescape_xml(value);
        if key == Key::Message {
            self.say(&value);
        } else {
            self.field(key, &value);
        }
        let after = after
            .strip_prefix("</")
            .map_or(after, |after| scan::split_word(after).1);
        let next = scan::offset(self.text, after.strip_prefix('>').unwrap_or(after));
        self.restart(next);
        Some(next)
    }

    /// A quoted key with its value, or a string that is worth looking into.
    pub(super) fn quote(&mut self, at: usize) -> Option<usize> {
        let rest = scan::from(self.text, at);
        let (mark, inside) = scan::split(rest, 1);
        let (word, after) = const { Class::WORD.with(b"$@.-") }.split(inside);
        if let Some(after) = after.strip_prefix(mark) {
            return self.key(at, word, const { Class::of(b" ") }.split(after).1);
        }
        let is_double = mark == "\"";
        let sought = if is_double {
            &mut self.sought
        } else {
            &mut self.sought_single
        };
        if self.string_end.is_some() || at < *sought {
            return None;
        }
        let (string, end) = fields::split_string(inside, mark);
        // Other languages than JSON quote a text of several lines with either mark.
        let is_text = scan::contains(string, "\\n") && string.len() < inside.len();
        let end = scan::offset(self.text, inside).saturating_add(end);
        *sought = end;
        if !(is_double || is_text) {
            return None;
        }
        let is_nested = is_text || const { Class::of(b"{<[") }.begins(string) || self.is_inside();
        if string.contains('\\') && is_nested && self.nesting < NESTING_MAX {
            let causes = self.inside(&fields::unescape(string));
            if !causes.is_empty() {
                let next = end.saturating_add(1);
                self.flush(at);
                causes.into_iter().for_each(|cause| _ = self.push(cause));
                self.restart(next);
                return Some(next);
            }
        } else if self.is_inside() && self.is_data(at) && scan::is_prose(string) {
            self.flush(at);
            self.restart(at.saturating_add(1));
            self.string_end = Some(end);
        }
        None
    }

    /// Whether the pending text is punctuation and keys, nothing that was said.
    fn is_data(&mut self, at: usize) -> bool {
        if !is_unnamed(&self.open) {
            return false;
        }
        if self.prose.from != self.body || self.prose.to > at {
            self.prose = Prose {
                from: self.body,
                to: self.body,
                ..Prose::default()
            };
        }
        self.prose
            .words
            .read(scan::between(self.text, self.prose.to, at));
        self.prose.to = at;
        !self.prose.words.is_prose()
    }

    /// `key: value`, `key=value` or `"key": value`, where `after` follows the key.
    pub(super) fn key(&mut self, at: usize, word: &str, after: &'t str) -> Option<usize> {
        let (mut mark, mut value) = scan::split(after, 1);
        if let Some(cell) = fields::cell(word, after) {
            (mark, value) = (":", cell);
        }
        if mark != ":" && mark != "=" {
            return None;
        }
        let key = Key::of(word)?;
        let is_quoted = matches!(self.bytes.get(at), Some(b'"' | b'\''));
        if !(is_quoted || mark == "=" || self.is_item(at)) {
            return None;
        }
        let value = fields::Value::read(value, key, mark == "=")?;
        let next = scan::offset(self.text, value.rest);
        if !key.takes(word, &value) {
            return None;
        }
        if key == Key::Level {
            self.is_low |= fields::is_low(value.text);
            return Some(next);
        }
        if matches!(key, Key::Status | Key::RequestId) && self.into.is_none() && !self.is_data(at) {
            // Said in passing: the sentence goes on.
            note(&mut self.open, key, value.text);
            return Some(next);
        }
        let is_debug = self.entered == DEBUG && !self.has_fields;
        if !is_debug
            && self.is_data(at)
            && scan::is_phrase(scan::between(self.text, self.body, self.entered))
        {
            self.flush(self.entered);
        } else if is_debug || !self.is_data(at) || self.into.is_some() {
            let flushed = self.flush(at);
            let is_mute = |at: &usize| self.found.get(*at).is_some_and(|it| it.message.is_none());
            if let Some(named) = flushed.filter(is_mute) {
                self.own(Some(named));
            } else if !self.is_inside() && mark == ":" {
                self.own(None);
            }
        } else {
            self.open = Cause::default();
        }
        if value.is_bare && value.text.is_empty() {
            // The message goes on to the next header.
            let owner = self.owner(MESSAGE, "");
            self.restart(next);
            self.into = Some(owner);
            return Some(next);
        }
        self.field(key, &fields::unescape(value.text));
        self.restart(next);
        Some(next)
    }

    /// Whether a key may stand at `at` without quotes: at the head of a line or an item.
    pub(super) fn is_item(&self, at: usize) -> bool {
        let before = scan::between(self.text, 0, at)
            .trim_end_matches(' ')
            .bytes()
            .next_back();
        matches!(
            before,
            None | Some(b'{' | b'(' | b'[' | b',' | b';' | b'\n' | b'\x01' | b'"' | b'\\')
        )
    }

    /// The cause that a field of the current bracket belongs to, a new one where its `place` holds another value.
    fn owner(&mut self, place: Place, value: &str) -> usize {
        let owner = self.any_owner();
        let cause = self.found.get_mut(owner);
        if cause.is_some_and(|cause| place(cause).as_ref().is_none_or(|had| had == value)) {
            return owner;
        }
        self.new_owner()
    }

    /// The cause that a field of the current bracket belongs to, whatever it holds.
    fn any_owner(&mut self) -> usize {
        let owner = self.groups.last().copied().unwrap_or(self.base);
        owner.unwrap_or_else(|| self.new_owner())
    }

    fn new_owner(&mut self) -> usize {
        let owner = self.push(Cause::default());
        self.own(Some(owner));
        owner
    }

    /// Sets what `place` holds of the cause that it belongs to, unless it is set.
    fn set(&mut self, place: Place, value: &str) {
        let owner = self.owner(place, value);
        if let Some(cause) = self.found.get_mut(owner) {
            place(cause).get_or_insert_with(|| value.into());
        }
    }

    fn field(&mut self, key: Key, value: &str) {
        self.has_fields = true;
        match key {
            Key::Code | Key::Kind => self.set(|cause| &mut cause.code, name::wire_code(value)),
            Key::Name => self.set(|cause| &mut cause.name, value),
            Key::Operation => self.set(|cause| &mut cause.operation, value),
            Key::Error if !value.contains(' ') => {
                let owner = self.any_owner();
                let cause = self.found.get_mut(owner);
                if let Some(cause) = cause.filter(|cause| cause.name.is_none()) {
                    cause.code.get_or_insert_with(|| value.into());
                }
            }
            Key::Description => {
                let owner = self.any_owner();
                if let Some(cause) = self.found.get_mut(owner) {
                    cause.message = Some(scan::sentence(value));
                }
            }
            Key::Message | Key::Error => self.message(value),
            Key::Status | Key::RequestId | Key::Category => {
                let groups = self.groups.iter().rev();
                let owner = groups.copied().flatten().next().or(self.base);
                let last = self.found.len().checked_sub(1);
                let owner = owner.or(last).unwrap_or_else(|| self.any_owner());
                if let Some(cause) = self.found.get_mut(owner) {
                    note(cause, key, value);
                }
            }
            Key::Level => {}
        }
    }

    /// A message that is nothing else.
    fn say(&mut self, value: &str) {
        self.has_fields = true;
        self.set(MESSAGE, &scan::sentence(value));
    }

    /// A message that stood in a string: it may be a text of its own.
    fn message(&mut self, value: &str) {
        if self.nesting >= NESTING_MAX {
            return self.say(value);
        }
        let owner = self.owner(MESSAGE, "");
        let mut inner = self.inside(value).into_iter();
        let Some(mut first) = inner.next() else {
            return;
        };
        let Some(cause) = self.found.get_mut(owner) else {
            return;
        };
        let is_more = cause.name.is_none() && cause.code.is_none()
            || first.name.is_none() && first.code.is_none()
            || first.name == cause.name && first.code.is_none();
        if is_more {
            fill(cause, &mut first);
        } else {
            self.push(first);
        }
        for cause in inner {
            self.push(cause);
        }
    }

    fn inside(&self, text: &str) -> Vec<Cause> {
        let mut causes = Causes::default();
        records::read(text, self.nesting.saturating_add(1), &mut causes);
        causes.finish()
    }
}
