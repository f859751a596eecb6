//! The letters next to a fragment, as numbers: most places are told apart in one comparison.

use std::ops::Range;

use super::words;

/// The letters before and after a fragment, the nearest first; a missing letter is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    before: u64,
    after: u64,
}

/// How many letters a number holds.
const LETTERS: usize = 8;

impl Near {
    /// What stands before and after the fragment of a signal.
    pub(super) fn of(before: &[u8], after: &[u8]) -> Self {
        Self {
            before: number(before.iter().rev().copied()),
            after: number(after.iter().copied()),
        }
    }

    /// What stands around a place of a text.
    pub(super) fn around(text: &[u8], place: &Range<usize>) -> Self {
        let mut at = place.start;
        let before = std::iter::from_fn(|| {
            let (letter, start) = words::previous(text, at)?;
            at = start;
            Some(letter)
        });
        let before = number(before);
        let mut at = place.end;
        let after = number(std::iter::from_fn(|| {
            let (letter, end) = words::next(text, at)?;
            at = end;
            Some(letter)
        }));
        Self { before, after }
    }

    /// Whether all letters of `sign` stand here too.
    pub(super) fn may_be(&self, sign: &Self) -> bool {
        (self.before ^ sign.before) & mask(sign.before) == 0
            && (self.after ^ sign.after) & mask(sign.after) == 0
    }
}

fn number(letters: impl Iterator<Item = u8>) -> u64 {
    letters
        .take(LETTERS)
        .zip(0_u32..)
        .fold(0, |number, (letter, at)| {
            number | u64::from(letter) << (8 * at)
        })
}

/// All bits of the letters of a number.
const fn mask(number: u64) -> u64 {
    u64::MAX.unbounded_shr(number.leading_zeros() / 8 * 8)
}
