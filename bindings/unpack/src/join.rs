//! A module from the parts that `cargo xtask build` sorts it into.
//!
//! In a module instructions and their operands alternate, which hides from
//! DEFLATE what each kind has in common: apart they take an eighth less.

use core::slice::{Iter, IterMut};

/// How many parts there are: these, and one for each kind of operand.
pub const PARTS: usize = 14;
/// What each symbol stands for, in [`SYMBOL`] bytes: up to four that are written
/// as they are, how many those are, how many operands follow, and their part.
pub const SYMBOLS: usize = 0;
/// All before the first instruction.
pub const HEAD: usize = 1;
/// The symbols of all instructions.
pub const CODE: usize = 2;
/// All behind the last instruction.
pub const TAIL: usize = 3;

/// The length of what describes a symbol.
pub const SYMBOL: usize = 7;

/// Fills `out` from the parts; `None` where they do not make exactly that many bytes.
///
/// The length of each part comes first, in four bytes, the lowest first; then
/// the parts. Operands are LEB128.
#[must_use]
pub fn join(sorted: &[u8], out: &mut [u8]) -> Option<()> {
    let (lengths, mut rest) = sorted.split_first_chunk::<{ 4 * PARTS }>()?;
    let mut parts: [Iter<'_, u8>; PARTS] = Default::default();
    for (part, length) in parts.iter_mut().zip(lengths.as_chunks().0) {
        let (first, behind) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        (*part, rest) = (first.iter(), behind);
    }
    let (symbols, _) = parts[SYMBOLS].as_slice().as_chunks::<SYMBOL>();
    let mut out = out.iter_mut();
    write(&mut parts[HEAD], &mut out)?;
    while let Some(symbol) = parts[CODE].next() {
        let [bytes @ .., own, operands, part] = symbols.get(usize::from(*symbol))?;
        for byte in bytes.get(..usize::from(*own))? {
            *out.next()? = *byte;
        }
        let part = parts.get_mut(usize::from(*part))?;
        for _ in 0..*operands {
            loop {
                let byte = *part.next()?;
                *out.next()? = byte;
                if byte < 0x80 {
                    break;
                }
            }
        }
    }
    write(&mut parts[TAIL], &mut out)?;
    out.next().is_none().then_some(())
}

// In line it would be there twice.
#[inline(never)]
fn write(from: &mut Iter<'_, u8>, out: &mut IterMut<'_, u8>) -> Option<()> {
    for byte in from {
        *out.next()? = *byte;
    }
    Some(())
}
