//! DEFLATE (RFC 1951), backwards, of blocks with codes of their own.

/// How many bytes must follow what is deflated: bits are taken up in words.
pub const BEHIND: usize = 16;

/// Fills `out` from deflated bytes; `None` where they are damaged or do not hold exactly that many.
///
/// They may have been deflated in pieces: each begins with a byte. What
/// [`BEHIND`] says follows them.
#[must_use]
pub fn inflate(deflated: &[u8], out: &mut [u8]) -> Option<()> {
    let mut bits = Bits {
        rest: deflated,
        held: 0,
        count: 0,
    };
    let (mut literals, mut distances) = (Code::NONE, Code::NONE);
    let mut to = 0;
    loop {
        bits.fill()?;
        let is_last = bits.take(1) == 1;
        if bits.take(2) != 2 {
            return None;
        }
        read(&mut bits, &mut literals, &mut distances)?;
        to = coded(&mut bits, out, to, &literals, &distances)?;
        if is_last {
            if to == out.len() {
                return Some(());
            }
            bits.take(bits.count % 8);
        }
    }
}

/// Bits of bytes, the lowest first.
struct Bits<'d> {
    rest: &'d [u8],
    held: u64,
    count: u32,
}

impl Bits<'_> {
    /// Holds at least 48: enough for the longest code of a length and a distance.
    #[inline(always)]
    fn fill(&mut self) -> Option<()> {
        if self.count >= 48 {
            return Some(());
        }
        self.held |= u64::from_le_bytes(*self.rest.first_chunk()?) << self.count;
        self.rest = self.rest.get((63 - self.count as usize) / 8..)?;
        self.count |= 56;
        Some(())
    }

    /// Takes bits that are held.
    #[inline(always)]
    fn take(&mut self, count: u32) -> usize {
        let bits = self.held & !(u64::MAX << count);
        self.held >>= count;
        self.count -= count;
        bits as usize
    }

    /// Takes the next symbol of a code; there is none where the bits are no code.
    #[inline(always)]
    fn symbol(&mut self, code: &Code) -> Option<usize> {
        let entry = code.entries[self.held as usize & code.mask & (ENTRIES - 1)];
        self.take(u32::from(entry & 15));
        (entry != 0).then_some(usize::from(entry >> 4))
    }
}

const LONGEST: usize = 15;
const ENTRIES: usize = 1 << LONGEST;
const SYMBOLS: usize = 288;

/// A canonical code.
struct Code {
    /// As many of the next bits as the longest code has.
    mask: usize,
    /// By those bits, the symbol and the length of its code; 0 where they are none.
    entries: [u16; ENTRIES],
}

impl Code {
    const NONE: Self = Self {
        mask: 0,
        entries: [0; ENTRIES],
    };

    /// Becomes the code whose symbols have codes of these lengths; a symbol of length 0 has none.
    #[inline(never)]
    fn set(&mut self, lengths: &[u8]) {
        // Codes of one length are consecutive numbers; in 16 bits each begins with its highest.
        let (mut next, mut longest) = ([0_u16; LONGEST + 2], 0);
        for length in lengths {
            let length = usize::from(length & 15);
            next[length + 1] = next[length + 1].wrapping_add((1 << 16 >> length) as u16);
            longest = longest.max(length);
        }
        next[1] = 0;
        for length in 1..LONGEST {
            next[length + 1] = next[length + 1].wrapping_add(next[length]);
        }
        let size = 1 << longest;
        self.mask = size - 1;
        self.entries[..size].fill(0);
        for (symbol, length) in lengths.iter().enumerate() {
            let length = usize::from(length & 15);
            if length == 0 {
                continue;
            }
            // Codes come highest bit first, all else lowest.
            let mut at = usize::from(next[length].reverse_bits());
            next[length] = next[length].wrapping_add(1 << (16 - length));
            while at < size {
                self.entries[at] = (symbol << 4 | length) as u16;
                at += 1 << length;
            }
        }
    }
}

/// Reads two codes; their lengths by means of the first, which is set anew afterwards.
#[inline(always)]
fn read(bits: &mut Bits<'_>, code: &mut Code, distances: &mut Code) -> Option<()> {
    const ORDER: [u8; 19] = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ];
    let literals = bits.take(5) + 257;
    let all = bits.take(5) + 1 + literals;
    let count = bits.take(4) + 4;
    let mut lengths = [0; SYMBOLS + 32];
    for at in ORDER.iter().take(count) {
        bits.fill()?;
        lengths[usize::from(*at)] = bits.take(3) as u8;
    }
    code.set(&lengths[..ORDER.len()]);
    let mut at = 0;
    while at < all {
        bits.fill()?;
        let symbol = bits.symbol(code)?;
        let (length, count) = match symbol {
            16 => (*lengths.get(at.wrapping_sub(1))?, bits.take(2) + 3),
            17 => (0, bits.take(3) + 3),
            18 => (0, bits.take(7) + 11),
            length => (length as u8, 1),
        };
        lengths.get_mut(at..at + count)?.fill(length);
        at += count;
    }
    let (lengths, others) = lengths.get(..all)?.split_at(literals);
    code.set(lengths);
    distances.set(others);
    Some(())
}

#[inline(always)]
fn coded(
    bits: &mut Bits<'_>,
    out: &mut [u8],
    mut to: usize,
    literals: &Code,
    distances: &Code,
) -> Option<usize> {
    loop {
        bits.fill()?;
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
#[inline(always)]
fn series(bits: &mut Bits<'_>, symbol: usize, step: usize) -> usize {
    if symbol < 2 * step {
        return symbol;
    }
    let more = symbol / step - 1;
    ((step + symbol % step) << more) + bits.take(more as u32)
}
