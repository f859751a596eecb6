//! Words compared without case and without what stands between them.
//!
//! Between two letters anything may stand that is no letter, and what tools put
//! there when they wrap, colour or quote a text: escape sequences, the escapes
//! of JSON, entities of XML.

/// How much may stand between two letters.
const GAP: usize = 256;

/// Whether a byte belongs to a word, as the core sees it.
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The letters of a text, small, without what stands between words.
pub(super) fn letters(text: &str) -> Vec<u8> {
    let mut letters = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((letter, behind)) = rest.split_first() {
        match gap(rest) {
            0 => {
                letters.push(letter.to_ascii_lowercase());
                rest = behind;
            }
            gap => rest = rest.get(gap..).unwrap_or_default(),
        }
    }
    letters
}

/// Where `letters` end if they stand in `text` from `at` on.
pub(super) fn follow(text: &[u8], at: usize, letters: &[u8]) -> Option<usize> {
    letters.iter().try_fold(at, |at, letter| {
        let (found, end) = next(text, at)?;
        (found == *letter).then_some(end)
    })
}

/// Where `letters` begin if they stand in `text` before `at`.
pub(super) fn precede(text: &[u8], at: usize, letters: &[u8]) -> Option<usize> {
    letters.iter().rev().try_fold(at, |at, letter| {
        let (found, start) = previous(text, at)?;
        (found == *letter).then_some(start)
    })
}

/// The next letter at or after `at`, and where it ends.
pub(super) fn next(text: &[u8], mut at: usize) -> Option<(u8, usize)> {
    let last = at + GAP;
    while at <= last {
        match gap(text.get(at..)?) {
            0 => return Some((text.get(at)?.to_ascii_lowercase(), at + 1)),
            gap => at += gap,
        }
    }
    None
}

/// The last letter before `at`, and where it begins.
pub(super) fn previous(text: &[u8], mut at: usize) -> Option<(u8, usize)> {
    let first = at.saturating_sub(GAP);
    while at > first {
        match gap_before(&text[..at]) {
            0 => return Some((text[at - 1].to_ascii_lowercase(), at - 1)),
            gap => at -= gap,
        }
    }
    None
}

