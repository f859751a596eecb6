//! DEFLATE (RFC 1951), backwards.

use core::slice::Iter;

/// Fills `out` from deflated bytes; `None` where they are damaged or do not hold exactly that many.
///
/// They may have been deflated in pieces: each begins with a byte.
#[must_use]
pub fn inflate(deflated: &[u8], out: &mut [u8]) -> Option<()> {
    let mut bits = Bits {
        rest: deflated.iter(),
        held: 0,
        count: 0,
        missing: 0,
    };
    let (mut literals, mut distances) = (Code::NONE, Code::NONE);
    let mut to = 0;
    loop {
        let is_last = bits.take(1) == 1;
        let mut lengths = [8; SYMBOLS + 32];
        let codes = match bits.take(2) {
            0 => None,
            1 => {
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                lengths[SYMBOLS..].fill(5);
                Some(lengths.split_at(SYMBOLS))
            }
            2 => Some(read(&mut bits, &mut lengths, &mut literals)?),
            _ => return None,
        };
        to = match codes {
            None => stored(&mut bits, out, to)?,
            Some(lengths) => {
                literals.set(lengths.0);
                distances.set(lengths.1);
                coded(&mut bits, out, to, &literals, &distances)?
            }
        };
        if is_last && to == out.len() {
            // What was taken behind the end was not there.
            return (bits.missing <= bits.count).then_some(());
        }
        if is_last {
            bits.held(bits.count % 8);
        }
    }
}

/// Bits of bytes, the lowest first; behind the end they are 0.
struct Bits<'d> {
    rest: Iter<'d, u8>,
    held: u64,
    count: u32,
    /// How many of those that were held are behind the end.
    missing: u32,
}

impl Bits<'_> {
    /// Holds enough for the longest code of a length and a distance.
    fn fill(&mut self) {
        while self.count <= 48 {
            match self.rest.next() {
                Some(byte) => self.held |= u64::from(*byte) << self.count,
                None => self.missing += 8,
            }
            self.count += 8;
        }
    }

    #[inline(never)]
    fn take(&mut self, count: u32) -> usize {
        self.fill();
        self.held(count)
    }

    /// Takes bits that are held.
    fn held(&mut self, count: u32) -> usize {
        let bits = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.count -= count;
        bits as usize
    }

    /// Takes the next symbol of a code; there is none where the bits are no code.
    fn symbol(&mut self, code: &Code) -> Option<usize> {
        let entry = code.entries[self.held as usize & code.mask];
        self.held(u32::from(entry & 15));
        (entry != 0).then_some(usize::from(entry >> 4))
    }
}

const LONGEST: usize = 15;
const SYMBOLS: usize = 288;

/// A canonical code.
struct Code {
    /// As many of the next bits as the longest code has.
    mask: usize,
    /// By those bits, the symbol and the length of its code; 0 where they are none.
    entries: [u16; 1 << LONGEST],
}

impl Code {
    const NONE: Self = Self {
        mask: 0,
        entries: [0; 1 << LONGEST],
    };

    /// Becomes the code whose symbols have codes of these lengths; a symbol of length 0 has none.
    #[inline(never)]
    fn set(&mut self, lengths: &[u8]) {
        let mut counts = [0_u16; LONGEST + 1];
        for length in lengths {
            counts[usize::from(length & 15)] += 1;
        }
        // Codes of one length are consecutive numbers; in 16 bits each begins with its highest.
        let (mut next, mut first, mut longest) = ([0_u16; LONGEST + 1], 0_u16, 0);
        for length in 1..=LONGEST {
            next[length] = first;
            first = first.wrapping_add(counts[length] << (16 - length));
            if counts[length] > 0 {
                longest = length;
            }
        }
        let size = 1 << longest;
        self.mask = size - 1;
        self.entries[..size].fill(0);
        for (symbol, length) in (0_u16..).zip(lengths) {
            let length = usize::from(length & 15);
            if length == 0 {
                continue;
            }
            // Codes come highest bit first, all else lowest.
            let mut at = usize::from(next[length].reverse_bits());
            next[length] = next[length].wrapping_add(1 << (16 - length));
            while at < size {
                self.entries[at] = symbol << 4 | length as u16;
                at += 1 << length;
            }
        }
    }
}

/// Reads the lengths of two codes, by means of one that is set anew afterwards.
fn read<'l>(
    bits: &mut Bits<'_>,
    lengths: &'l mut [u8; SYMBOLS + 32],
    code: &mut Code,
) -> Option<(&'l [u8], &'l [u8])> {
    const ORDER: [u8; 19] = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ];
    let literals = bits.take(5) + 257;
    let all = bits.take(5) + 1 + literals;
    let count = bits.take(4) + 4;
    let mut inner = [0; 19];
    for at in &ORDER[..count] {
        inner[usize::from(*at)] = bits.take(3) as u8;
    }
    code.set(&inner);
    let mut at = 0;
    while at < all {
        bits.fill();
        let symbol = bits.symbol(code)?;
        let (length, count) = match symbol {
            16 => (*lengths.get(at.wrapping_sub(1))?, bits.held(2) + 3),
            17 => (0, bits.held(3) + 3),
            18 => (0, bits.held(7) + 11),
            length => (length as u8, 1),
        };
        lengths.get_mut(at..at + count)?.fill(length);
        at += count;
    }
    Some(lengths.get(..all)?.split_at(literals))
}

fn stored(bits: &mut Bits<'_>, out: &mut [u8], to: usize) -> Option<usize> {
    bits.held(bits.count % 8);
    let count = bits.take(16);
    if bits.take(16) != count ^ 0xffff {
        return None;
    }
    let end = to + count;
    for byte in out.get_mut(to..end)? {
        *byte = bits.take(8) as u8;
    }
    Some(end)
}

fn coded(
    bits: &mut Bits<'_>,
    out: &mut [u8],
    mut to: usize,
    literals: &Code,
    distances: &Code,
) -> Option<usize> {
    loop {
        bits.fill();
        let symbol = bits.symbol(literals)?;
        if symbol < 256 {
            *out.get_mut(to)? = symbol as u8;
            to += 1;
            continue;
        }
        let count = match symbol {
            256 => return Some(to),
            // The greatest length has a symbol of its own.
            285 => 258,
            symbol => 3 + series(bits, symbol - 257, 4),
        };
        let distance = bits.symbol(distances)?;
        let distance = 1 + series(bits, distance, 2);
        let mut from = to.checked_sub(distance)?;
        let end = to + count;
        out.get(..end)?;
        while to < end {
            out[to] = out[from];
            to += 1;
            from += 1;
        }
    }
}

/// The value of a symbol: every `step` symbols, one more of its bits follows.
fn series(bits: &mut Bits<'_>, symbol: usize, step: usize) -> usize {
    if symbol < 2 * step {
        return symbol;
    }
    let more = symbol / step - 1;
    ((step + symbol % step) << more) + bits.held(more as u32)
}
