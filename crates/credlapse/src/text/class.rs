//! Sets of bytes, and what is cut from a text by them.

use super::scan::split;

/// A set of bytes; those beyond ASCII are in it all or none, so that no character is cut.
#[derive(Clone, Copy)]
pub(crate) struct Class {
    low: u64,
    high: u64,
    beyond: u64,
}

impl Class {
    pub(crate) const DIGIT: Self = Self::of(b"0123456789");
    pub(crate) const UPPER: Self = Self::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    pub(crate) const LOWER: Self = Self::of(b"abcdefghijklmnopqrstuvwxyz");
    pub(crate) const LETTER: Self = Self::UPPER.or(Self::LOWER);
    pub(crate) const ALPHANUMERIC: Self = Self::LETTER.or(Self::DIGIT);
    pub(crate) const WORD: Self = Self::ALPHANUMERIC.with(b"_");
    pub(crate) const SPACE: Self = Self::of(b" \t\n\x0c\r");
    pub(crate) const BEYOND: Self = Self {
        low: 0,
        high: 0,
        beyond: !0,
    };
    /// What ends lines and what is no text at all.
    pub(crate) const CONTROL: Self = Self {
        low: 0xffff_ffff,
        high: 0,
        beyond: 0,
    };
    /// A letter or a digit; outside of ASCII all is one.
    pub(crate) const SAID: Self = Self::ALPHANUMERIC.or(Self::BEYOND);

    /// These bytes, which are ASCII.
    pub(crate) const fn of(bytes: &[u8]) -> Self {
        let mut class = Self {
            low: 0,
            high: 0,
            beyond: 0,
        };
        let mut rest = bytes;
        while let [byte, tail @ ..] = rest {
            if *byte < 64 {
                class.low |= 1 << (*byte & 63);
            } else {
                class.high |= 1 << (*byte & 63);
            }
            rest = tail;
        }
        class
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self {
            low: self.low | other.low,
            high: self.high | other.high,
            beyond: self.beyond | other.beyond,
        }
    }

    pub(crate) const fn with(self, bytes: &[u8]) -> Self {
        self.or(Self::of(bytes))
    }

    /// All other bytes.
    pub(crate) const fn not(self) -> Self {
        Self {
            low: !self.low,
            high: !self.high,
            beyond: !self.beyond,
        }
    }

    pub(crate) const fn has(&self, byte: u8) -> bool {
        let bits = match byte >> 6 {
            0 => self.low,
            1 => self.high,
            _ => self.beyond,
        };
        bits >> (byte & 63) & 1 == 1
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
