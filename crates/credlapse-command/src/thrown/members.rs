//! The members of a JSON object, each read when it is asked for.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

/// How many bytes of one text are kept.
const MAX_TEXT: usize = 4096;
/// How many of them at its end, where it ends with another program's output.
const LAST_LINES: usize = 1024;
/// What no key and no token has in it.
const SEPARATORS: [char; 9] = [' ', '\n', '\t', '"', '\'', ',', ';', '<', '&'];

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
///
/// A secret may stand across a cut, and half of one is not recognised: so both
/// are where none can stand.
fn shorten(text: &mut String) {
    let last = char_boundary(text, text.len() - LAST_LINES);
    let last = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let head = &text[..char_boundary(text, MAX_TEXT - LAST_LINES)];
    let head = head.rfind(SEPARATORS).map_or(0, |at| at + 1);
    text.drain(head..last);
}

/// The last boundary between two characters at or before `at`.
pub(super) fn char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_not_cut_within_a_word() {
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        for before in [3_000, 3_031, 3_032, 3_050, 3_071, 3_072] {
            let mut text = "x".repeat(before - 1) + "\"" + secret + &" y".repeat(1_000);
            shorten(&mut text);
            assert!(text.len() <= MAX_TEXT);
            assert_eq!(text.contains("wJal"), text.contains(secret), "{before}");
        }
        let mut word = "x".repeat(5_000) + "\nToken has expired";
        shorten(&mut word);
        assert_eq!(word, "\nToken has expired");
    }
}
