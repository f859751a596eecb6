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
        Self {
            before: number(preceding(text, place.start)),
            after: number(following(text, place.end)),
        }
    }

    /// Whether all letters of `sign` stand here too.
    pub(super) fn may_be(&self, sign: &Self) -> bool {
        (self.before ^ sign.before) & mask(sign.before) == 0
            && (self.after ^ sign.after) & mask(sign.after) == 0
    }
}

/// The four letters next to a fragment, of all signals that are filed under it.
///
/// An ordinary word around a fragment is told from all of them by one look: a
/// bit is set for each four letters that occur, and for some that do not.
#[derive(Default)]
pub(super) struct Company {
    before: Letters,
    after: Letters,
}

type Letters = [u64; 16];

impl Company {
    /// Adds the side on which a signal has more letters: on the other there may be any.
    pub(super) fn add(&mut self, near: Near) {
        let (letters, side) = if near.before > near.after {
            (near.before, &mut self.before)
        } else {
            (near.after, &mut self.after)
        };
        if letters < 1 << 24 {
            *side = [u64::MAX; 16];
        } else {
            let slot = slot(letters);
            side[slot / 64] |= 1 << (slot % 64);
        }
    }

    /// Whether a signal may stand around a place of a text.
    pub(super) fn may_be(&self, text: &[u8], place: &Range<usize>) -> bool {
        has(&self.after, following(text, place.end))
            || has(&self.before, preceding(text, place.start))
    }
}

fn has(side: &Letters, letters: impl Iterator<Item = u8>) -> bool {
    let slot = slot(number(letters.take(4)));
    side[slot / 64] >> (slot % 64) & 1 == 1
}

/// The bit for the first four letters of a number: the upper bits of their product are well mixed.
fn slot(letters: u64) -> usize {
    let mixed = (letters & 0xffff_ffff).wrapping_mul(0x9e37_79b1) & 0xffff_ffff;
    usize::try_from(mixed >> 22).unwrap_or(0)
}

fn preceding(text: &[u8], mut at: usize) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let (letter, start) = words::previous(text, at)?;
        at = start;
        Some(letter)
    })
}

fn following(text: &[u8], mut at: usize) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let (letter, end) = words::next(text, at)?;
        at = end;
        Some(letter)
    })
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
