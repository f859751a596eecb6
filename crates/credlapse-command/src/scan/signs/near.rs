//! The letters next to a word, as numbers: most places are told apart in one comparison.

use std::ops::Range;

use super::words;

/// The letters before and after a word, the nearest first; a missing letter is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    before: u64,
    after: u64,
}

/// How many letters a number holds.
const LETTERS: u32 = 8;

impl Near {
    /// What stands before and after the word of a signal.
    pub(super) fn of(before: &[u8], after: &[u8]) -> Self {
        Self {
            before: number(before.iter().rev().copied()),
            after: number(after.iter().copied()),
        }
    }

    /// What stands around a place of a text.
    pub(super) fn around(text: &[u8], place: &Range<usize>) -> Self {
        Self {
            before: words::before::<LETTERS>(text, place.start),
            after: words::after::<LETTERS>(text, place.end),
        }
    }

    /// Whether all letters of `sign` stand here too.
    pub(super) fn may_be(&self, sign: &Self) -> bool {
        (self.before ^ sign.before) & mask(sign.before) == 0
            && (self.after ^ sign.after) & mask(sign.after) == 0
    }
}

/// The four letters next to a word, of all signals that are filed under it.
///
/// An ordinary neighbour of a word is told from all of them by one look: a
/// bit is set for each four letters that occur, and for some that do not.
#[derive(Default)]
pub(super) struct Company {
    before: Option<Letters>,
    after: Option<Letters>,
}

type Letters = Box<[u64; 16]>;

impl Company {
    /// Adds the side on which a signal has more letters: on the other there may be any.
    pub(super) fn add(&mut self, near: Near) {
        let (letters, side) = if near.before > near.after {
            (near.before, &mut self.before)
        } else {
            (near.after, &mut self.after)
        };
        let side = side.get_or_insert_default();
        if letters < 1 << 24 {
            **side = [u64::MAX; 16];
        } else {
            let slot = slot(letters);
            side[slot / 64] |= 1 << (slot % 64);
        }
    }

    /// Whether a signal may stand around a place of a text.
    pub(super) fn may_be(&self, text: &[u8], place: &Range<usize>) -> bool {
        let has = |side: &Letters, letters: u64| {
            let slot = slot(letters);
            side[slot / 64] >> (slot % 64) & 1 == 1
        };
        (self.after.as_ref()).is_some_and(|side| has(side, words::after::<4>(text, place.end)))
            || (self.before.as_ref())
                .is_some_and(|side| has(side, words::before::<4>(text, place.start)))
    }
}

/// The bit for the first four letters of a number: the upper bits of their product are well mixed.
fn slot(letters: u64) -> usize {
    let mixed = (letters & 0xffff_ffff).wrapping_mul(0x9e37_79b1) & 0xffff_ffff;
    usize::try_from(mixed >> 22).unwrap_or(0)
}

fn number(letters: impl Iterator<Item = u8>) -> u64 {
    letters
        .take(LETTERS as usize)
        .zip(0_u32..)
        .fold(0, |number, (letter, at)| {
            number | u64::from(letter) << (8 * at)
        })
}

/// All bits of the letters of a number.
const fn mask(number: u64) -> u64 {
    u64::MAX.unbounded_shr(number.leading_zeros() / 8 * 8)
}
