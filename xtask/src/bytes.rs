//! Bytes as text that stands in a source file.

/// The width of wrapped base64: each line break is two bytes more to download.
const COLUMNS: usize = 1000;

/// Base64 in the standard alphabet, padded.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|at| u32::from(chunk.get(at).copied().unwrap_or(0)));
        let bits = a << 16 | b << 8 | c;
        for at in 0..4 {
            if at <= chunk.len() {
                let six = bits >> (18 - 6 * at) & 0b11_1111;
                text.push(char::from(ALPHABET[six as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
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
    fn base64_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn a_literal_is_wrapped() {
        let text = "A".repeat(COLUMNS + 1);
        let first = "A".repeat(COLUMNS);
        assert_eq!(literal(&text), format!("\"\\\n{first}\\\nA\\\n\""));
    }
}
