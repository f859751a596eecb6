//! How far the value of a secret goes.

use alloc::string::String;

use super::named::{Reach, Sign};
use super::shape::{WRAPPED, is_token, is_wrapping, token_length, wrapped_length};
use super::span::Span;
use super::{MASK, escape, run};
use crate::text::scan::List;

/// How much white space may stand before a value: JavaScript indents by depth.
const SPACE_MAX: usize = 64;

/// The value at `at`, where it is one; `quote` stands before its name and closes behind it.
pub(super) fn read(
    bytes: &[u8],
    at: usize,
    sign: Sign,
    reach: Reach,
    quote: Option<u8>,
) -> Option<Span> {
    let span = match sign {
        Sign::Tag => element(bytes, at, reach),
        _ => quoted(bytes, at, reach).or_else(|| bare(bytes, at, sign, reach, quote)),
    }?;
    let text = bytes.get(span.start..span.end)?;
    (!is_placeholder(text)).then_some(span)
}

/// The text of an XML element.
fn element(bytes: &[u8], start: usize, reach: Reach) -> Option<Span> {
    let rest = bytes.get(start..)?;
    let mut length = 0_usize;
    let mut first_word = None;
    let mut is_closed = false;
    while let Some((char, step)) = rest.get(length..).and_then(escape::read_any) {
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
    // JavaScript puts a long value on the next line.
    let space = run::ahead(bytes.get(at..)?, SPACE_MAX, is_space);
    let mut start = at.saturating_add(space);
    for _ in 0..3 {
        let rest = bytes.get(start..)?;
        let word = run::ahead(rest, 24, |byte| is_word(byte) || byte == b':');
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
    let length = run::ahead(rest, rest.len(), |byte| is_wrapping(byte) || is_token(byte));
    (rest.get(length) == Some(&close)).then(|| at.saturating_add(length))
}

/// A quote with its escapes, and how many bytes it takes.
fn delimiter(rest: &[u8]) -> Option<(u8, usize)> {
    let (char, length) = escape::read_any(rest)?;
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
    let rest = bytes.get(at..)?;
    let space = run::ahead(rest, rest.len(), |byte| b" \t[(".contains(&byte));
    let start = at.saturating_add(space);
    let rest = rest.get(space..)?;
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
    while let Some((char, step)) = rest.get(length..).and_then(escape::read_any) {
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
    let letters = run::has(word, u8::is_ascii_alphabetic);
    let digits = run::has(word, u8::is_ascii_digit);
    plain && (word.len() >= 16 || word.len() >= 8 && letters && digits)
}

/// Whether a header begins with a scheme of authentication.
fn is_scheme(rest: &[u8]) -> bool {
    const SCHEMES: List = List("AWS |AWS4-|Basic |Bearer |Digest |Negotiate |Token ");
    SCHEMES.any(&|scheme| {
        let start = rest.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    })
}

/// Whether a value says that there is none, or hides it already.
fn is_placeholder(value: &[u8]) -> bool {
    const NONE: List = List("null|none|nil|undefined|true|false|redacted|hidden|missing");
    let mut letters = String::new();
    for byte in value {
        if byte.is_ascii_alphanumeric() {
            letters.push(char::from(byte.to_ascii_lowercase()));
            // No word is that long.
            if letters.len() > 9 {
                return false;
            }
        }
    }
    letters.is_empty() || NONE.has(&letters)
}

const fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
