//! The latest excerpts of an input, as whole lines.

use std::ops::Range;

/// How much is kept.
pub(super) const BUDGET: usize = 512 * 1024;

/// Excerpts in the order of the input; a blank line stands where something is left out.
#[derive(Default)]
pub(super) struct Excerpts {
    kept: Vec<u8>,
    /// Where the last excerpt ends in the input.
    end: u64,
}

impl Excerpts {
    /// Keeps `sign` and the lines around it, up to `reach` bytes to each side.
    ///
    /// `buffer` stands at `offset` of the input. What is kept already is not kept twice.
    pub(super) fn keep(&mut self, buffer: &[u8], sign: Range<usize>, reach: usize, offset: u64) {
        let first = sign.start.saturating_sub(reach);
        let continues = !self.kept.is_empty() && self.end >= offset + first as u64;
        let from = if continues {
            usize::try_from(self.end - offset).unwrap_or(usize::MAX)
        } else {
            line_start(buffer, first, sign.start)
        };
        let to = line_end(buffer, sign.end, sign.end + reach);
        if from >= to {
            return;
        }
        if !continues && !self.kept.is_empty() {
            self.kept.extend_from_slice(b"\n\n");
        }
        self.kept.extend_from_slice(&buffer[from..to]);
        self.end = offset + to as u64;
        if self.kept.len() > 2 * BUDGET {
            self.trim();
        }
    }

    /// Drops the oldest lines beyond the budget.
    fn trim(&mut self) {
        let excess = self.kept.len().saturating_sub(BUDGET);
        if excess > 0 {
            self.kept
                .drain(..line_start(&self.kept, excess, self.kept.len()));
        }
    }

    /// All that is kept, at most [`BUDGET`] bytes; invalid UTF-8 is replaced.
    pub(super) fn into_text(mut self) -> String {
        self.trim();
        String::from_utf8_lossy(&self.kept).into_owned()
    }
}

/// Where the first line that begins between `first` and `last` begins; without one, `first`.
fn line_start(buffer: &[u8], first: usize, last: usize) -> usize {
    if first == 0 {
        return 0;
    }
    let line_break = buffer[first - 1..last]
        .iter()
        .position(|byte| *byte == b'\n');
    line_break.map_or(first, |at| first + at)
}

/// Where the last line that ends between `first` and `last` ends; without one, `last`.
fn line_end(buffer: &[u8], first: usize, last: usize) -> usize {
    if last >= buffer.len() {
        return buffer.len();
    }
    let line_break = buffer[first..last].iter().rposition(|byte| *byte == b'\n');
    line_break.map_or(last, |at| first + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(signs: &[(usize, usize)], reach: usize) -> String {
        let buffer = b"one\ntwo\nthree\nfour\nfive\nsix\n";
        let mut excerpts = Excerpts::default();
        for (start, end) in signs {
            excerpts.keep(buffer, *start..*end, reach, 0);
        }
        excerpts.into_text()
    }

    #[test]
    fn lines_stay_whole() {
        assert_eq!(kept(&[(8, 13)], 6), "two\nthree\nfour\n");
        assert_eq!(kept(&[(9, 12)], 0), "hre");
        assert_eq!(kept(&[(0, 3), (24, 27)], 2), "one\n\n\nsix\n");
    }

    #[test]
    fn overlaps_are_kept_once() {
        assert_eq!(
            kept(&[(0, 3), (4, 7), (8, 13)], 7),
            "one\ntwo\nthree\nfour\n"
        );
        assert_eq!(
            kept(&[(4, 7), (4, 7)], 100),
            "one\ntwo\nthree\nfour\nfive\nsix\n"
        );
    }

    #[test]
    fn the_latest_stay_within_the_budget() {
        let line = [&[b'a'; 1023][..], b"\n"].concat();
        let mut excerpts = Excerpts::default();
        for number in 0..4096 {
            excerpts.keep(&line, 0..1, 1024, number * 4096);
            assert!(excerpts.kept.len() <= 2 * BUDGET + line.len());
        }
        excerpts.keep(b"the end", 0..7, 0, 1 << 40);
        let text = excerpts.into_text();
        assert!(text.len() <= BUDGET && text.len() > BUDGET - 4096);
        assert!(text.ends_with("\n\nthe end"));
    }
}
