//! A module from the parts that `cargo xtask build` sorts it into.
//!
//! In a module instructions and their operands alternate, which hides from
//! DEFLATE what each kind has in common: apart they take an eighth less.

/// How many parts there are: these, and one for each kind of operand.
pub const PARTS: usize = 14;
/// What each symbol stands for, in [`SYMBOL`] bytes: up to four that are written
/// as they are, how many those are, how many operands follow, and their part.
pub const SYMBOLS: usize = 0;
/// All before the first function.
pub const HEAD: usize = 1;
/// The symbols of all instructions.
pub const CODE: usize = 2;
/// All behind the last function.
pub const TAIL: usize = 3;
/// The operands of what begins a function: its locals.
pub const LOCALS: usize = 4;

/// The length of what describes a symbol.
pub const SYMBOL: usize = 7;
/// How many bytes the size of a function has.
pub const SIZE: usize = 3;

/// Fills `out` from the parts; `None` where they do not make exactly that many bytes.
///
/// The length of each part comes first, in four bytes, the lowest first; then
/// the parts. Operands are LEB128.
#[must_use]
pub fn join(sorted: &[u8], out: &mut [u8]) -> Option<()> {
    let (lengths, parts) = sorted.split_first_chunk::<{ 4 * PARTS }>()?;
    let (mut starts, mut start) = ([0; PARTS], 0_usize);
    for (place, length) in starts.iter_mut().zip(lengths.as_chunks().0) {
        *place = start;
        start = start.checked_add(u32::from_le_bytes(*length) as usize)?;
    }
    let part = |part| parts.get(starts[part]..starts[part + 1]);
    let (head, tail) = (part(HEAD)?, part(TAIL)?);
    let (symbols, _) = part(SYMBOLS)?.as_chunks::<SYMBOL>();
    let mut to = write(head, out, 0)?;
    let mut function = to;
    for symbol in part(CODE)? {
        let [bytes @ .., own, mut operands, part] = *symbols.get(usize::from(*symbol))?;
        *out.get_mut(to..)?.first_chunk_mut::<4>()? = bytes;
        to += usize::from(own);
        let part = usize::from(part);
        if part == LOCALS {
            close(out, function, to)?;
            function = to;
            to += SIZE;
        }
        let start = starts.get_mut(part)?;
        while operands > 0 {
            let byte = *parts.get(*start)?;
            *start += 1;
            *out.get_mut(to)? = byte;
            to += 1;
            operands -= u8::from(byte < 0x80);
        }
    }
    close(out, function, to)?;
    (write(tail, out, to)? == out.len()).then_some(())
}

/// Writes the size of the function that ends here; before the first there is room for one.
#[inline(never)]
fn close(out: &mut [u8], function: usize, end: usize) -> Option<()> {
    let size = end.wrapping_sub(function + SIZE);
    let place = out.get_mut(function..)?.first_chunk_mut::<SIZE>()?;
    *place = [
        size as u8 | 0x80,
        (size >> 7) as u8 | 0x80,
        (size >> 14) as u8 & 0x7f,
    ];
    Some(())
}

/// Writes a whole part; gives where it ends.
#[inline(never)]
fn write(part: &[u8], out: &mut [u8], to: usize) -> Option<usize> {
    let end = to + part.len();
    out.get_mut(to..end)?.copy_from_slice(part);
    Some(end)
}
