//! Secrets that are known by their name.

use super::escape;
use super::run;
use super::span::Span;
use super::value;
use crate::text::scan::List;

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
pub(super) enum Reach {
    /// One word.
    Word,
    /// A header: to the end of the line.
    Line,
    /// A text of several lines: to its closing quote or tag.
    Text,
}

/// Names in lower case without dashes and underscores, which end the name that is looked at; their values are a word.
const WORDS: List = List(
    "accesstoken|authorizationtoken|bearertoken|clientsecret|credential|idtoken|password|refreshtoken|samlassertion|secretaccesskey|secretkey|securitytoken|sessiontoken|signature|signatureprovided|token0|webidentitytoken",
);

/// The names of headers.
const LINES: List = List("authorization");

/// The names of texts.
const TEXTS: List =
    List("canonicalrequest|canonicalrequestbytes|dpopkey|stringtosign|stringtosignbytes");

/// Whether one of these names may end so; most others do not.
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
        let (char, length) = escape::read_any(rest)?;
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
    value::read(bytes, after, sign, reach, quote)
}

/// The reach of the name that `before` ends with, and the quote that stands before the name only.
fn name(before: &[u8], sign: Sign) -> Option<(Reach, Option<u8>)> {
    let end = match sign {
        Sign::Tag => before.len(),
        _ => {
            let skipped = run::back(before, NAME_MAX, |byte| b" \"'`\\]".contains(&byte));
            before.len().saturating_sub(skipped)
        }
    };
    let closed = run::has(before.get(end..)?, is_quote);
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
    let length = run::back(before, NAME_MAX, is_name);
    let (lead, name) = before.split_at_checked(before.len().saturating_sub(length))?;
    let names = [
        (WORDS, Reach::Word),
        (LINES, Reach::Line),
        (TEXTS, Reach::Text),
    ];
    let (_, reach) = names
        .iter()
        .find(|(names, _)| names.any(&|known| ends_with(name, known.as_bytes())))?;
    let opening = lead.last().copied();
    if sign == Sign::Tag {
        let escaped = lead.ends_with(b"&lt;") || is_escape_start(lead, name);
        (escaped || matches!(opening, Some(b'<' | b':'))).then_some(())?;
    }
    let quote = opening.filter(|byte| !closed && is_quote(byte));
    Some((*reach, quote))
}

/// Whether the first characters of `name` are the rest of `%3C` or of `\u003c`.
fn is_escape_start(lead: &[u8], name: &[u8]) -> bool {
    lead.ends_with(b"%") && name.len() > 2 || lead.ends_with(b"\\") && name.starts_with(b"u003")
}

fn is_quote(byte: &u8) -> bool {
    b"\"'`".contains(byte)
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
    digits.len() == 2 && !run::has(digits, |byte| !byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_how_its_names_end() {
        for name in [WORDS, LINES, TEXTS]
            .iter()
            .flat_map(|names| names.0.split('|'))
        {
            let [.., second, last] = name.as_bytes() else {
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
