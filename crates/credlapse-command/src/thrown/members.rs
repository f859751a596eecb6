//! The members of a JSON object, each read when it is asked for.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

/// How many bytes of one text are kept.
const MAX_TEXT: usize = 4096;
/// How many of them at its end, where it ends with another program's output.
const LAST_LINES: usize = 1024;

/// The members of an object; of two with one name the last.
#[derive(Debug, Default)]
pub(super) struct Members<'v>(HashMap<Cow<'v, str>, &'v RawValue>);

impl<'v> Members<'v> {
    /// The members of a value that is an object.
    pub(super) fn of(value: &'v RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok().map(Self)
    }

    pub(super) fn get(&self, key: &str) -> Option<&'v RawValue> {
        self.0.get(key).copied()
    }

    /// The members of the member `key`; none where it is no object.
    pub(super) fn object(&self, key: &str) -> Self {
        self.get(key).and_then(Self::of).unwrap_or_default()
    }

    /// The first elements of the member `key`; none where it is no array.
    pub(super) fn list(&self, key: &str, most: usize) -> Vec<&'v RawValue> {
        let list = self
            .get(key)
            .and_then(|list| serde_json::from_str(list.get()).ok());
        let mut list: Vec<&RawValue> = list.unwrap_or_default();
        list.truncate(most);
        list
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(text)
    }

    /// A text, or a number as one: old SDKs name an error by its status.
    pub(super) fn name(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        let number = || {
            Some(
                serde_json::from_str::<serde_json::Number>(value.get())
                    .ok()?
                    .to_string(),
            )
        };
        text(value).or_else(number)
    }

    /// An HTTP status, as a number or as a text of three digits.
    pub(super) fn status(&self, key: &str) -> Option<u16> {
        self.get(key)?
            .get()
            .trim_matches('"')
            .parse()
            .ok()
            .filter(|status| (100..600).contains(status))
    }
}

/// The text that a value is, shortened; `None` for an empty one and for any other value.
pub(super) fn text(value: &RawValue) -> Option<String> {
    if !value.get().starts_with('"') {
        return None;
    }
    let mut text: String = serde_json::from_str(value.get()).ok()?;
    if text.len() > MAX_TEXT {
        shorten(&mut text);
    }
    (!text.is_empty()).then_some(text)
}

/// Leaves the head, and the last lines where a text has lines.
fn shorten(text: &mut String) {
    // A secret may stand across the cut; a line break is a safe place to go on.
    let last = char_boundary(text, text.len() - LAST_LINES);
    let last = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let head = char_boundary(text, MAX_TEXT - LAST_LINES);
    text.drain(head..last);
}

/// The last boundary between two characters at or before `at`.
pub(super) fn char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
