//! DEFLATE (RFC 1951), backwards.
//!
//! The module in the single file is deflated, as base64 of a plain one stays a
//! third larger whatever compresses it later, and it is inflated before the
//! first diagnosis, which cannot wait: what the platforms have for that is
//! asynchronous. JavaScript that runs once is interpreted, and takes most of
//! that first diagnosis; this is machine code from its first byte on.
#![cfg_attr(target_family = "wasm", no_std)]

/// Fills `out` from deflated bytes; `None` where they are damaged or do not hold exactly that many.
#[must_use]
pub fn inflate(deflated: &[u8], out: &mut [u8]) -> Option<()> {
    let mut bits = Bits {
        rest: deflated,
        held: 0,
        count: 0,
        missing: 0,
    };
    let mut to = 0;
    loop {
        let is_last = bits.take(1) == 1;
        let codes = match bits.take(2) {
            0 => None,
            1 => Some(Codes::fixed()),
            2 => Some(Codes::read(&mut bits)?),
            _ => return None,
        };
        to = match codes {
            Some(codes) => coded(&mut bits, out, to, &codes)?,
            None => stored(&mut bits, out, to)?,
        };
        if is_last {
            // What was taken behind the end was not there.
            return (to == out.len() && bits.missing <= bits.count).then_some(());
        }
    }
}

/// Bits of bytes, the lowest first; behind the end they are 0.
struct Bits<'d> {
    rest: &'d [u8],
    held: u64,
    count: u32,
    /// How many of those that were held are behind the end.
    missing: u32,
}

impl Bits<'_> {
    /// Holds enough for the longest code of a length and a distance.
    fn fill(&mut self) {
        while self.count <= 48 {
            match self.rest.split_first() {
                Some((first, rest)) => {
                    self.held |= u64::from(*first) << self.count;
                    self.rest = rest;
                }
                None => self.missing = self.missing.saturating_add(8),
            }
            self.count += 8;
        }
    }

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
        let mut entry = code.short[self.held as usize & (SHORT - 1)];
        if entry == 0 {
            entry = code.long(self.held)?;
        }
        self.held(u32::from(entry & 15));
        Some(usize::from(entry >> 4))
    }
}

/// How many bits are asked at once: codes that are longer are rare.
const SHORT_BITS: u32 = 9;
const SHORT: usize = 1 << SHORT_BITS;
const SYMBOLS: usize = 288;

/// A canonical code.
struct Code {
    /// By the next bits, the symbol and the length of its code; 0 where that is longer.
    short: [u16; SHORT],
    /// How many codes there are of each length.
    counts: [u16; 16],
    /// The symbols in the order of their codes.
    symbols: [u16; SYMBOLS],
}

impl Code {
    /// The code whose symbols have codes of these lengths; a symbol of length 0 has none.
    // Three copies of it would be a third of the module.
    #[inline(never)]
    fn new(lengths: &[u8]) -> Self {
        let mut code = Self {
            short: [0; SHORT],
            counts: [0; 16],
            symbols: [0; SYMBOLS],
        };
        for length in lengths {
            code.counts[usize::from(*length & 15)] += 1;
        }
        code.counts[0] = 0;
        let (mut next, mut places) = ([0_u16; 17], [0_u16; 17]);
        for length in 1..16 {
            next[length + 1] = (next[length] + code.counts[length]) << 1;
            places[length + 1] = places[length] + code.counts[length];
        }
        for (symbol, length) in (0_u16..).zip(lengths) {
            let at = usize::from(*length & 15);
            if at == 0 {
                continue;
            }
            code.symbols[usize::from(places[at])] = symbol;
            places[at] += 1;
            // Codes come highest bit first, all else lowest.
            let mut bits = usize::from(next[at].reverse_bits() >> (16 - at));
            next[at] = next[at].wrapping_add(1);
            while at <= SHORT_BITS as usize && bits < SHORT {
                code.short[bits] = symbol << 4 | at as u16;
                bits += 1 << at;
            }
        }
        code
    }

    /// The entry of a code that is longer: those of one length are consecutive numbers.
    #[cold]
    fn long(&self, mut bits: u64) -> Option<u16> {
        let (mut code, mut first, mut place) = (0, 0, 0);
        for length in 1..16_u16 {
            code |= (bits & 1) as usize;
            bits >>= 1;
            let count = usize::from(self.counts[usize::from(length)]);
            if code < first + count {
                return Some(self.symbols[place + code - first] << 4 | length);
            }
            place += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

/// The codes of a block.
struct Codes {
    literals: Code,
    distances: Code,
}

impl Codes {
    fn fixed() -> Self {
        let mut lengths = [8; SYMBOLS];
        lengths[144..256].fill(9);
        lengths[256..280].fill(7);
        Self {
            literals: Code::new(&lengths),
            distances: Code::new(&[5; 30]),
        }
    }

    fn read(bits: &mut Bits<'_>) -> Option<Self> {
        const ORDER: [u8; 19] = [
            16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
        ];
        let literals = bits.take(5) + 257;
        let distances = bits.take(5) + 1;
        let count = bits.take(4) + 4;
        let mut inner = [0; 19];
        for at in &ORDER[..count] {
            inner[usize::from(*at)] = bits.take(3) as u8;
        }
        let inner = Code::new(&inner);
        let mut lengths = [0; 320];
        let lengths = lengths.get_mut(..literals + distances)?;
        let mut at = 0;
        while at < lengths.len() {
            bits.fill();
            let symbol = bits.symbol(&inner)?;
            let (length, count) = match symbol {
                16 => (*lengths.get(at.checked_sub(1)?)?, bits.held(2) + 3),
                17 => (0, bits.held(3) + 3),
                18 => (0, bits.held(7) + 11),
                length => (length as u8, 1),
            };
            lengths.get_mut(at..at + count)?.fill(length);
            at += count;
        }
        let (literals, distances) = lengths.split_at(literals);
        (literals.len() <= SYMBOLS).then(|| Self {
            literals: Code::new(literals),
            distances: Code::new(distances),
        })
    }
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

fn coded(bits: &mut Bits<'_>, out: &mut [u8], mut to: usize, codes: &Codes) -> Option<usize> {
    loop {
        bits.fill();
        let symbol = bits.symbol(&codes.literals)?;
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
        let distance = bits.symbol(&codes.distances)?;
        let distance = 1 + series(bits, distance, 2);
        let from = to.checked_sub(distance)?;
        let end = to + count;
        out.get(..end)?;
        if distance >= count {
            out.copy_within(from..from + count, to);
        } else {
            for at in to..end {
                out[at] = out[at - distance];
            }
        }
        to = end;
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

/// Inflates from one place of the memory to another; gives whether it could.
///
/// # Safety
///
/// Both places are the host's own, behind `__heap_base`, and do not overlap.
#[cfg(target_family = "wasm")]
#[allow(unsafe_code, reason = "what a host hands over is an address")]
#[unsafe(export_name = "inflate")]
pub unsafe extern "C" fn export(
    from: *const u8,
    length: usize,
    to: *mut u8,
    inflated: usize,
) -> bool {
    // SAFETY: the caller's promise.
    let (deflated, out) = unsafe {
        (
            core::slice::from_raw_parts(from, length),
            core::slice::from_raw_parts_mut(to, inflated),
        )
    };
    inflate(deflated, out).is_some()
}

#[cfg(target_family = "wasm")]
#[panic_handler]
fn trap(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
