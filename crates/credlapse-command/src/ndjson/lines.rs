//! Lines of bounded length from an unbounded stream.

/// The longest line that is read.
pub(super) const LINE_MAX: usize = 16 * 1024 * 1024;

/// A line without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'b> {
    Text(&'b [u8]),
    /// More than [`LINE_MAX`] bytes; it is skipped.
    TooLong,
}

/// The beginning of a line whose end is to come.
#[derive(Debug, Default)]
pub(super) struct Lines {
    begun: Vec<u8>,
    is_too_long: bool,
}

impl Lines {
    /// Calls `each` with the lines that end in a piece.
    pub(super) fn push(&mut self, piece: &[u8], mut each: impl FnMut(Line<'_>)) {
        for part in piece.split_inclusive(|byte| *byte == b'\n') {
            let Some(end) = part.strip_suffix(b"\n") else {
                self.begin(part);
                return;
            };
            if self.begun.is_empty() && !self.is_too_long {
                each(Line::Text(end));
                continue;
            }
            self.begin(end);
            std::mem::take(self).end(&mut each);
        }
    }

    /// Calls `each` with the last line, where it has no end.
    pub(super) fn finish(self, each: impl FnOnce(Line<'_>)) {
        if self.is_too_long || !self.begun.is_empty() {
            self.end(each);
        }
    }

    fn begin(&mut self, part: &[u8]) {
        if self.is_too_long || self.begun.len() + part.len() > LINE_MAX {
            self.is_too_long = true;
            self.begun = Vec::new();
        } else {
            self.begun.extend_from_slice(part);
        }
    }

    fn end(self, each: impl FnOnce(Line<'_>)) {
        each(if self.is_too_long {
            Line::TooLong
        } else {
            Line::Text(&self.begun)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_costs_only_itself() {
        let long = vec![b'x'; LINE_MAX + 1];
        let mut lines = Lines::default();
        let mut seen = Vec::new();
        let mut see = |line: Line<'_>| {
            seen.push(match line {
                Line::Text(text) => String::from_utf8_lossy(text).into_owned(),
                Line::TooLong => "too long".into(),
            });
        };
        for piece in [&b"on"[..], b"e\n", &long, b"x\n\nla", b"st"] {
            lines.push(piece, &mut see);
        }
        lines.finish(&mut see);
        assert_eq!(seen, ["one", "too long", "", "last"]);
    }

    #[test]
    fn the_end_of_a_line_begins_none() {
        let mut lines = Lines::default();
        let mut count = 0;
        lines.push(b"one\ntwo\n", |_| count += 1);
        lines.finish(|_| count += 1);
        assert_eq!(count, 2);
    }
}
