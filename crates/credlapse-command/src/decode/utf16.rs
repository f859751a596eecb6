//! UTF-16 to UTF-8, as a stream.

use std::io::{self, Read};

/// A reader of UTF-8 over a reader of UTF-16; what cannot be decoded becomes U+FFFD.
pub(super) struct Utf16<R> {
    source: R,
    big_endian: bool,
    /// Bytes that are not decoded yet, because their other half is to come.
    raw: Vec<u8>,
    decoded: Vec<u8>,
    /// How much of `decoded` is delivered.
    at: usize,
}

const BLOCK: usize = 16 * 1024;

impl<R: Read> Utf16<R> {
    pub(super) const fn new(source: R, big_endian: bool) -> Self {
        Self {
            source,
            big_endian,
            raw: Vec::new(),
            decoded: Vec::new(),
            at: 0,
        }
    }

    fn decode_block(&mut self) -> io::Result<()> {
        self.decoded.clear();
        self.at = 0;
        let mut block = [0; BLOCK];
        let count = self.source.read(&mut block)?;
        let ended = count == 0;
        self.raw.extend_from_slice(&block[..count]);
        let mut whole = self.raw.len() / 2 * 2;
        let units: Vec<u16> = self.raw[..whole]
            .chunks_exact(2)
            .map(|pair| {
                let pair = [pair[0], pair[1]];
                if self.big_endian {
                    u16::from_be_bytes(pair)
                } else {
                    u16::from_le_bytes(pair)
                }
            })
            .collect();
        let mut units = &units[..];
        if let (false, [head @ .., 0xd800..=0xdbff]) = (ended, units) {
            units = head;
            whole -= 2;
        }
        let text: String = char::decode_utf16(units.iter().copied())
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        self.decoded = text.into_bytes();
        self.raw.drain(..whole);
        if ended && !self.raw.is_empty() {
            self.raw.clear();
            self.decoded.extend_from_slice("\u{fffd}".as_bytes());
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.decoded.len() {
            let before = self.raw.len();
            self.decode_block()?;
            if self.decoded.is_empty() && self.raw.len() == before {
                return Ok(0);
            }
        }
        let count = buffer.len().min(self.decoded.len() - self.at);
        buffer[..count].copy_from_slice(&self.decoded[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct ByteByByte<'a>(&'a [u8]);

    impl Read for ByteByByte<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = buffer.len().min(1);
            self.0.read(&mut buffer[..count])
        }
    }

    #[test]
    fn halves_are_put_together() -> io::Result<()> {
        let text = "Zugangsdaten abgelaufen: \u{1f511} \u{fc}";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, big_endian) in [(little, false), (big, true)] {
            let mut decoded = String::new();
            Utf16::new(ByteByByte(&bytes), big_endian).read_to_string(&mut decoded)?;
            assert_eq!(decoded, text);
        }
        Ok(())
    }

    #[test]
    fn a_torn_end_is_marked() -> io::Result<()> {
        for torn in [&b"A\0\x3d\xd8"[..], b"A\0B"] {
            let mut decoded = String::new();
            Utf16::new(torn, false).read_to_string(&mut decoded)?;
            assert_eq!(decoded, "A\u{fffd}");
        }
        Ok(())
    }
}
