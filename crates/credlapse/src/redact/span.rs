//! Pieces of a text that are masked.

use alloc::string::String;
use alloc::vec::Vec;

use super::MASK;

/// A piece of a text, from one byte position up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Adds a span where it belongs; spans lie apart, the later ones mostly come later.
pub(super) fn insert(spans: &mut Vec<Span>, span: Span) {
    let later = spans
        .iter()
        .rev()
        .take_while(|known| known.start >= span.end);
    let place = spans.len().saturating_sub(later.count());
    let apart = place
        .checked_sub(1)
        .and_then(|before| spans.get(before))
        .is_none_or(|before| before.end <= span.start);
    if apart && span.start < span.end {
        spans.insert(place, span);
    }
}

/// `text` with a mask in the place of each span.
pub(super) fn replace(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        // Spans begin and end beside ASCII, so a part is never refused.
        out.push_str(text.get(at..span.start).unwrap_or_default());
        out.push_str(MASK);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
