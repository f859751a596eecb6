//! UTF-16 to UTF-8, piece by piece.

/// What is decoded so far; what cannot be decoded becomes U+FFFD.
#[derive(Debug)]
pub(super) struct Utf16 {
    big_endian: bool,
    /// Bytes that are not decoded yet, because their other half is to come.
    raw: Vec<u8>,
}

impl Utf16 {
    pub(super) const fn new(big_endian: bool) -> Self {
        let raw = Vec::new();
        Self { big_endian, raw }
    }

    /// The text of a piece, as far as it is whole.
    pub(super) fn decode(&mut self, piece: &[u8]) -> Vec<u8> {
        self.raw.extend_from_slice(piece);
        let mut units = self.units();
        if let Some(0xd800..=0xdbff) = units.last() {
            units.pop();
        }
        self.raw.drain(..units.len() * 2);
        text(units)
    }

    /// What is left: halves without the other.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut units = self.units();
        if units.len() * 2 < self.raw.len() {
            units.push(u32::from(char::REPLACEMENT_CHARACTER) as u16);
        }
        text(units)
    }

    fn units(&self) -> Vec<u16> {
        let read = if self.big_endian {
            u16::from_be_bytes
        } else {
            u16::from_le_bytes
        };
        let pairs = self.raw.chunks_exact(2);
        pairs.map(|pair| read([pair[0], pair[1]])).collect()
    }
}

fn text(units: Vec<u16>) -> Vec<u8> {
    let chars = char::decode_utf16(units);
    let text: String = chars
        .map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.into_bytes()
}
