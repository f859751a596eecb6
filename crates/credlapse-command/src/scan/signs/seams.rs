//! Words that are looked for together, where a line is broken between them.

use std::ops::Range;

use super::piece::{BLOCK, Noted};
use super::words::{self, is_word};

/// The words behind the gaps of signals, by their letters.
pub(super) struct Seams {
    /// Whether a line with one of these words can begin with a byte.
    first: [bool; 256],
    /// A bit for each letters that occur, and for some that do not.
    bits: [u64; 16],
    /// The letters, and the number of the word that begins with them.
    words: Vec<(u64, usize)>,
}

impl Default for Seams {
    fn default() -> Self {
        Self {
            // What stands between words.
            first: std::array::from_fn(|byte| u8::try_from(byte).is_ok_and(|byte| !is_word(byte))),
            bits: [0; 16],
            words: Vec::new(),
        }
    }
}

impl Seams {
    /// How many letters are looked at behind a line break.
    const LETTERS: usize = 4;

    /// Whether a line is known by the letters that it begins with: less than four, or a number, begin many a line.
    pub(super) fn can_hold(letters: &[u8]) -> bool {
        letters.len() >= Self::LETTERS && !letters[0].is_ascii_digit()
    }

    /// Adds a word by the letters that it and what follows begin with, if it can be known by these.
    pub(super) fn add(&mut self, letters: &[u8], word: usize) {
        let letters = Some(letters).filter(|letters| Self::can_hold(letters));
        let Some(letters) = letters.and_then(<[u8]>::first_chunk::<{ Self::LETTERS }>) else {
            return;
        };
        for first in [letters[0], letters[0].to_ascii_uppercase()] {
            self.first[usize::from(first)] = true;
        }
        let letters = u64::from(u32::from_le_bytes(*letters));
        let slot = slot(letters);
        self.bits[slot / 64] |= 1 << (slot % 64);
        let at = self.words.partition_point(|known| *known < (letters, word));
        self.words.insert(at, (letters, word));
    }

    /// The first thing that `look` finds where a line begins with a word, which is told its number.
    ///
    /// The line break before it is in `range`, a piece at most.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        range: Range<usize>,
        look: impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let piece = text.get(range.start..)?;
        let piece = piece.get(..=range.len()).unwrap_or(piece);
        for place in note(piece).places() {
            let mut breaks = breaks(piece.get(place..)?.first_chunk()?);
            while breaks != 0 {
                let at = range.start + place + breaks.trailing_zeros() as usize / 8;
                let found = self.look(text, at + 1, &look);
                if found.is_some() {
                    return found;
                }
                breaks &= breaks - 1;
            }
        }
        let rest = range.start + piece.len().saturating_sub(1) / BLOCK * BLOCK;
        let bytes = text.get(rest..range.end)?.iter().zip(rest..);
        let mut breaks = bytes.filter(|(byte, _)| **byte == b'\n');
        breaks.find_map(|(_, at)| self.look(text, at + 1, &look))
    }

    /// What `look` finds if the line at `line` begins with a word.
    fn look<T>(
        &self,
        text: &[u8],
        line: usize,
        look: impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        if !self.first[usize::from(*text.get(line)?)] {
            return None;
        }
        let letters = words::after::<{ Self::LETTERS as u32 }>(text, line);
        let slot = slot(letters);
        if self.bits[slot / 64] >> (slot % 64) & 1 == 0 {
            return None;
        }
        let (_, end) = words::next(text, line)?;
        let first = self.words.partition_point(|(known, _)| *known < letters);
        let words = self.words[first..].iter();
        words
            .take_while(|(known, _)| *known == letters)
            .find_map(|(_, word)| look(*word, end - 1))
    }
}

/// The blocks that hold the beginning of a line that may be one with a word: most lines of logs begin with a date.
#[inline(never)]
fn note(piece: &[u8]) -> Noted {
    let blocks = (0..).step_by(BLOCK);
    let blocks = blocks.map_while(|at| piece.get(at..)?.first_chunk::<{ BLOCK + 1 }>());
    Noted::of(blocks.map(|block| {
        let neighbours = block.iter().zip(&block[1..]);
        neighbours.fold(false, |any, (byte, next)| {
            any | ((*byte == b'\n') & !next.is_ascii_digit())
        })
    }))
}

/// The upper bit of each byte that is a line break.
fn breaks(block: &[u8; BLOCK]) -> u128 {
    const LOW: u128 = u128::from_le_bytes([0x7f; BLOCK]);
    let others = u128::from_le_bytes(*block) ^ u128::from_le_bytes([b'\n'; BLOCK]);
    !(((others & LOW) + LOW) | others | LOW)
}

/// The upper bits of the product are well mixed.
fn slot(letters: u64) -> usize {
    let mixed = letters.wrapping_mul(0x9e37_79b1) & 0xffff_ffff;
    usize::try_from(mixed >> 22).unwrap_or(0)
}
