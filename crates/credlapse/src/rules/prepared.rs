//! What is computed of the packed rows at their first use, in some 50 microseconds.

use core::sync::atomic::{AtomicBool, AtomicU8, AtomicU16, Ordering};

use super::filed::Filed;
use super::table::{COUNT, FILED_WORDS, PACKED, PHRASE_COUNT, SYMBOL_COUNT};
use super::{Signal, letters};
use crate::phrase;

pub(super) struct Prepared {
    is_ready: AtomicBool,
    ids: Lines,
    literals: Lines,
    letters: [AtomicU8; COUNT],
    /// The rows of each symbol.
    pub(super) symbols: Filed<SYMBOL_COUNT>,
    /// The rows of each phrase, see [`phrase::filed`].
    pub(super) phrases: Filed<PHRASE_COUNT>,
}

static PREPARED: Prepared = Prepared {
    is_ready: AtomicBool::new(false),
    ids: Lines::new(),
    literals: Lines::new(),
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
        self.ids.fill(PACKED.ids);
        self.literals.fill(PACKED.literals);
        let mut symbols = [(0, 0); SYMBOL_COUNT];
        let mut phrases = [(0, 0); PHRASE_COUNT];
        let mut next_symbol = symbols.iter_mut();
        let mut next_phrase = phrases.iter_mut().zip(&FILED_WORDS);
        for (row, count) in self.letters.iter().enumerate() {
            let literal = self.literal(row);
            count.store(letters(literal), Ordering::Relaxed);
            let number = row as u16;
            match PACKED.signal(row, literal) {
                Some((Signal::Symbol(symbol), _)) => {
                    if let Some(place) = next_symbol.next() {
                        *place = (phrase::hash(symbol.as_bytes()), number.into());
                    }
                }
                Some((Signal::Phrase(_) | Signal::Whole(_), _)) => {
                    if let Some((place, words)) = next_phrase.next() {
                        *place = phrase::filed(number, literal, *words);
                    }
                }
                _ => {}
            }
        }
        self.symbols.fill(&mut symbols);
        self.phrases.fill(&mut phrases);
        self.is_ready.store(true, Ordering::Release);
    }

    pub(super) fn id(&self, row: usize) -> &'static str {
        self.ids.get(PACKED.ids, row)
    }

    /// The symbol or the words of a row, or the digits of its status.
    pub(super) fn literal(&self, row: usize) -> &'static str {
        self.literals.get(PACKED.literals, row)
    }

    pub(super) fn letters(&self, row: usize) -> u8 {
        let letters = self.letters.get(row);
        letters.map_or(0, |letters| letters.load(Ordering::Relaxed))
    }
}

/// Where each line of a text begins, and where the last one ends.
struct Lines([AtomicU16; COUNT + 1]);

impl Lines {
    const fn new() -> Self {
        Self([const { AtomicU16::new(0) }; COUNT + 1])
    }

    fn fill(&self, text: &str) {
        let starts = self.0.iter().skip(1);
        for (start, (end, _)) in starts.zip(text.match_indices('\n')) {
            start.store((end as u16).wrapping_add(1), Ordering::Relaxed);
        }
    }

    fn get(&self, text: &'static str, at: usize) -> &'static str {
        let start = |at: usize| Some(usize::from(self.0.get(at)?.load(Ordering::Relaxed)));
        let line = || text.get(start(at)?..start(at.checked_add(1)?)?.checked_sub(1)?);
        line().unwrap_or("")
    }
}
