//! Secrets that are known by their name.

use super::MASK;
use super::escape;
use super::shape::{WRAPPED, is_token, is_wrapping, token_length, wrapped_length};
use super::span::Span;

/// What stands between a name and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `name: value`
    Colon,
    /// `name=value`, `name => value`
    Equals,
    /// `<name>value<`
    Tag,
}

/// How far a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// One word.
    Word,
    /// A header: to the end of the line.
    Line,
    /// A text of several lines: to its closing quote or tag.
    Text,
}

/// Names in lower case without dashes and underscores; they end the name that is looked at.
const NAMES: &[(&[u8], Reach)] = &[
    (b"accesstoken", Reach::Word),
    (b"authorization", Reach::Line),
    (b"authorizationtoken", Reach::Word),
    (b"bearertoken", Reach::Word),
    (b"canonicalrequest", Reach::Text),
    (b"canonicalrequestbytes", Reach::Text),
    (b"clientsecret", Reach::Word),
    (b"credential", Reach::Word),
    (b"dpopkey", Reach::Text),
    (b"idtoken", Reach::Word),
    (b"password", Reach::Word),
    (b"refreshtoken", Reach::Word),
    (b"samlassertion", Reach::Word),
    (b"secretaccesskey", Reach::Word),
    (b"secretkey", Reach::Word),
    (b"securitytoken", Reach::Word),
    (b"sessiontoken", Reach::Word),
    (b"signature", Reach::Word),
    (b"signatureprovided", Reach::Word),
    (b"stringtosign", Reach::Text),
    (b"stringtosignbytes", Reach::Text),
    (b"token0", Reach::Word),
    (b"webidentitytoken", Reach::Word),
];

/// Whether a name of [`NAMES`] may end so; most others do not.
const fn is_ending(letters: [u8; 2]) -> bool {
    matches!(
        &letters,
        b"al" | b"ed" | b"en" | b"es" | b"et" | b"ey" | b"gn" | b"on" | b"rd" | b"re" | b"st"
            // `Token-0`
            | b"-0" | b"n0" | b"_0"
    )
}

/// The longest name that is looked at.
const NAME_MAX: usize = 64;

impl Sign {
    /// The sign at `at`, escaped or not, and what follows it.
    pub(super) fn read(bytes: &[u8], at: usize) -> Option<(Self, usize)> {
        let rest = bytes.get(at..)?;
        let (char, length) = escape::read(rest).or_else(|| Some((*rest.first()?, 1)))?;
        let sign = match char {
            b':' => Self::Colon,
            b'=' => Self::Equals,
            b'>' => Self::Tag,
            _ => return None,
        };
        let mut after = at.saturating_add(length);
        while sign == Self::Equals && matches!(bytes.get(after), Some(b'=' | b'>')) {
            after = after.saturating_add(1);
        }
        Some((sign, after))
    }
}

/// The value after the sign at `at`, where the name before it is one of a secret.
pub(super) fn value(bytes: &[u8], at: usize, after: usize, sign: Sign) -> Option<Span> {
    let (reach, quote) = name(bytes.get(..at)?, sign)?;
    let span = match sign {
        Sign::Tag => element(bytes, after, reach),
        _ => quoted(bytes, after, reach).or_else(|| bare(bytes, after, sign, reach, quote)),
    }?;
    let text = bytes.get(span.start..span.end)?;
    (!is_placeholder(text)).then_some(span)
}

/// The reach of the name that `before` ends with, and the quote that stands before the name only.
fn name(before: &[u8], sign: Sign) -> Option<(Reach, Option<u8>)> {
    let end = match sign {
        Sign::Tag => before.len(),
        _ => {
            let back = before.iter().rev().take(NAME_MAX);
            let skipped = back.take_while(|byte| b" \"'`\\]".contains(byte)).count();
            before.len().saturating_sub(skipped)
        }
    };
    let closed = before.get(end..)?.iter().any(|byte| b"\"'`".contains(byte));
    let mut before = before.get(..end)?;
    for entity in [&b"&quot;"[..], b"%22"] {
        before = before.strip_suffix(entity).unwrap_or(before);
    }
    let [.., second, last] = before else {
        return None;
    };
    if !is_ending([second.to_ascii_lowercase(), last.to_ascii_lowercase()]) {
        return None;
    }
    let length = before
        .iter()
        .rev()
        .take(NAME_MAX)
        .take_while(|byte| is_name(**byte))
        .count();
    let (lead, name) = before.split_at_checked(before.len().saturating_sub(length))?;
    let last = last.to_ascii_lowercase();
    let (_, reach) = NAMES
        .iter()
        .find(|(known, _)| known.last() == Some(&last) && ends_with(name, known))?;
    let opening = lead.last().copied();
    if sign == Sign::Tag {
        let escaped = lead.ends_with(b"&lt;") || is_escape_start(lead, name);
        (escaped || matches!(opening, Some(b'<' | b':'))).then_some(())?;
    }
    let quote = opening.filter(|byte| !closed && b"\"'`".contains(byte));
    Some((*reach, quote))
}

