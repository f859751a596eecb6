//! The search for signs, buffer after buffer.

use super::excerpts::Excerpts;
use super::signs::Signs;
use super::{REACH, TAIL};

/// How far the search is, and what it kept.
pub(super) struct Search {
    signs: Signs,
    /// Where in the buffer it goes on.
    next: usize,
    /// Where the buffer stands in the input.
    offset: u64,
    excerpts: Excerpts,
}

impl Search {
    pub(super) fn new() -> Self {
        Self {
            signs: Signs::of_the_rules(),
            next: 0,
            offset: 0,
            excerpts: Excerpts::default(),
        }
    }

    /// Searches a buffer whose end, [`TAIL`] bytes, is the beginning of the next one.
    pub(super) fn search(&mut self, buffer: &[u8]) {
        self.search_to(buffer, buffer.len() - REACH);
        let gone = buffer.len() - TAIL;
        self.next -= gone;
        self.offset += gone as u64;
    }

    /// Searches the last buffer, and gives what was kept and the end.
    pub(super) fn finish(mut self, buffer: &[u8]) -> String {
        self.search_to(buffer, buffer.len());
        let end = buffer.len()..buffer.len();
        self.excerpts.keep(buffer, end, TAIL, self.offset);
        self.excerpts.into_text()
    }

    /// Keeps the neighbourhood of each sign that begins before `end`.
    fn search_to(&mut self, buffer: &[u8], end: usize) {
        while self.next < end {
            let Some(sign) = self.signs.find(buffer, self.next) else {
                self.next = end;
                return;
            };
            if sign.start >= end {
                self.next = end;
                return;
            }
            // Signs next to this one are kept with it.
            self.next = sign.end + REACH / 2;
            self.excerpts.keep(buffer, sign, REACH, self.offset);
        }
    }
}
