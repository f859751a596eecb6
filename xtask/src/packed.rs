//! A WebAssembly module as it is shipped: sorted, then deflated.

mod sorted;

use credlapse_unpack::{inflate, join::join};
use zopfli::{Format, Options};

use crate::process::Result;

/// A packed module.
pub(crate) struct Packed {
    pub(crate) bytes: Vec<u8>,
    /// The length of its parts.
    pub(crate) sorted: usize,
}

impl Packed {
    /// Packs a module; slow, and a few percent smaller than zlib at its best.
    pub(crate) fn new(module: &[u8]) -> Result<Self> {
        let parts = sorted::sort(module)?;
        let mut bytes = Vec::new();
        for part in &parts {
            // In one piece it would not find where they meet.
            zopfli::compress(Options::default(), Format::Deflate, &**part, &mut bytes)?;
        }
        let packed = Self {
            bytes,
            sorted: parts.iter().map(Vec::len).sum(),
        };
        if packed
            .unpack(module.len())
            .is_none_or(|unpacked| unpacked != module)
        {
            return Err("what was packed does not unpack".into());
        }
        Ok(packed)
    }

    fn unpack(&self, length: usize) -> Option<Vec<u8>> {
        let (mut sorted, mut module) = (vec![0; self.sorted], vec![0; length]);
        inflate(&self.bytes, &mut sorted)?;
        join(&sorted, &mut module)?;
        Some(module)
    }
}
