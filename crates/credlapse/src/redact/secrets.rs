//! One walk over a text: words are looked at for their shape, signs for the name before them.

use alloc::vec::Vec;

use super::escape;
use super::named::{self, Sign};
use super::shape;
use super::span::{Span, insert};

/// The secrets in `text`, which has no control characters, in order and apart.
pub(super) fn find(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let at = bytes.len().saturating_sub(rest.len());
        let next = match class(*first) {
            Class::Other => {
                rest = tail;
                continue;
            }
            Class::Sign => Some(sign(bytes, at, &mut spans)),
            Class::Lead => {
                let end = bytes.len().saturating_sub(after_word(tail).len());
                shape::word(bytes, at, end, &mut spans)
            }
            Class::Word => None,
        };
        rest = match next {
            Some(next) => bytes.get(next..).unwrap_or_default(),
            None => after_word(tail),
        };
    }
    spans
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    /// Of a word, and one with which the secrets begin that have a shape.
    Lead,
    Sign,
    Other,
}

/// Looked up, because every byte of every text is.
static CLASSES: [Class; 256] = classes();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "the compiler runs it"
)]
const fn classes() -> [Class; 256] {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        classes[byte as usize] = match byte {
            b':' | b'=' | b'>' | b'%' | b'\\' | b'&' => Class::Sign,
            b'A' | b'B' | b'F' | b'I' | b'a' | b'b' | b'e' => Class::Lead,
            _ if byte.is_ascii_alphanumeric() => Class::Word,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
}

fn class(byte: u8) -> Class {
    let class = CLASSES.get(usize::from(byte));
    class.copied().unwrap_or(Class::Other)
}

fn after_word(mut bytes: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && matches!(class(*first), Class::Word | Class::Lead)
    {
        bytes = rest;
    }
    bytes
}

/// Where to go on after a sign, its value masked where it has one that is secret.
fn sign(bytes: &[u8], at: usize, spans: &mut Vec<Span>) -> usize {
    if let Some(password) = shape::password(bytes, at) {
        insert(spans, password);
        return at.saturating_add(3);
    }
    if let Some((sign, after)) = Sign::read(bytes, at) {
        return match named::value(bytes, at, after, sign) {
            Some(value) => {
                insert(spans, value);
                value.end
            }
            None => after,
        };
    }
    // What an escape stands for is no part of the word after it.
    let escaped = bytes.get(at..).and_then(escape::read);
    at.saturating_add(escaped.map_or(1, |(_, length)| length))
}
