//! What all readers scan with: slices that cannot panic.

use alloc::string::String;

use super::class::Class;

/// Stands in a record where text must not be joined: between list items and paragraphs.
pub(super) const BREAK: char = '\u{1}';

/// `text` from byte `at` on; empty where there is none.
pub(crate) fn from(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// `text` from byte `at` up to byte `end`; empty where there is none.
pub(super) fn between(text: &str, at: usize, end: usize) -> &str {
    text.get(at..end).unwrap_or("")
}

/// The first `end` bytes of `text`, and what follows.
pub(super) fn split(text: &str, end: usize) -> (&str, &str) {
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Splits `text` before the first `byte`, which is ASCII; what follows is empty where there is none.
pub(crate) fn until(text: &str, byte: u8) -> (&str, &str) {
    let end = text.bytes().position(|found| found == byte);
    split(text, end.unwrap_or(text.len()))
}

/// Where `part` begins in `text`.
///
/// The search of the standard library is quicker on long texts, and thirty times as large.
pub(crate) fn find(text: &str, part: &str) -> Option<usize> {
    let text = text.as_bytes();
    let [first, tail @ ..] = part.as_bytes() else {
        return None;
    };
    let mut rest = text;
    loop {
        let at = rest.iter().position(|byte| byte == first)?;
        rest = rest.get(at.saturating_add(1)..)?;
        // A call that compares takes longer: most end at the next letter.
        let same = rest
            .iter()
            .zip(tail)
            .take_while(|(byte, letter)| byte == letter);
        if same.count() == tail.len() {
            return text.len().checked_sub(rest.len())?.checked_sub(1);
        }
    }
}

/// Whether `part` stands in `text`.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// What stands before the first `part` of `text`, and behind it.
pub(crate) fn split_once<'t>(text: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text, part)?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, from(rest, part.len())))
}

/// `text` with `new` in the place of each `old`.
pub(crate) fn replace(text: &str, old: &str, new: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = split_once(rest, old) {
        out.push_str(before);
        out.push_str(new);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Words in one text, parted by `|`: a slice of slices takes more room.
#[derive(Clone, Copy)]
pub(crate) struct List(pub(crate) &'static str);

impl List {
    /// Whether `is` holds for one of them.
    pub(crate) fn any(self, is: &dyn Fn(&str) -> bool) -> bool {
        self.find(is).is_some()
    }

    /// The first word that `is` holds for.
    pub(crate) fn find(self, is: &dyn Fn(&str) -> bool) -> Option<&'static str> {
        // The words are short: a search that looks at many bytes at once takes longer.
        let mut rest = self.0;
        while !rest.is_empty() {
            let (word, after) = until(rest, b'|');
            if is(word) {
                return Some(word);
            }
            rest = from(after, 1);
        }
        None
    }

    /// Whether `word` is one of them.
    pub(crate) fn has(self, word: &str) -> bool {
        self.find(&|known| known == word).is_some()
    }

    /// Whether `word` is one of them; case does not count.
    pub(crate) fn has_in_any_case(self, word: &str) -> bool {
        self.find(&|known| known.eq_ignore_ascii_case(word))
            .is_some()
    }

    /// Whether `text` begins with one of them.
    pub(crate) fn begins(self, text: &str) -> bool {
        self.strip(text).is_some()
    }

    /// `text` without the first of them that it begins with.
    pub(crate) fn strip(self, text: &str) -> Option<&str> {
        let head = self.find(&|known| text.starts_with(known))?;
        text.get(head.len()..)
    }

    /// Whether `text` ends with one of them.
    pub(crate) fn ends(self, text: &str) -> bool {
        self.find(&|known| text.ends_with(known)).is_some()
    }

    /// Whether one of them stands in `text`.
    pub(crate) fn is_in(self, text: &str) -> bool {
        self.place(text).is_some()
    }

    /// Where the first of them that stands in `text` begins there.
    pub(crate) fn place(self, text: &str) -> Option<usize> {
        find(text, self.find(&|known| contains(text, known))?)
    }
}

/// The first `max` bytes of `text` at most, cut between words: half a secret is not known for one.
pub(crate) fn head(text: &str, max: usize) -> &str {
    let (head, _) = split(text, text.floor_char_boundary(max));
    let (words, word) = VISIBLE.split_tail(head);
    if words.is_empty() { word } else { words }
}

/// What words are made of, in any script.
pub(super) const VISIBLE: Class = Class::CONTROL.with(b" ").not();

/// The last part of a dotted name.
pub(crate) fn class(name: &str) -> &str {
    const { Class::of(b".").not() }.split_tail(name).1
}

/// Splits behind the leading word.
pub(super) fn split_word(text: &str) -> (&str, &str) {
    // Compared, not looked up as a class: that is quicker, and every word of a log comes here.
    let end = text.bytes().position(|byte| !is_word(byte));
    split(text, end.unwrap_or(text.len()))
}

/// How far into `text` its suffix `rest` begins.
pub(super) fn offset(text: &str, rest: &str) -> usize {
    text.len().saturating_sub(rest.len())
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether there is nothing to read in `text`: no letter, no digit.
pub(super) fn is_blank(text: &str) -> bool {
    !Class::SAID.is_in(text)
}

/// Whether a byte belongs to something that can be read.
pub(super) fn is_said(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Whether `text` has three words in a row: prose, not data.
pub(super) fn is_prose(text: &str) -> bool {
    let mut words = Words::default();
    words.read(text);
    words.is_prose()
}

/// Whether `text` is more than one word.
pub(super) fn is_phrase(text: &str) -> bool {
    const { Class::SAID.not() }.trim(text).contains(' ')
}

/// Counts words in a row, over a text that comes in pieces.
#[derive(Default)]
pub(super) struct Words {
    count: u8,
    last: u8,
    is_prose: bool,
}

impl Words {
    pub(super) fn is_prose(&self) -> bool {
        self.is_prose
    }

    pub(super) fn read(&mut self, text: &str) {
        for byte in text.bytes() {
            if self.is_prose {
                return;
            }
            if byte == b' ' && self.last.is_ascii_alphabetic() {
                self.count = self.count.saturating_add(1);
            } else if byte.is_ascii_alphabetic() {
                self.is_prose = self.count >= 2;
            } else if byte != b'\'' && byte != b'-' {
                self.count = 0;
            }
            self.last = byte;
        }
    }
}

/// `text` on one line, white space collapsed, cut at its ends to what is said.
pub(super) fn sentence(text: &str) -> String {
    let (_, text) = const { GAP.with(b":,;-.)]}>|") }.split(text);
    let mut text = END.split_tail(text).0;
    while let Some(before) = text.strip_suffix('—') {
        text = END.split_tail(before).0;
    }
    let mut last = b' ';
    let is_collapsed = text.bytes().all(|byte| {
        let is_space = byte == b' ' && last == b' ';
        last = byte;
        byte >= b' ' && !is_space
    });
    if is_collapsed {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = const { GAP.not() }.split(rest);
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        rest = GAP.split(after).1;
    }
    out
}

/// What parts words: white space and [`BREAK`].
const GAP: Class = Class::SPACE.with(b"\x01");
/// What a sentence does not end with.
const END: Class = GAP.with(b":,;-([{<=|");
