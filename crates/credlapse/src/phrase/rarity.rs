//! Which words of a phrase are rare among all phrases; runs at compile time alone.

#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time alone, where a mistake is a compile error"
)]

use super::{FiledWords, word_at};

/// Files each phrase under its rarest word before its first hole.
pub(crate) const fn file<const N: usize>(phrases: &[&str; N]) -> [FiledWords; N] {
    let counts = Counts::new(phrases);
    let mut filed = [FiledWords {
        rarest: 0,
        second: 0,
    }; N];
    let mut phrase = 0;
    while phrase < N {
        let bytes = phrases[phrase].as_bytes();
        let rarest = counts.rarest(bytes, true, None);
        let (hash, number) = match rarest {
            Some(rarest) => rarest,
            None => (0, 0),
        };
        let second = match counts.rarest(bytes, false, Some(hash)) {
            Some((_, second)) => second,
            None => number,
        };
        filed[phrase] = FiledWords {
            rarest: number,
            second,
        };
        phrase += 1;
    }
    filed
}

/// How often each word stands in all phrases.
struct Counts {
    /// Sorted.
    hashes: [u32; Counts::CAPACITY],
    len: usize,
}

impl Counts {
    const CAPACITY: usize = 8192;

    const fn new<const N: usize>(phrases: &[&str; N]) -> Self {
        let mut counts = Self {
            hashes: [0; Self::CAPACITY],
            len: 0,
        };
        let mut phrase = 0;
        while phrase < N {
            let bytes = phrases[phrase].as_bytes();
            let mut at = 0;
            while let Some((hash, end)) = word_at(bytes, at) {
                counts.hashes[counts.len] = hash;
                counts.len += 1;
                at = end;
            }
            phrase += 1;
        }
        counts.sort();
        counts
    }

    /// Shell sort: small, and quick enough for the compiler.
    const fn sort(&mut self) {
        let mut gap = self.len / 2;
        while gap > 0 {
            let mut from = gap;
            while from < self.len {
                let hash = self.hashes[from];
                let mut to = from;
                while to >= gap && self.hashes[to - gap] > hash {
                    self.hashes[to] = self.hashes[to - gap];
                    to -= gap;
                }
                self.hashes[to] = hash;
                from += 1;
            }
            gap /= 2;
        }
    }

    const fn count(&self, hash: u32) -> usize {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = (low + high) / 2;
            if self.hashes[middle] < hash {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut count = 0;
        while low + count < self.len && self.hashes[low + count] == hash {
            count += 1;
        }
        count
    }

    /// The hash and the number of the rarest word that is not `taken`; the longest of equals.
    ///
    /// Of the words before the first hole alone, where `first` says so.
    const fn rarest(&self, phrase: &[u8], first: bool, taken: Option<u32>) -> Option<(u32, u8)> {
        let mut best = None;
        let (mut best_count, mut best_length) = (usize::MAX, 0);
        let (mut at, mut number) = (0, 0);
        while let Some((hash, end)) = word_at(phrase, at) {
            if first && has_hole(phrase, at, end) {
                break;
            }
            let is_taken = matches!(taken, Some(taken) if taken == hash);
            let (count, length) = (self.count(hash), end - at);
            let rarer = count < best_count || count == best_count && length > best_length;
            if !is_taken && rarer {
                best = Some((hash, number));
                best_count = count;
                best_length = length;
            }
            at = end;
            number += 1;
        }
        best
    }
}

const fn has_hole(phrase: &[u8], mut at: usize, end: usize) -> bool {
    while at < end {
        if phrase[at] == b'{' {
            return true;
        }
        at += 1;
    }
    false
}
