//! Secrets that are known by how they look.

use alloc::vec::Vec;

use super::escape;
use super::run;
use super::span::{Span, insert};
use crate::text::scan::List;

/// How far from an access key id its secret key is looked for.
const NEAR: usize = 256;

/// How long a secret access key is.
const SECRET_KEY: usize = 40;

/// How session tokens of STS and refresh tokens of IAM Identity Center begin.
const TOKENS: List =
    List("IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FwoDYXdz|AQoDYXdz|AQoEXAMPLE|aorAAAAA");

/// How they begin as well: what is shorter than [`LONG`] and begins so by chance is none.
const LONG_TOKENS: List = List("IQoJ|FwoG|FQoG|FwoD|AQoD");

const LONG: usize = 100;

/// A shorter line is not broken.
pub(super) const WRAPPED: usize = 40;

/// The shortest bearer value and JSON Web Token.
const SHORT: usize = 16;

/// Masks what begins with the word at `start..end`, and returns where to go on after it.
pub(super) fn word(bytes: &[u8], start: usize, end: usize, spans: &mut Vec<Span>) -> Option<usize> {
    let text = bytes.get(start..)?;
    let word = bytes.get(start..end)?;
    match word.first()? {
        b'A' if is_key_id(word) => {
            let kept = Span {
                start: start.saturating_add(4),
                end: end.saturating_sub(4),
            };
            insert(spans, kept);
            secret_keys(bytes, start, end, spans);
            return Some(end);
        }
        b'A' | b'F' | b'I' | b'a' | b'e' => {
            let least = least_length(text)?;
            let length = wrapped_length(text, token_length(text));
            if length >= least {
                let end = start.saturating_add(length);
                insert(spans, Span { start, end });
                return Some(end);
            }
        }
        b'B' | b'b' if word == b"BEGIN" => return private_key(bytes, start, spans),
        b'B' | b'b'
            if word.eq_ignore_ascii_case(b"bearer") || word.eq_ignore_ascii_case(b"basic") =>
        {
            let value = text.get(word.len()..)?.strip_prefix(b" ")?;
            let length = token_length(value);
            let start = end.saturating_add(1);
            let end = start.saturating_add(length);
            if length >= SHORT && looks_random(value.get(..length)?) {
                insert(spans, Span { start, end });
                return Some(end);
            }
        }
        _ => {}
    }
    None
}

/// The password of `scheme://user:password@host`, where `at` is the colon of the scheme.
pub(super) fn password(bytes: &[u8], at: usize) -> Option<Span> {
    let authority = bytes.get(at..)?.strip_prefix(b"://")?;
    let end = authority
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || b"/?#\"'<>`\\".contains(byte))
        .unwrap_or(authority.len());
    let authority = authority.get(..end)?;
    let end = authority.iter().rposition(|byte| *byte == b'@')?;
    let start = authority.iter().position(|byte| *byte == b':')?;
    let at = at.saturating_add(3);
    let span = Span {
        start: at.saturating_add(start).saturating_add(1),
        end: at.saturating_add(end),
    };
    (span.start < span.end).then_some(span)
}

/// How long the token that begins here has to be; `None` where none begins.
fn least_length(text: &[u8]) -> Option<usize> {
    // Most words are none of them.
    let [_, _, b'J' | b'o' | b'r', ..] = text else {
        return None;
    };
    let starts_with = |tokens: List| tokens.any(&|start| text.starts_with(start.as_bytes()));
    if starts_with(TOKENS) {
        Some(0)
    } else if starts_with(LONG_TOKENS) {
        Some(LONG)
    } else {
        // JSON Web Tokens.
        text.starts_with(b"eyJ").then_some(SHORT)
    }
}

const KEY_IDS: List = List("AKIA|ASIA|AROA|AIDA|AGPA|ANPA|AIPA|ABIA|ACCA|APKA");

/// Whether the word is an access key id, or the id of a user or a role: `AKIA`, `ASIA`, `AROA`.
fn is_key_id(word: &[u8]) -> bool {
    matches!(word.len(), 16..=32)
        && KEY_IDS.any(&|start| word.starts_with(start.as_bytes()))
        && !run::has(word, |byte| {
            !byte.is_ascii_uppercase() && !byte.is_ascii_digit()
        })
}

pub(super) const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'.' | b'~' | b'-')
}