/// Whether the first characters of `name` are the rest of `%3C` or of `\u003c`.
fn is_escape_start(lead: &[u8], name: &[u8]) -> bool {
    lead.ends_with(b"%") && name.len() > 2 || lead.ends_with(b"\\") && name.starts_with(b"u003")
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Whether `name` ends with the words of `known`, and with whole ones.
fn ends_with(name: &[u8], known: &[u8]) -> bool {
    let mut rest = name;
    for wanted in known.iter().rev() {
        while let Some((b'-' | b'_', before)) = rest.split_last() {
            rest = before;
        }
        match rest.split_last() {
            Some((byte, before)) if byte.eq_ignore_ascii_case(wanted) => rest = before,
            _ => return false,
        }
    }
    let first = name.get(rest.len()).copied().unwrap_or_default();
    match rest.last() {
        None => true,
        Some(before) if before.is_ascii_lowercase() => first.is_ascii_uppercase(),
        Some(before) if before.is_ascii_uppercase() => is_hex_pair(rest),
        Some(_) => true,
    }
}

/// Whether all that is left of a name can be the rest of an escape: `3C`, `u003C`.
fn is_hex_pair(rest: &[u8]) -> bool {
    let digits = rest.strip_prefix(b"u00").unwrap_or(rest);
    digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit)
}

/// The text of an XML element.
fn element(bytes: &[u8], start: usize, reach: Reach) -> Option<Span> {
    let rest = bytes.get(start..)?;
    let mut length = 0_usize;
    let mut first_word = None;
    let mut is_closed = false;
    while let Some(byte) = rest.get(length) {
        let (char, step) = escape::read(rest.get(length..)?).unwrap_or((*byte, 1));
        if char == b'<' {
            is_closed = rest.get(length.saturating_add(step)) == Some(&b'/');
            break;
        }
        if char.is_ascii_whitespace() && length > 0 {
            first_word = first_word.or(Some(length));
        }
        length = length.saturating_add(step);
    }
    // Cut off, a token is its first word; a text may be all the rest.
    if reach == Reach::Word && !is_closed {
        length = first_word.unwrap_or(length);
    }
    Some(Span {
        start,
        end: start.saturating_add(length),
    })
}

/// The inside of the quotes that begin after `at`, wrappers such as `Some(` and `b` skipped.
fn quoted(bytes: &[u8], at: usize, reach: Reach) -> Option<Span> {
    let mut start = at;
    // JavaScript puts a long value on the next line.
    for _ in 0..NAME_MAX {
        match bytes.get(start)? {
            byte if byte.is_ascii_whitespace() => start = start.saturating_add(1),
            _ => break,
        }
    }
    for _ in 0..3 {
        let rest = bytes.get(start..)?;
        let word = rest
            .iter()
            .take(24)
            .take_while(|byte| is_name(**byte) || **byte == b':')
            .count();
        start = match rest.get(word)? {
            // `Some("x")`, `["x"]`; but what `fields["x"]` holds does not stand here.
            b'(' => start.saturating_add(word).saturating_add(1),
            b'[' if word == 0 => start.saturating_add(1),
            b'"' | b'\'' if word == 1 => start.saturating_add(1),
            _ => break,
        };
    }
    let (open, length) = delimiter(bytes.get(start..)?)?;
    start = start.saturating_add(length);
    let mut at = start;
    loop {
        let rest = bytes.get(at..)?;
        let Some(byte) = rest.first() else {
            break;
        };
        if let Some((close, step)) = delimiter(rest)
            && close == open
            && step <= length
        {
            match continued(bytes, at.saturating_add(step), open) {
                Some(next) => at = next,
                None => break,
            }
            continue;
        }
        if *byte == b'\n' && reach != Reach::Text {
            match wrapped_to(bytes, start, at, open) {
                Some(next) => at = next,
                None => break,
            }
            continue;
        }
        let step = match (byte, rest.get(1)) {
            (b'\\', Some(next)) if length == 1 && next.is_ascii() => 2,
            _ => 1,
        };
        at = at.saturating_add(step);
    }
    Some(Span { start, end: at })
}

/// Where the quote closes a token from `start` that a terminal or a box has wrapped at `at`.
fn wrapped_to(bytes: &[u8], start: usize, at: usize, close: u8) -> Option<usize> {
    let rest = bytes.get(at..)?;
    if at.saturating_sub(start) < WRAPPED {
        return None;
    }
    let length = rest
        .iter()
        .position(|byte| !is_wrapping(*byte) && !is_token(*byte))?;
    (rest.get(length) == Some(&close)).then(|| at.saturating_add(length))
}

