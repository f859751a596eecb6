//! Lines of bounded length from an unbounded stream.

use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is read.
pub(super) const LINE_MAX: usize = 16 * 1024 * 1024;

/// A line without its end.
pub(super) enum Line<'b> {
    Text(&'b [u8]),
    /// More than [`LINE_MAX`] bytes; it is skipped.
    TooLong,
}

/// The lines of a source.
pub(super) struct Lines<R> {
    source: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source: BufReader::with_capacity(64 * 1024, source),
            line: Vec::new(),
        }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let most = LINE_MAX as u64 + 1;
        self.source
            .by_ref()
            .take(most)
            .read_until(b'\n', &mut self.line)?;
        if self.line.is_empty() {
            return Ok(None);
        }
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.len() > LINE_MAX {
            self.source.skip_until(b'\n')?;
            self.line = Vec::new();
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Text(&self.line)))
    }

    /// Whether the next line may be long in coming.
    pub(super) fn may_wait(&self) -> bool {
        self.source.buffer().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_costs_only_itself() -> io::Result<()> {
        let long = io::repeat(b'x').take(LINE_MAX as u64 + 2);
        let mut lines = Lines::new((&b"one\n"[..]).chain(long).chain(&b"\n\nlast"[..]));
        let mut seen = Vec::new();
        while let Some(line) = lines.next()? {
            seen.push(match line {
                Line::Text(text) => String::from_utf8_lossy(text).into_owned(),
                Line::TooLong => "too long".into(),
            });
        }
        assert_eq!(seen, ["one", "too long", "", "last"]);
        Ok(())
    }
}
