//! A piece of a text, and which blocks of it are worth a look.

/// How much is searched for words and then for seams, while it is in the nearest cache.
pub(super) const PIECE: usize = BLOCKS * BLOCK;

/// What is told apart at once.
pub(super) const BLOCK: usize = 16;

const BLOCKS: usize = 256;

/// The blocks of a piece that are worth a look, by their numbers.
pub(super) struct Noted {
    numbers: [u8; BLOCKS],
    count: usize,
}

impl Noted {
    /// Notes blocks without a branch: one that cannot be foretold costs more than looking on.
    #[inline]
    pub(super) fn of(are_worth_it: impl Iterator<Item = bool>) -> Self {
        let mut noted = Self {
            numbers: [0; BLOCKS],
            count: 0,
        };
        let mut number: u8 = 0;
        for is_worth_it in are_worth_it.take(BLOCKS) {
            noted.numbers[noted.count % BLOCKS] = number;
            noted.count += usize::from(is_worth_it);
            number = number.wrapping_add(1);
        }
        noted
    }

    /// Where in the piece they begin.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        let numbers = self.numbers.iter().take(self.count);
        numbers.map(|number| usize::from(*number) * BLOCK)
    }
}

/// Bits of which every letter, digit and sign has one, and no control character.
const PRINTED: u8 = 0x60;

/// Whether there are neither words nor lines: what is not text has long runs of NULs.
pub(super) fn is_blank(piece: &[u8]) -> bool {
    let is_blank = |bytes: &[u8]| {
        let blank = |byte: u8| (byte & PRINTED == 0) & (byte != b'\n');
        bytes.iter().fold(true, |all, byte| all & blank(*byte))
    };
    is_blank(piece.get(..BLOCK).unwrap_or_default()) && is_blank(piece)
}