/// A quote with its escapes, and how many bytes it takes.
fn delimiter(rest: &[u8]) -> Option<(u8, usize)> {
    let (char, length) = escape::read(rest).or_else(|| Some((*rest.first()?, 1)))?;
    b"\"'`".contains(&char).then_some((char, length))
}

/// Where a string goes on that JavaScript breaks into `'...' +` and `'...'`.
fn continued(bytes: &[u8], at: usize, open: u8) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let next = rest
        .trim_ascii_start()
        .strip_prefix(b"+")?
        .trim_ascii_start();
    let next = next.strip_prefix(&[open])?;
    Some(bytes.len().saturating_sub(next.len()))
}

/// A value without quotes.
fn bare(bytes: &[u8], at: usize, sign: Sign, reach: Reach, quote: Option<u8>) -> Option<Span> {
    let mut start = at;
    while let Some(b' ' | b'\t' | b'[' | b'(') = bytes.get(start) {
        start = start.saturating_add(1);
    }
    let rest = bytes.get(start..)?;
    let word = word_length(rest);
    // A call or an item of something, in a line of code; or masked already, and
    // what follows is of another line.
    if matches!(rest.get(word), Some(b'(' | b'[')) || rest.get(..word)? == MASK.as_bytes() {
        return None;
    }
    let looks_secret = match sign {
        Sign::Equals => word > 0,
        _ => is_secret_word(rest.get(..word)?) || reach == Reach::Line && is_scheme(rest),
    };
    if !looks_secret {
        return None;
    }
    let length = if reach == Reach::Word {
        wrapped_length(rest, word)
    } else {
        rest.iter()
            .position(|byte| *byte == b'\n' || Some(*byte) == quote)
            .unwrap_or(rest.len())
    };
    Some(Span {
        start,
        end: start.saturating_add(length),
    })
}

/// How far a value goes that ends where the next one begins.
fn word_length(rest: &[u8]) -> usize {
    let mut length = 0_usize;
    while let Some(byte) = rest.get(length) {
        let tail = rest.get(length..).unwrap_or_default();
        let (char, step) = escape::read(tail).unwrap_or((*byte, 1));
        if char.is_ascii_whitespace() || b",;&\"'`()[]{}<>|".contains(&char) {
            break;
        }
        length = length.saturating_add(step);
    }
    length
}

/// Whether a word after a colon is a secret and not the next word of a sentence.
fn is_secret_word(word: &[u8]) -> bool {
    let plain = token_length(word) == word.len();
    let letters = word.iter().any(u8::is_ascii_alphabetic);
    let digits = word.iter().any(u8::is_ascii_digit);
    plain && (word.len() >= 16 || word.len() >= 8 && letters && digits)
}

/// Whether a header begins with a scheme of authentication.
fn is_scheme(rest: &[u8]) -> bool {
    let schemes: [&[u8]; 7] = [
        b"AWS ",
        b"AWS4-",
        b"Basic ",
        b"Bearer ",
        b"Digest ",
        b"Negotiate ",
        b"Token ",
    ];
    schemes.iter().any(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Whether a value says that there is none, or hides it already.
fn is_placeholder(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    let words: [&[u8]; 9] = [
        b"null",
        b"none",
        b"nil",
        b"undefined",
        b"true",
        b"false",
        b"redacted",
        b"hidden",
        b"missing",
    ];
    let inner = value
        .iter()
        .filter(|byte| byte.is_ascii_alphanumeric())
        .count();
    inner == 0
        || words.iter().any(|word| {
            inner == word.len()
                && value
                    .iter()
                    .filter(|byte| byte.is_ascii_alphanumeric())
                    .zip(word.iter())
                    .all(|(a, b)| a.eq_ignore_ascii_case(b))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_how_its_names_end() {
        for (name, _) in NAMES {
            let [.., second, last] = name else {
                panic!("a name of one letter");
            };
            assert!(is_ending([*second, *last]), "{name:?}");
        }
    }

    #[test]
    fn takes_whole_words_only() {
        for (text, known, ends) in [
            ("Token-0", "token0", true),
            ("X-Amz-Security-Token", "securitytoken", true),
            ("AWS_SESSION_TOKEN", "sessiontoken", true),
            ("webSessionToken", "sessiontoken", true),
            ("InvalidToken", "idtoken", false),
            ("nosessiontoken", "sessiontoken", false),
            ("3CToken-0", "token0", true),
            ("u003cToken-0", "token0", true),
            ("token", "sessiontoken", false),
        ] {
            assert_eq!(ends_with(text.as_bytes(), known.as_bytes()), ends, "{text}");
        }
    }
}
