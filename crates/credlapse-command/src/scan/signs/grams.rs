//! Where one of some hundred words may stand, found by a look at every fourth place.
//!
//! Wherever nine letters stand, six of them begin at such a place. A mark is
//! kept for each six letters that can be there, so that most of a text costs
//! one look at a mark for each four bytes of it.

use std::ops::Range;

use super::piece::{BLOCK, Noted};

/// How many letters are looked at together.
pub(super) const GRAM: usize = 6;

/// How many bytes are read for them.
pub(super) const READ: usize = 8;

/// The bytes that are read for the places in a block.
const REACH: usize = BLOCK - Grams::STRIDE + READ;

/// What a text ends with, to be looked at like the rest of it.
const END: [u8; READ] = [0; READ];

/// Six letters of a word, and where they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gram {
    letters: u64,
    word: u16,
    /// Places from the beginning of the word; less than none before it.
    at: i16,
}

impl Gram {
    pub(super) fn new(letters: &[u8; GRAM], word: usize, at: isize) -> Self {
        Self {
            letters: folded(&[&letters[..], &[0; READ - GRAM]].concat()),
            word: u16::try_from(word).unwrap_or(u16::MAX),
            at: i16::try_from(at).unwrap_or(i16::MAX),
        }
    }
}

/// The letters of all words that are looked for.
pub(super) struct Grams {
    /// By their slot: 0 where there are none.
    marks: Box<[u8]>,
    /// All, by their slot.
    grams: Vec<Gram>,
    /// Where in `grams` those begin whose slot has these upper bits.
    shelves: Box<[u16; SHELVES + 1]>,
}

const SLOT_BITS: u32 = 17;
const SLOTS: usize = 1 << SLOT_BITS;
const SHELF_BITS: u32 = 13;
const SHELVES: usize = 1 << SHELF_BITS;

impl Grams {
    /// From one place that is looked at to the next.
    pub(super) const STRIDE: usize = 4;

    /// So many letters hold six that are looked at, wherever they begin.
    pub(super) const ENOUGH: usize = GRAM + Self::STRIDE - 1;

    pub(super) fn of(mut grams: Vec<Gram>) -> Self {
        grams.sort_by_key(|gram| slot(gram.letters).0);
        let mut marks = vec![0; SLOTS].into_boxed_slice();
        let mut shelves = Box::new([0; SHELVES + 1]);
        for gram in &grams {
            let (slot, mark) = slot(gram.letters);
            marks[slot] = match marks[slot] {
                0 => mark,
                known if known == mark => mark,
                _ => SEVERAL,
            };
            shelves[shelf(slot) + 1] += 1;
        }
        for shelf in 0..SHELVES {
            shelves[shelf + 1] += shelves[shelf];
        }
        Self {
            marks,
            grams,
            shelves,
        }
    }

    /// The first thing that `look` finds where letters of a word stand, which is told its number.
    ///
    /// These letters begin in `range`, a piece at most; the word may begin before it, and end behind it.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        range: Range<usize>,
        look: impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let piece = text.get(range.start..)?;
        let piece = piece.get(..range.len() + READ - 1).unwrap_or(piece);
        let look = |at: usize, letters| {
            let is_known = self.has(letters);
            is_known.then(|| self.look(letters, range.start + at, &look))?
        };
        let noted = note(self.marks.first_chunk()?, piece);
        for block in noted.places() {
            for at in (block..block + BLOCK).step_by(Self::STRIDE) {
                let found = look(at, folded(piece.get(at..)?));
                if found.is_some() {
                    return found;
                }
            }
        }
        let rest = (piece.len() + BLOCK).saturating_sub(REACH) / BLOCK * BLOCK;
        if rest >= range.len() {
            return None;
        }
        let end = [piece.get(rest..)?, &END].concat();
        let places = (rest..range.len()).zip(end.windows(READ));
        let mut places = places.step_by(Self::STRIDE);
        places.find_map(|(at, end)| look(at, folded(end)))
    }

    /// Whether these may be letters of a word.
    fn has(&self, letters: u64) -> bool {
        let (slot, mark) = slot(letters);
        let known = self.marks[slot];
        known == mark || known == SEVERAL
    }

    /// Has a look at each word of which these are letters.
    #[cold]
    fn look<T>(
        &self,
        letters: u64,
        at: usize,
        look: impl Fn(usize, usize) -> Option<T>,
    ) -> Option<T> {
        let shelf = shelf(slot(letters).0);
        let range = usize::from(self.shelves[shelf])..usize::from(self.shelves[shelf + 1]);
        self.grams[range].iter().find_map(|gram| {
            if gram.letters != letters {
                return None;
            }
            look(
                usize::from(gram.word),
                at.checked_add_signed(-isize::from(gram.at))?,
            )
        })
    }
}

/// The blocks of a piece that may hold letters of a word.
#[inline(never)]
fn note(marks: &[u8; SLOTS], piece: &[u8]) -> Noted {
    let blocks = (0..).step_by(BLOCK);
    let blocks = blocks.map_while(|at| piece.get(at..)?.first_chunk::<REACH>());
    Noted::of(blocks.map(|block| {
        let places = (0..BLOCK).step_by(Grams::STRIDE);
        let mark = |at| marks[slot(folded(&block[at..])).0];
        places.fold(0, |all, at| all | mark(at)) != 0
    }))
}

/// Six letters, where a small one and its capital are the same; other bytes may become the same too.
const LETTERS: u64 = 0xdfdf_dfdf_dfdf;

/// The first letters of a text.
fn folded(text: &[u8]) -> u64 {
    bytes(text) & LETTERS
}

fn bytes(text: &[u8]) -> u64 {
    u64::from_le_bytes(text.first_chunk().copied().unwrap_or_default())
}

/// Where the mark of letters is, and their mark: the upper bits of the product are well mixed.
const fn slot(letters: u64) -> (usize, u8) {
    let mixed = letters.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mark = (mixed >> (u64::BITS - SLOT_BITS - u8::BITS)) as u8;
    ((mixed >> (u64::BITS - SLOT_BITS)) as usize, mark | 1)
}

/// The mark of several letters of different marks.
const SEVERAL: u8 = 2;

const fn shelf(slot: usize) -> usize {
    slot >> (SLOT_BITS - SHELF_BITS)
}
