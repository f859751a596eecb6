//! One walk over a text: words are looked at for their shape, signs for the name before them.

use alloc::vec::Vec;

use super::escape;
use super::named::{self, Sign};
use super::shape;
use super::span::{Span, insert};

/// The secrets in `text`, which has no control characters, in order and apart.
pub(super) fn secrets(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut at = 0_usize;
    while let Some(byte) = bytes.get(at) {
        let class = class(*byte);
        at = if class == Class::Other {
            at.saturating_add(1)
        } else if class == Class::Sign {
            sign(bytes, at, &mut spans)
        } else {
            let end = word_end(bytes, at);
            let shaped = if class == Class::Lead {
                shape::word(bytes, at, end, &mut spans)
            } else {
                None
            };
            shaped.unwrap_or(end)
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

fn word_end(bytes: &[u8], start: usize) -> usize {
    bytes
        .get(start..)
        .and_then(|rest| {
            rest.iter()
                .position(|byte| !matches!(class(*byte), Class::Word | Class::Lead))
        })
        .map_or(bytes.len(), |length| start.saturating_add(length))
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