/// The small letter of a byte that belongs to a word, 0 for one that does not.
const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if is_word(byte) {
            small[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

/// The next letters, the first in the lowest bits: [`next`] again and again, but quick.
pub(super) fn after<const LETTERS: u32>(text: &[u8], mut at: usize) -> u64 {
    let mut letters = 0;
    let mut shift = 0;
    let mut first = at;
    while shift < 8 * LETTERS {
        let Some(byte) = text.get(at).filter(|_| at <= first + GAP) else {
            break;
        };
        let mut letter = SMALL[usize::from(*byte)];
        at += 1;
        if letter == 0 {
            if !matches!(byte, 0x1b | b'\\' | b'&') {
                continue;
            }
            let Some(found) = next(text, at - 1) else {
                break;
            };
            (letter, at) = found;
        }
        letters |= u64::from(letter) << shift;
        shift += 8;
        first = at;
    }
    letters
}

/// The last letters, the last in the lowest bits: [`previous`] again and again, but quick.
pub(super) fn before<const LETTERS: u32>(text: &[u8], mut at: usize) -> u64 {
    let mut letters = 0;
    let mut shift = 0;
    let mut last = at;
    while shift < 8 * LETTERS && at > 0 && at + GAP > last {
        let byte = text[at - 1];
        let mut letter = SMALL[usize::from(byte)];
        if letter == 0 && byte != b';' {
            at -= 1;
            continue;
        }
        if letter == 0 || may_end_escape(&text[..at]) {
            let Some(found) = previous(text, at) else {
                break;
            };
            (letter, at) = found;
        } else {
            at -= 1;
        }
        letters |= u64::from(letter) << shift;
        shift += 8;
        last = at;
    }
    letters
}

/// Whether a letter at the end of `text` may belong to what tools put between words.
fn may_end_escape(text: &[u8]) -> bool {
    match text {
        [.., b'u', _, _, _, _] => true,
        [.., before, _] => is_parameter(*before) || matches!(before, b'[' | b'\\'),
        _ => false,
    }
}

/// The length of one thing between words at the start of `text`; 0 where there is none.
fn gap(text: &[u8]) -> usize {
    match text {
        [byte, ..] if is_word(*byte) => 0,
        [0x1b, b'[', rest @ ..] => 3 + rest.iter().take_while(|byte| is_parameter(**byte)).count(),
        [b'\\', b'u', hex @ ..] if hex.len() >= 4 && is_hex(&hex[..4]) => 6,
        [b'\\', b'n' | b'r' | b't', ..] => 2,
        [b'&', rest @ ..] => match rest.iter().take(ENTITY).position(|byte| *byte == b';') {
            Some(length) if is_entity(&rest[..length]) => length + 2,
            _ => 1,
        },
        [_, ..] => 1,
        [] => 0,
    }
}

/// The length of one thing between words at the end of `text`; 0 where there is none.
fn gap_before(text: &[u8]) -> usize {
    match text {
        [.., b'\\', b'n' | b'r' | b't'] => 2,
        [.., b'\\', b'u', a, b, c, d] if is_hex(&[*a, *b, *c, *d]) => 6,
        [head @ .., end] if end.is_ascii_alphabetic() => {
            let parameters = head
                .iter()
                .rev()
                .take_while(|byte| is_parameter(**byte))
                .count();
            if head[..head.len() - parameters].ends_with(b"\x1b[") {
                parameters + 3
            } else {
                0
            }
        }
        [head @ .., b';'] => {
            let entity = head
                .iter()
                .rev()
                .take(ENTITY)
                .position(|byte| *byte == b'&');
            match entity {
                Some(length) if is_entity(&head[head.len() - length..]) => length + 2,
                _ => 1,
            }
        }
        [.., byte] if !is_word(*byte) => 1,
        _ => 0,
    }
}

/// The longest name of an entity, with what follows it.
const ENTITY: usize = 7;

fn is_entity(name: &[u8]) -> bool {
    !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
}

fn is_hex(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// Whether a byte stands between the bracket and the letter of an escape sequence.
const fn is_parameter(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b';' | b':' | b'?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_through_what_tools_put_between_them() {
        let letters = letters("the SSO session has expired, or is invalid");
        for text in [
            "the SSO session has expired or is invalid",
            "The SSO Session Has Expired, or is INVALID",
            "the SSO session has\n│ expired or is\r\n│ invalid",
            "\x1b[31mthe SSO\x1b[0m session \x1b[1;31mhas\x1b[m expired or is invalid",
            r"the SSO session\nhas expired,\u0020or is\tinvalid",
            "the &quot;SSO&quot; session has &#39;expired&#39; or is &lt;invalid&gt;",
        ] {
            let from = text.to_lowercase().find("the").unwrap_or(usize::MAX);
            let invalid = text.to_lowercase().rfind("invalid").unwrap_or(usize::MAX);
            assert_eq!(
                follow(text.as_bytes(), from, &letters),
                Some(invalid + 7),
                "{text}"
            );
            let before = &letters[..letters.len() - 7];
            assert_eq!(
                precede(text.as_bytes(), invalid, before),
                Some(from),
                "{text}"
            );
        }
    }

    #[test]
    fn other_words_do_not_match() {
        let letters = letters("token expired");
        for text in [
            "token is expired",
            "token",
            "token expire",
            "a token expired",
            "",
        ] {
            assert_eq!(follow(text.as_bytes(), 0, &letters), None, "{text}");
        }
        let far = format!("token{}expired", " ".repeat(GAP + 1));
        assert_eq!(follow(far.as_bytes(), 0, &letters), None);
        assert_eq!(precede(far.as_bytes(), far.len(), &letters), None);
    }

    #[test]
    fn the_quick_way_finds_the_same_letters() {
        let far = format!("token{}expired", " ".repeat(GAP));
        let farther = format!("token{}expired", " ".repeat(GAP + 1));
        for text in [
            "\x1b[31mthe SSO\x1b[0m session \x1b[1;31mhas\x1b[m expired or",
            r"the session\nhas expired,\u0020or\u00e9is\tinvalid \ & ; &; u0041",
            "the &quot;SSO&quot; session has &#39;expired&#39; &lt;x&gt; a;b",
            "x\x1b[",
            "\x1b[m",
            "a1b2[c",
            "n\\n\\\\nt",
            "",
            "é\u{3a3}ñ",
            &far,
            &farther,
        ] {
            let text = text.as_bytes();
            for at in 0..=text.len() {
                let number = |letters: &mut dyn Iterator<Item = u8>| {
                    let letters = letters.take(8).zip(0_u32..);
                    letters.fold(0, |number, (letter, place)| {
                        number | u64::from(letter) << (8 * place)
                    })
                };
                let mut from = at;
                let mut slow = std::iter::from_fn(|| {
                    let (letter, end) = next(text, from)?;
                    from = end;
                    Some(letter)
                });
                assert_eq!(after::<8>(text, at), number(&mut slow), "{text:?} {at}");
                let mut from = at;
                let mut slow = std::iter::from_fn(|| {
                    let (letter, start) = previous(text, from)?;
                    from = start;
                    Some(letter)
                });
                assert_eq!(before::<8>(text, at), number(&mut slow), "{text:?} {at}");
            }
        }
    }
}
