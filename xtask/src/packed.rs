//! A WebAssembly module as it is shipped: sorted, then deflated.

mod sorted;
mod wide;

use std::num::NonZeroU64;

use credlapse_unpack::join::join;
use credlapse_unpack::{BEHIND, inflate};
use zopfli::{Format, Options};

use crate::process::Result;

const ITERATIONS: NonZeroU64 = NonZeroU64::new(100).unwrap();

/// A packed module.
pub(crate) struct Packed {
    pub(crate) bytes: Vec<u8>,
    /// The length of its parts.
    pub(crate) sorted: usize,
    /// The length of the module that they make.
    pub(crate) length: usize,
}

impl Packed {
    /// Packs a module; slow, and a few percent smaller than zlib at its best.
    pub(crate) fn new(module: &[u8]) -> Result<Self> {
        let module = wide::widen(module)?;
        let parts = sorted::sort(&module)?;
        let (mut bytes, mut piece) = (Vec::new(), Vec::new());
        for part in &parts {
            piece.extend(part);
            // In one piece it would not find where they meet; of little it may
            // write blocks in the code of the format, which are not read.
            if let Some(deflated) = deflate(&piece)? {
                bytes.extend(deflated);
                piece.clear();
            }
        }
        let packed = Self {
            bytes,
            sorted: parts.iter().map(Vec::len).sum(),
            length: module.len(),
        };
        if packed.unpack().is_none_or(|unpacked| unpacked != module) {
            return Err("what was packed does not unpack".into());
        }
        Ok(packed)
    }

    fn unpack(&self) -> Option<Vec<u8>> {
        let mut module = vec![0; self.length];
        join(&inflated(&self.bytes, self.sorted)?, &mut module)?;
        Some(module)
    }
}

/// All blocks have codes of their own, or there is nothing; the fewer blocks, the larger they are.
fn deflate(piece: &[u8]) -> Result<Option<Vec<u8>>> {
    for maximum_block_splits in [15, 7, 6, 5, 4, 3, 2, 1] {
        let options = Options {
            maximum_block_splits,
            iteration_count: ITERATIONS,
            ..Options::default()
        };
        let mut deflated = Vec::new();
        zopfli::compress(options, Format::Deflate, piece, &mut deflated)?;
        if inflated(&deflated, piece.len()).is_some() {
            return Ok(Some(deflated));
        }
    }
    Ok(None)
}

fn inflated(deflated: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    inflate(&[deflated, &[0; BEHIND]].concat(), &mut bytes)?;
    Some(bytes)
}
