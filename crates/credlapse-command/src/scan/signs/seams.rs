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
    pub(super) const LETTERS: usize = 4;

    /// Adds a word by the letters that it and what follows begin with; less than four begin many a line.
    pub(super) fn add(&mut self, letters: &[u8], word: usize) {
        let Some(letters) = letters.first_chunk::<{ Self::LETTERS }>() else {
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
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        range: Range<usize>,
        look: impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let piece = text.get(range.clone())?;
        let (blocks, rest) = piece.as_chunks();
        for place in note(blocks).places() {
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
        let rest = rest.iter().zip(range.end - rest.len()..);
        let mut breaks = rest.filter(|(byte, _)| **byte == b'\n');
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

/// The blocks that hold a line break.
#[inline(never)]
fn note(blocks: &[[u8; BLOCK]]) -> Noted {
    let is_break = |byte: &u8| *byte == b'\n';
    let blocks = blocks.iter();
    Noted::of(blocks.map(|block| block.iter().fold(false, |any, byte| any | is_break(byte))))
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
