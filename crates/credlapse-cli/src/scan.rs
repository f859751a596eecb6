//! Large inputs to the parts that can matter, in constant memory.
//!
//! An input of up to [`WHOLE`] bytes goes to the core as it is. Of a larger one
//! the core gets the neighbourhood of each sign that a rule can match, the
//! latest [`excerpts::BUDGET`] bytes of these, and the end of the input.

mod excerpts;
mod signs;

use std::cell::LazyCell;
use std::io::{self, ErrorKind, Read};

use excerpts::Excerpts;
use signs::Signs;

/// The largest input that is handed over whole.
pub(crate) const WHOLE: usize = 1024 * 1024;

/// How far the neighbourhood of a sign reaches to each side: the frames and fields of one error.
///
/// More would hand over unrelated lines, which weaken what the core makes of the error.
const REACH: usize = 4 * 1024;

/// How much of the end of the input is always handed over.
const TAIL: usize = 2 * REACH;

/// Takes an input in pieces and keeps what can matter.
pub(crate) struct Scanner {
    signs: LazyCell<Signs>,
    buffer: Box<[u8]>,
    /// How much of the buffer is filled.
    filled: usize,
    /// Where the search for signs goes on.
    next: usize,
    /// Where the buffer stands in the input.
    offset: u64,
    excerpts: Excerpts,
}

impl Scanner {
    pub(crate) fn new() -> Self {
        Self {
            signs: LazyCell::new(Signs::of_the_rules),
            buffer: vec![0; WHOLE + TAIL].into_boxed_slice(),
            filled: 0,
            next: 0,
            offset: 0,
            excerpts: Excerpts::default(),
        }
    }

    /// Reads an input to its end and gives what the core has to read of it.
    pub(crate) fn read(mut self, mut source: impl Read) -> io::Result<String> {
        loop {
            match source.read(&mut self.buffer[self.filled..]) {
                Ok(0) => return Ok(self.finish()),
                Ok(count) => self.advance(count),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn advance(&mut self, count: usize) {
        self.filled += count;
        if self.filled == self.buffer.len() {
            self.search(self.filled - REACH);
            let from = self.filled - TAIL;
            self.buffer.copy_within(from.., 0);
            self.filled = TAIL;
            self.next -= from;
            self.offset += from as u64;
        }
    }

    /// Keeps the neighbourhood of each sign that begins before `end`.
    fn search(&mut self, end: usize) {
        let input = &self.buffer[..self.filled];
        while self.next < end {
            let Some(sign) = self.signs.find(input, self.next) else {
                self.next = end;
                return;
            };
            if sign.start >= end {
                self.next = end;
                return;
            }
            // Signs next to this one are kept with it.
            self.next = sign.end + REACH / 2;
            self.excerpts.keep(input, sign, REACH, self.offset);
        }
    }

    fn finish(mut self) -> String {
        if self.offset == 0 && self.filled <= WHOLE {
            return String::from_utf8_lossy(&self.buffer[..self.filled]).into_owned();
        }
        self.search(self.filled);
        let input = &self.buffer[..self.filled];
        self.excerpts
            .keep(input, self.filled..self.filled, TAIL, self.offset);
        self.excerpts.into_text()
    }
}
