//! A WebAssembly module whose functions have sizes of one width.

use credlapse_unpack::join::SIZE;
use wasmparser::{Parser, Payload};

use crate::process::Result;

/// The same module, with the size of each function in [`SIZE`] bytes: who joins
/// it writes them before the size is known.
pub(crate) fn widen(module: &[u8]) -> Result<Vec<u8>> {
    let (mut section, mut entries) = (0..0, Vec::new());
    let mut count = 0;
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::CodeSectionStart {
                unchecked_range: range,
                count: of,
                ..
            } => {
                section = usize::try_from(range.start)?..usize::try_from(range.end)?;
                count = of;
            }
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                let body = &module[usize::try_from(range.start)?..usize::try_from(range.end)?];
                entries.extend(leb(body.len(), SIZE));
                entries.extend(body);
            }
            _ => {}
        }
    }
    let head = section.start - leb(section.len(), 1).len();
    let contents = [leb(usize::try_from(count)?, 1), entries].concat();
    Ok([
        &module[..head],
        &leb(contents.len(), 1),
        &contents,
        &module[section.end..],
    ]
    .concat())
}

/// LEB128 in at least so many bytes.
fn leb(mut value: usize, width: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 && bytes.len() + 1 >= width {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}
