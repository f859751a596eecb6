//! Bytes as text that stands in a source file.

use credlapse_unpack::text::{BACKSLASH, FIRST, FREQUENT};

/// The width of wrapped text: each line break is some bytes more to download.
const COLUMNS: usize = 16_000;

/// Two digits for each byte: gzip sees what repeats in them, as it does not in base64.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text that [`credlapse_unpack::text`] turns into these bytes.
pub(crate) fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    let mut rest = bytes.iter();
    let (mut held, mut count) = (0_u32, 0);
    loop {
        while count < 7 {
            let Some(byte) = rest.next() else { break };
            held |= u32::from(*byte) << count;
            count += 8;
        }
        if count <= 0 {
            return text;
        }
        let low = (held & 63) as u8;
        let (value, bits) = match low.checked_sub(FREQUENT) {
            None => (low, 6),
            Some(rare) => (FREQUENT + rare * 2 + (held >> 6 & 1) as u8, 7),
        };
        held >>= bits;
        count -= bits;
        text.push(char::from(match FIRST + value {
            b'\\' => BACKSLASH,
            character => character,
        }));
    }
}

/// A string literal of TypeScript over many lines, whose value is `text`.
pub(crate) fn literal(text: &str) -> String {
    let mut literal = String::from("\"\\\n");
    for line in text.as_bytes().chunks(COLUMNS) {
        literal.push_str(&String::from_utf8_lossy(line));
        literal.push_str("\\\n");
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_turned_back_into_its_bytes() {
        for length in 0..600_u32 {
            let bytes: Vec<u8> = (0..length)
                .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
                .collect();
            let text = text(&bytes);
            assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte)),
                "{text}"
            );
            let mut back = text.into_bytes();
            let length = credlapse_unpack::text::decode(&mut back);
            assert_eq!(back[..bytes.len()], bytes);
            assert!(length - bytes.len() < 2);
        }
    }

    #[test]
    fn a_literal_is_wrapped() {
        let text = "A".repeat(COLUMNS + 1);
        let first = "A".repeat(COLUMNS);
        assert_eq!(literal(&text), format!("\"\\\n{first}\\\nA\\\n\""));
    }
}