/// Whether a byte is white space or of a line that a box draws around a text.
pub(super) const fn is_wrapping(byte: u8) -> bool {
    // U+2502 and its neighbours are E2 94 82 and so on.
    byte.is_ascii_whitespace() || matches!(byte, b'|' | 0xe2 | 0x94 | 0x80..=0x83)
}

/// How long a token is that is `length` bytes long up to where its line may have been broken.
///
/// A line goes on with it if it begins with what looks like more of base64:
/// long, or with a sign that words do not have.
pub(super) fn wrapped_length(text: &[u8], length: usize) -> usize {
    let mut length = length;
    while let Some(rest) = text.get(length..).filter(|_| length >= WRAPPED) {
        let space = run::ahead(rest, rest.len(), is_wrapping);
        let (space, more) = rest.split_at_checked(space).unwrap_or_default();
        let step = token_length(more);
        let more = more.get(..step).unwrap_or_default();
        let is_more = space.contains(&b'\n')
            && looks_random(more)
            && (step >= WRAPPED || run::has(more, |byte| matches!(byte, b'+' | b'=')));
        if !is_more {
            break;
        }
        length = length.saturating_add(space.len()).saturating_add(step);
    }
    length
}

/// How far the characters of tokens go, escaped ones included.
pub(super) fn token_length(text: &[u8]) -> usize {
    let mut length = 0_usize;
    while let Some(rest) = text.get(length..) {
        let step = match rest.first() {
            Some(byte) if is_token(*byte) => 1,
            Some(b'%' | b'\\') => match escape::read(rest) {
                Some((b'+' | b'/' | b'=', step)) => step,
                _ => break,
            },
            _ => break,
        };
        length = length.saturating_add(step);
    }
    // The full stop of a sentence is no part of it.
    let trimmed = text.get(..length).unwrap_or_default();
    length.saturating_sub(run::back(trimmed, length, |byte| byte == b'.'))
}

/// Whether letters of both cases and digits are mixed, as in base64.
pub(super) fn looks_random(value: &[u8]) -> bool {
    run::has(value, u8::is_ascii_digit) && has_both_cases(value)
}

fn has_both_cases(value: &[u8]) -> bool {
    run::has(value, u8::is_ascii_uppercase) && run::has(value, u8::is_ascii_lowercase)
}

/// Masks the 40 characters of base64 near the access key id at `start..end`.
fn secret_keys(bytes: &[u8], start: usize, end: usize, spans: &mut Vec<Span>) {
    let windows = [
        (start.saturating_sub(NEAR), start),
        (end, end.saturating_add(NEAR).min(bytes.len())),
    ];
    for (from, to) in windows {
        let mut at = from;
        while at < to {
            let key = bytes.get(at..).unwrap_or_default();
            let length = run::ahead(key, LONG, is_base64);
            let next = at.saturating_add(length);
            let is_whole = at
                .checked_sub(1)
                .and_then(|before| bytes.get(before))
                .is_none_or(|before| !is_base64(*before));
            if length == SECRET_KEY && is_whole && key.get(..length).is_some_and(is_secret_key) {
                insert(
                    spans,
                    Span {
                        start: at,
                        end: next,
                    },
                );
            }
            at = next.saturating_add(1);
        }
    }
}

fn is_secret_key(key: &[u8]) -> bool {
    let is_sign = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'/');
    run::has(key, is_sign) && has_both_cases(key)
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// Masks a PEM private key, whose `BEGIN` is at `begin`.
fn private_key(bytes: &[u8], begin: usize, spans: &mut Vec<Span>) -> Option<usize> {
    const DASHES: &[u8] = b"-----";
    let start = begin.checked_sub(DASHES.len())?;
    let text = bytes.get(start..)?.strip_prefix(DASHES)?;
    let label = find(text.get(..64).unwrap_or(text), DASHES)?;
    if !text.get(..label)?.ends_with(b"PRIVATE KEY") {
        return None;
    }
    let body = label.saturating_add(DASHES.len());
    let length = find(text.get(body..)?, b"-----END")
        .map(|end| body.saturating_add(end).saturating_add(8))
        .and_then(|end| {
            let close = find(
                text.get(end..)?.get(..64).unwrap_or(text.get(end..)?),
                DASHES,
            )?;
            Some(end.saturating_add(close).saturating_add(DASHES.len()))
        })
        .unwrap_or(text.len());
    let end = begin.saturating_add(length);
    insert(spans, Span { start, end });
    Some(end)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}
