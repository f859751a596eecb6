//! Large inputs to the parts that can matter, in constant memory.
//!
//! An input of up to [`WHOLE`] bytes goes to the core as it is. Of a larger one
//! the core gets the neighbourhood of each sign that a rule can match, the
//! latest half MiB of these, and the end of the input.

mod excerpts;
mod search;
mod signs;

use std::io::{self, ErrorKind, Read};

use search::Search;

/// The largest input that is handed over whole.
pub const WHOLE: usize = 1024 * 1024;

/// How far the neighbourhood of a sign reaches to each side: the frames and fields of one error.
///
/// More would hand over unrelated lines, which weaken what the core makes of the error.
const REACH: usize = 4 * 1024;

/// How much of the end of the input is always handed over.
const TAIL: usize = 2 * REACH;

/// How much of a larger input is read before it is searched: it is in the cache of the processor then.
const PORTION: usize = 256 * 1024;

/// Takes an input in pieces and keeps what can matter.
pub struct Scanner {
    /// Nothing before the first byte; no more than a portion once the input is large.
    buffer: Vec<u8>,
    /// How much of the buffer is filled.
    filled: usize,
    /// What was in the buffer before; nothing as long as the input is small.
    earlier: Option<Search>,
}

impl Scanner {
    /// With nothing read.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            buffer: Vec::new(),
            filled: 0,
            earlier: None,
        }
    }

    /// Reads an input to its end and gives what the core has to read of it.
    pub fn read(mut self, mut source: impl Read) -> io::Result<String> {
        while !self.fill(&mut source)?.is_empty() {}
        Ok(self.finish())
    }

    /// Reads once and gives what was read; nothing at the end of the input.
    pub fn fill(&mut self, mut source: impl Read) -> io::Result<&[u8]> {
        if self.filled == self.buffer.len() {
            self.make_room();
        }
        let count = loop {
            match source.read(&mut self.buffer[self.filled..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        let from = self.filled;
        self.filled += count;
        Ok(&self.buffer[from..self.filled])
    }

    /// Searches what is in the buffer and goes on behind its end.
    fn make_room(&mut self) {
        if self.buffer.is_empty() {
            self.buffer = vec![0; WHOLE + TAIL];
            return;
        }
        let earlier = self.earlier.get_or_insert_with(Search::new);
        earlier.search(&self.buffer);
        self.buffer.copy_within(self.filled - TAIL.., 0);
        self.buffer.truncate(TAIL + PORTION);
        self.buffer.shrink_to_fit();
        self.filled = TAIL;
    }

    /// What the core has to read of all that was read.
    #[must_use]
    pub fn finish(self) -> String {
        let input = &self.buffer[..self.filled];
        let search = match self.earlier {
            None if self.filled <= WHOLE => return String::from_utf8_lossy(input).into_owned(),
            search => search.unwrap_or_else(Search::new),
        };
        search.finish(input)
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}
