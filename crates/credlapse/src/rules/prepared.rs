//! What is computed of the packed rows at their first use, in some 50 microseconds.

use core::sync::atomic::{AtomicBool, AtomicU8, AtomicU16, Ordering};

use super::filed::Filed;
use super::scope;
use super::table::{COUNT, FILED_WORDS, PACKED, PHRASE_COUNT, SCOPE_COUNT, SYMBOL_COUNT};
use super::{Sort, letters};
use crate::phrase;

pub(super) struct Prepared {
    is_ready: AtomicBool,
    signals: Lines<COUNT>,
    scopes: Lines<SCOPE_COUNT>,
    letters: [AtomicU8; COUNT],
    /// The rows of each symbol.
    pub(super) symbols: Filed<SYMBOL_COUNT>,
    /// The rows of each phrase, see [`phrase::filed`].
    pub(super) phrases: Filed<PHRASE_COUNT>,
}

static PREPARED: Prepared = Prepared {
    is_ready: AtomicBool::new(false),
    signals: Lines::new(),
    scopes: Lines::new(),
    letters: [const { AtomicU8::new(0) }; COUNT],
    symbols: Filed::new(),
    phrases: Filed::new(),
};

pub(super) fn prepared() -> &'static Prepared {
    if !PREPARED.is_ready.load(Ordering::Acquire) {
        PREPARED.fill();
    }
    &PREPARED
}

impl Prepared {
    /// Two who fill at once write the same.
    #[cold]
    fn fill(&self) {
        self.signals.fill(PACKED.signals);
        self.scopes.fill(PACKED.scopes);
        let mut symbols = [(0, 0); SYMBOL_COUNT];
        let mut phrases = [(0, 0); PHRASE_COUNT];
        let mut next_symbol = symbols.iter_mut();
        let mut next_phrase = phrases.iter_mut().zip(&FILED_WORDS);
        for (row, count) in self.letters.iter().enumerate() {
            let signal = self.signal(row);
            count.store(letters(signal), Ordering::Relaxed);
            let number = row as u16;
            match PACKED.sort(row) {
                Some((Sort::Symbol, _)) => {
                    if let Some(place) = next_symbol.next() {
                        *place = (phrase::hash(signal.as_bytes()), number.into());
                    }
                }
                Some((Sort::Phrase | Sort::Whole, _)) => {
                    if let Some((place, words)) = next_phrase.next() {
                        *place = phrase::filed(number, signal, *words);
                    }
                }
                _ => {}
            }
        }
        self.symbols.fill(&mut symbols);
        self.phrases.fill(&mut phrases);
        self.is_ready.store(true, Ordering::Release);
    }

    /// The symbol, the words as they are packed, or the digits of the status of a row.
    pub(super) fn signal(&self, row: usize) -> &'static str {
        self.signals.get(PACKED.signals, row)
    }

    pub(super) fn scope(&self, row: usize) -> scope::Packed {
        // Most count everywhere, which is the first line.
        scope::Packed(match PACKED.scope(row) {
            0 => "",
            line => self.scopes.get(PACKED.scopes, line),
        })
    }

    pub(super) fn letters(&self, row: usize) -> u8 {
        let letters = self.letters.get(row);
        letters.map_or(0, |letters| letters.load(Ordering::Relaxed))
    }
}

/// Where each line of a text but the first begins, and where the last one ends.
struct Lines<const N: usize>([AtomicU16; N]);

impl<const N: usize> Lines<N> {
    const fn new() -> Self {
        Self([const { AtomicU16::new(0) }; N])
    }

    fn fill(&self, text: &str) {
        for (start, (end, _)) in self.0.iter().zip(text.match_indices('\n')) {
            start.store((end as u16).wrapping_add(1), Ordering::Relaxed);
        }
    }

    fn get(&self, text: &'static str, at: usize) -> &'static str {
        let end = |at: usize| Some(usize::from(self.0.get(at)?.load(Ordering::Relaxed)));
        let start = at.checked_sub(1).map_or(Some(0), end);
        let line = || text.get(start?..end(at)?.checked_sub(1)?);
        line().unwrap_or("")
    }
}
