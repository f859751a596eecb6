//! Texts that a terminal cut at its width.

use alloc::borrow::Cow;
use alloc::string::String;

use super::class::Class;

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
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        match lines.peek() {
            Some(next) if columns(line) == width && is_cut(line, next) => {}
            Some(_) => out.push('\n'),
            None => {}
        }
    }
    Cow::Owned(out)
}

/// The lines of a text; those of `str` take more room, and nothing else asks for them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// The width that the text was cut at.
fn width(text: &str) -> Option<usize> {
    // Nearly every text ends here: no line is as long as a terminal is wide.
    if text.is_ascii() && !lines(text).any(|line| WIDTHS.contains(&line.len())) {
        return None;
    }
    let mut counts = [(0_usize, 0_usize); WIDTHS.len()];
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        let columns = columns(line);
        if WIDTHS.iter().all(|width| columns > *width) {
            return None;
        }
        let next = lines.peek().copied().unwrap_or("");
        for (width, (cut, worded)) in WIDTHS.iter().zip(&mut counts) {
            if columns > *width {
                *worded = usize::MAX;
            } else if columns == *width {
                *cut = cut.saturating_add(usize::from(is_cut(line, next)));
            } else if columns.saturating_add(WORD) > *width && Class::LOWER.begins(next) {
                *worded = worded.saturating_add(1);
            }
        }
    }
    let found = WIDTHS.iter().zip(counts);
    found
        .filter(|(_, (cut, worded))| cut > worded)
        .map(|(width, _)| *width)
        .next()
}

/// Whether a line that ends at the edge may go on with `next`: neither a box nor a rule nor padding.
fn is_cut(line: &str, next: &str) -> bool {
    let mut chars = line.chars().rev();
    let (last, before) = (chars.next(), chars.next());
    let is_drawn = matches!(last, Some('|' | '\u{2500}'..='\u{259f}'));
    let is_run = last == before && !last.is_some_and(|last| last.is_ascii_alphanumeric());
    let is_end = const { Class::of(b".!?:;") }.ends(line) && Class::UPPER.begins(next);
    let is_indented = next.starts_with('\t') || next.starts_with("  ");
    !(is_drawn || is_run || is_end || is_indented || next.trim().is_empty())
}

/// How many characters a line has.
fn columns(line: &str) -> usize {
    // Every byte but those that go on with a character.
    line.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}
