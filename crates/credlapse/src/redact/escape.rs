//! Signs that are written as escapes: `%3D`, `\u003d`, `&gt;`, `\"`.

use crate::text::scan::List;

/// A character that stands for itself or is escaped, and how many bytes it takes.
///
/// Knows what matters here: percent-encoding (also twice), the escapes of JSON
/// (also with several backslashes) and the entities of XML. `None` where no
/// escape begins.
pub(super) fn read(rest: &[u8]) -> Option<(u8, usize)> {
    match rest.first()? {
        b'%' => percent(rest),
        b'\\' => backslash(rest),
        b'&' => {
            let entity = ENTITIES.find(&|entity| rest.starts_with(entity.as_bytes()))?;
            let char = match entity.as_bytes() {
                [_, b'l', ..] => b'<',
                [_, b'g', ..] => b'>',
                [_, b'a', ..] => b'&',
                b"&#39;" => b'\'',
                _ => b'"',
            };
            Some((char, entity.len()))
        }
        _ => None,
    }
}

const ENTITIES: List = List("&lt;|&gt;|&quot;|&#34;|&#39;|&amp;");

fn percent(rest: &[u8]) -> Option<(u8, usize)> {
    let (digits, length) = match rest {
        [_, b'2', b'5', high, low, ..] if is_hex(*high, *low) => ([*high, *low], 5),
        [_, high, low, ..] => ([*high, *low], 3),
        _ => return None,
    };
    Some((hex(digits)?, length))
}

/// How many backslashes an escape has at most: each level of quoting doubles them.
const MAX_SLASHES: usize = 8;

fn backslash(rest: &[u8]) -> Option<(u8, usize)> {
    let slashes = rest.iter().take(MAX_SLASHES);
    let slashes = slashes.take_while(|byte| **byte == b'\\').count();
    let after = rest.get(slashes..)?;
    if let [b'u', b'0', b'0', high, low, ..] = after
        && let Some(char) = hex([*high, *low])
    {
        return Some((char, slashes.saturating_add(5)));
    }
    let char = match after.first()? {
        b'n' | b'r' => b'\n',
        b't' => b'\t',
        quote @ (b'"' | b'\'' | b'/') => *quote,
        _ => return None,
    };
    Some((char, slashes.saturating_add(1)))
}

const fn is_hex(high: u8, low: u8) -> bool {
    high.is_ascii_hexdigit() && low.is_ascii_hexdigit()
}

fn hex(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? << 4 | low?).ok()
}

/// The character that begins a text, escaped or not, and how many bytes it takes.
pub(super) fn read_any(rest: &[u8]) -> Option<(u8, usize)> {
    read(rest).or_else(|| Some((*rest.first()?, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_escapes_of_urls_json_and_xml() {
        for (text, expected) in [
            ("%3Dx", Some((b'=', 3))),
            ("%3d", Some((b'=', 3))),
            ("%253D", Some((b'=', 5))),
            ("%25", Some((b'%', 3))),
            ("%2", None),
            ("%+3", None),
            ("\\u0026x", Some((b'&', 6))),
            ("\\\\u003D", Some((b'=', 7))),
            ("\\\"", Some((b'"', 2))),
            ("\\\\\\\"", Some((b'"', 4))),
            ("\\n", Some((b'\n', 2))),
            ("\\x", None),
            ("\\", None),
            ("&gt;", Some((b'>', 4))),
            ("&x", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(read(text.as_bytes()), expected, "{text}");
        }
    }
}
