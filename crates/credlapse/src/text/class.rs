//! Sets of bytes, and what is cut from a text by them.

use super::scan::split;

/// A set of bytes; those beyond ASCII are in it all or none, so that no character is cut.
#[derive(Clone, Copy)]
pub(crate) struct Class([u64; 4]);

impl Class {
    pub(crate) const DIGIT: Self = Self::of(b"0123456789");
    pub(crate) const UPPER: Self = Self::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    pub(crate) const LOWER: Self = Self::of(b"abcdefghijklmnopqrstuvwxyz");
    pub(crate) const LETTER: Self = Self::UPPER.or(Self::LOWER);
    pub(crate) const ALPHANUMERIC: Self = Self::LETTER.or(Self::DIGIT);
    pub(crate) const WORD: Self = Self::ALPHANUMERIC.with(b"_");
    pub(crate) const SPACE: Self = Self::of(b" \t\n\x0c\r");
    pub(crate) const BEYOND: Self = Self([0, 0, !0, !0]);
    /// What ends lines and what is no text at all.
    pub(crate) const CONTROL: Self = Self([0xffff_ffff, 0, 0, 0]);
    /// A letter or a digit; outside of ASCII all is one.
    pub(crate) const SAID: Self = Self::ALPHANUMERIC.or(Self::BEYOND);

    /// These bytes, which are ASCII.
    pub(crate) const fn of(bytes: &[u8]) -> Self {
        let (mut low, mut high) = (0, 0);
        let mut rest = bytes;
        while let [byte, tail @ ..] = rest {
            if *byte < 64 {
                low |= 1 << (*byte & 63);
            } else {
                high |= 1 << (*byte & 63);
            }
            rest = tail;
        }
        Self([low, high, 0, 0])
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        let (Self([a, b, c, d]), Self([e, f, g, h])) = (self, other);
        Self([a | e, b | f, c | g, d | h])
    }

    pub(crate) const fn with(self, bytes: &[u8]) -> Self {
        self.or(Self::of(bytes))
    }

    /// All other bytes.
    pub(crate) const fn not(self) -> Self {
        let Self([a, b, c, d]) = self;
        Self([!a, !b, !c, !d])
    }

    pub(crate) fn has(&self, byte: u8) -> bool {
        let bits = self.0.get(usize::from(byte >> 6));
        bits.is_some_and(|bits| bits >> (byte & 63) & 1 == 1)
    }

    /// Splits `text` behind its leading bytes of this class.
    pub(crate) fn split<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        let end = text.bytes().position(|byte| !self.has(byte));
        split(text, end.unwrap_or(text.len()))
    }

    /// Splits `text` before its trailing bytes of this class.
    pub(crate) fn split_tail<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        let last = text.bytes().rposition(|byte| !self.has(byte));
        split(text, last.map_or(0, |last| last.saturating_add(1)))
    }

    /// `text` without its leading and trailing bytes of this class.
    pub(crate) fn trim<'t>(&self, text: &'t str) -> &'t str {
        self.split_tail(self.split(text).1).0
    }

    /// Whether `text` begins with a byte of this class.
    pub(crate) fn begins(&self, text: &str) -> bool {
        text.bytes().next().is_some_and(|byte| self.has(byte))
    }

    /// Whether `text` ends with a byte of this class.
    pub(crate) fn ends(&self, text: &str) -> bool {
        text.bytes().next_back().is_some_and(|byte| self.has(byte))
    }

    /// Whether `text` has a byte of this class.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        text.bytes().any(|byte| self.has(byte))
    }

    /// Whether `text` is nothing but bytes of this class.
    pub(crate) fn is_all(&self, text: &str) -> bool {
        text.bytes().all(|byte| self.has(byte))
    }
}
