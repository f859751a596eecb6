//! Where one of some hundred words may stand, found by a look at every fourth place.
//!
//! Wherever seven letters stand, four of them begin at such a place. A bit is
//! kept for each four letters that can be there, so that most of a text costs
//! one look at a bit for each four bytes of it.

/// How many letters are looked at together.
pub(super) const GRAM: usize = 4;

/// The places that are looked at in one step, and the bytes that they reach over.
const STEP: usize = 4 * Grams::STRIDE;
const BLOCK: usize = STEP - Grams::STRIDE + GRAM;

/// Bits of which every letter, digit and sign has one, and no control character.
const PRINTED: u128 = u128::from_le_bytes([0x60; BLOCK]);

/// Four letters of a word, and where in the word they are.
#[derive(Clone, Copy, Debug)]
struct Gram {
    letters: u32,
    /// Up to four letters behind these, and which bits of them count.
    behind: u32,
    behind_mask: u32,
    word: u16,
    at: u8,
}

/// The letters of all words that are looked for.
pub(super) struct Grams {
    bits: Box<[u8; SLOTS / 8]>,
    /// All, by their slot.
    grams: Vec<Gram>,
    /// Where in `grams` those begin whose slot has these upper bits.
    shelves: Box<[u16; SHELVES + 1]>,
}

const SLOT_BITS: u32 = 17;
const SLOTS: usize = 1 << SLOT_BITS;
const SHELF_BITS: u32 = 10;
const SHELVES: usize = 1 << SHELF_BITS;

impl Grams {
    /// From one place that is looked at to the next.
    pub(super) const STRIDE: usize = 4;

    /// The letters of these words, from a place of each on, seven of them.
    pub(super) fn of<'a>(words: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let mut grams: Vec<Gram> = (0..)
            .zip(words)
            .flat_map(|(word, (text, from))| {
                let letters = text.as_bytes().windows(GRAM).enumerate();
                let letters = letters.skip(from).take(Self::STRIDE);
                letters.map(move |(at, letters)| {
                    let behind = text.as_bytes()[at + GRAM..].iter().take(GRAM);
                    let length = behind.len();
                    let behind = behind
                        .rev()
                        .fold(0, |number, letter| number << 8 | u32::from(*letter));
                    let behind_mask = u32::MAX.unbounded_shr(8 * (GRAM - length) as u32);
                    Gram {
                        letters: folded(letters),
                        behind: (behind | CASE) & behind_mask,
                        behind_mask,
                        word,
                        at: u8::try_from(at).unwrap_or(u8::MAX),
                    }
                })
            })
            .collect();
        grams.sort_by_key(|gram| slot(gram.letters));
        let mut bits = Box::new([0; SLOTS / 8]);
        let mut shelves = Box::new([0; SHELVES + 1]);
        for gram in &grams {
            let slot = slot(gram.letters);
            bits[slot / 8] |= 1 << (slot % 8);
            shelves[shelf(slot) + 1] += 1;
        }
        for shelf in 0..SHELVES {
            shelves[shelf + 1] += shelves[shelf];
        }
        Self {
            bits,
            grams,
            shelves,
        }
    }

    /// The first thing that `look` finds where a word may begin, which is told its number.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        from: usize,
        look: impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let mut at = from;
        while let Some(block) = text.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>) {
            let block = u128::from_le_bytes(*block);
            // What is not text has long runs of NULs.
            if block & PRINTED == 0 {
                at += STEP;
                continue;
            }
            let has = |place: usize| self.has((block >> (8 * Self::STRIDE * place)) as u32 | CASE);
            if (has(0) | has(1) | has(2) | has(3)) & 1 == 1 {
                let places = (0..STEP / Self::STRIDE).filter(|place| has(*place) & 1 == 1);
                for place in places {
                    let found = self.look(text, at + place * Self::STRIDE, &look);
                    if found.is_some() {
                        return found;
                    }
                }
            }
            at += STEP;
        }
        (at..text.len().saturating_sub(GRAM - 1))
            .step_by(Self::STRIDE)
            .find_map(|at| self.look(text, at, &look))
    }

    /// Has a look at each word whose letters stand at this place.
    fn look<T>(
        &self,
        text: &[u8],
        at: usize,
        look: impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let rest = text.get(at..)?;
        let letters = folded(rest);
        let behind = rest.get(GRAM..).map_or(0, folded);
        let shelf = shelf(slot(letters));
        let range = usize::from(self.shelves[shelf])..usize::from(self.shelves[shelf + 1]);
        self.grams[range].iter().find_map(|gram| {
            if gram.letters != letters || (gram.behind ^ behind) & gram.behind_mask != 0 {
                return None;
            }
            look(
                usize::from(gram.word),
                at.checked_sub(usize::from(gram.at))?,
            )
        })
    }

    /// Whether these may be letters of a word: in the lowest bit.
    fn has(&self, letters: u32) -> u8 {
        let slot = slot(letters);
        self.bits[slot / 8] >> (slot % 8)
    }
}

/// What makes a small letter of a capital; other bytes may become the same too.
const CASE: u32 = 0x2020_2020;

/// The first four letters of a text, the last ones of it without those behind.
fn folded(text: &[u8]) -> u32 {
    let letters = match text.first_chunk() {
        Some(letters) => u32::from_le_bytes(*letters),
        None => text
            .iter()
            .rev()
            .fold(0, |number, letter| number << 8 | u32::from(*letter)),
    };
    letters | CASE
}

/// The upper bits of the product are well mixed.
const fn slot(letters: u32) -> usize {
    (letters.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOT_BITS)) as usize
}

const fn shelf(slot: usize) -> usize {
    slot >> (SLOT_BITS - SHELF_BITS)
}
