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
        at = if byte.is_ascii_alphanumeric() {
            let end = word_end(bytes, at);
            shape::word(bytes, at, end, &mut spans).unwrap_or(end)
        } else if matches!(byte, b':' | b'=' | b'>' | b'%' | b'\\' | b'&') {
            sign(bytes, at, &mut spans)
        } else {
            at.saturating_add(1)
        };
    }
    spans
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    bytes
        .get(start..)
        .and_then(|rest| rest.iter().position(|byte| !byte.is_ascii_alphanumeric()))
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
