//! Texts that a terminal cut at its width.

use alloc::borrow::Cow;
use alloc::string::String;

/// How wide the terminals are whose text is copied with its cuts.
const WIDTHS: [usize; 2] = [80, 120];
/// How much shorter a line is that was wrapped between words.
const WORD: usize = 12;

/// `text` with its cut lines joined, within words too.
///
/// A text was cut where no line is wider than a terminal and more lines end at
/// its edge than shortly before it, as they would if wrapped between words.
pub(super) fn join(text: &str) -> Cow<'_, str> {
    let Some(width) = width(text) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let bare = line.strip_suffix('\r').unwrap_or(line);
        let is_cut = is_cut(bare, width)
            && lines.peek().is_some_and(|next| {
                let is_end = bare.ends_with(['.', '!', '?', ':', ';']);
                !next.trim().is_empty()
                    && !(is_end && next.starts_with(|first: char| first.is_ascii_uppercase()))
            });
        out.push_str(if is_cut { bare } else { line });
        if !is_cut && lines.peek().is_some() {
            out.push('\n');
        }
    }
    Cow::Owned(out)
}

/// The width that the text was cut at.
fn width(text: &str) -> Option<usize> {
    let mut ends = [(0_usize, 0_usize); WIDTHS.len()];
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let columns = columns(line);
        if WIDTHS.iter().all(|width| columns > *width) {
            return None;
        }
        for (width, (cut, worded)) in WIDTHS.iter().zip(&mut ends) {
            if columns > *width {
                (*cut, *worded) = (0, usize::MAX);
            } else if columns == *width && is_cut(line, *width) {
                *cut = cut.saturating_add(1);
            } else if columns.saturating_add(WORD) > *width {
                *worded = worded.saturating_add(1);
            }
        }
    }
    let found = WIDTHS.iter().zip(ends);
    found
        .filter(|(_, (cut, worded))| cut > worded)
        .map(|(width, _)| *width)
        .next()
}

/// Whether the line ends at the edge, and neither in a box nor in a rule nor in padding.
fn is_cut(line: &str, width: usize) -> bool {
    if line.len() < width || columns(line) != width {
        return false;
    }
    let mut chars = line.chars().rev();
    let (last, before) = (chars.next(), chars.next());
    let is_drawn = matches!(last, Some('|' | '\u{2500}'..='\u{259f}'));
    let is_run = last == before && !last.is_some_and(char::is_alphanumeric);
    !(is_drawn || is_run)
}

/// How many characters a line has.
fn columns(line: &str) -> usize {
    line.chars().count()
}
