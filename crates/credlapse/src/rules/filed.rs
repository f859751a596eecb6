//! Numbers filed under the hash of a word, looked up many times and filled once.

use core::sync::atomic::{AtomicU32, Ordering};

/// At most `N` numbers, each under a hash.
///
/// Static memory that is filled at the first use, by whoever comes first: two
/// who come at once write the same. As data it would be bytes that no program
/// can compress.
pub(crate) struct Filed<const N: usize> {
    /// Each hash and its number, sorted.
    pairs: [Pair; N],
    /// One bit for each remainder of a hash, so that most searches end here.
    filter: [AtomicU32; WORDS],
}

type Pair = (AtomicU32, AtomicU32);

const WORDS: usize = 128;

impl<const N: usize> Filed<N> {
    pub(crate) const fn new() -> Self {
        Self {
            pairs: [const { (AtomicU32::new(0), AtomicU32::new(0)) }; N],
            filter: [const { AtomicU32::new(0) }; WORDS],
        }
    }

    /// Files each number under its hash.
    pub(crate) fn fill(&self, filed: &mut [(u32, u32); N]) {
        sort(filed);
        for ((hash, number), pair) in filed.iter().zip(&self.pairs) {
            pair.0.store(*hash, Ordering::Relaxed);
            pair.1.store(*number, Ordering::Relaxed);
            let (word, bit) = bit(*hash);
            if let Some(word) = self.filter.get(word) {
                word.fetch_or(bit, Ordering::Relaxed);
            }
        }
    }

    /// Whether a number may be filed under this hash.
    pub(crate) fn may_have(&self, hash: u32) -> bool {
        let (word, bit) = bit(hash);
        let word = self.filter.get(word);
        word.is_some_and(|word| word.load(Ordering::Relaxed) & bit != 0)
    }

    /// What is filed under a hash, in growing order.
    pub(crate) fn under(&self, hash: u32) -> Under<'_> {
        // Hashes are spread evenly: the place is close to where the share says.
        let mut at = (u64::from(hash).wrapping_mul(N as u64) >> 32) as usize;
        let is_at = |at: usize, is: fn(&u32, &u32) -> bool| {
            let pair = self.pairs.get(at);
            pair.is_some_and(|(place, _)| is(&place.load(Ordering::Relaxed), &hash))
        };
        while is_at(at.wrapping_sub(1), u32::ge) {
            at = at.wrapping_sub(1);
        }
        while is_at(at, u32::lt) {
            at = at.wrapping_add(1);
        }
        Under {
            pairs: self.pairs.get(at..).unwrap_or_default(),
            hash,
        }
    }
}

/// The numbers under one hash.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Under<'f> {
    pairs: &'f [Pair],
    hash: u32,
}

impl Iterator for Under<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let ((hash, number), rest) = self.pairs.split_first()?;
        self.pairs = rest;
        (hash.load(Ordering::Relaxed) == self.hash).then(|| number.load(Ordering::Relaxed))
    }
}

fn bit(hash: u32) -> (usize, u32) {
    ((hash >> 5) as usize & (WORDS - 1), 1 << (hash & 31))
}

/// Shell's sort: a tenth of the code of the one in the library.
fn sort(filed: &mut [(u32, u32)]) {
    let mut gap = filed.len() / 2;
    while gap > 0 {
        for from in gap..filed.len() {
            let mut to = from;
            while let Some(before) = to.checked_sub(gap)
                && filed.get(before) > filed.get(to)
            {
                filed.swap(before, to);
                to = before;
            }
        }
        gap /= 2;
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn numbers_are_found_under_their_hash_alone() {
        static FILED: Filed<5> = Filed::new();
        let last = u32::MAX;
        FILED.fill(&mut [(7, 1), (last, 4), (7, 0), (0, 9), (1 << 31, 3)]);
        let under = |hash| FILED.under(hash).collect::<Vec<_>>();
        assert_eq!(under(7), [0, 1]);
        assert_eq!(under(0), [9]);
        assert_eq!(under(last), [4]);
        assert_eq!(under(1 << 31), [3]);
        assert!(under(8).is_empty());
        assert!(FILED.may_have(7) && !FILED.may_have(8));
    }
}
