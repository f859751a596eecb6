//! The search on a thread of its own, so that reading goes on.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::buffer;
use super::search::Search;

/// Two buffers take turns: one is searched while the other is filled.
pub(super) struct Beside {
    thread: Option<JoinHandle<Search>>,
    full: Sender<Box<[u8]>>,
    spare: Receiver<Box<[u8]>>,
    /// What does the work where no thread can be had.
    here: Option<(Search, Sender<Box<[u8]>>)>,
}

impl Beside {
    pub(super) fn start() -> Self {
        let (full, work) = channel::<Box<[u8]>>();
        let (done, spare) = channel();
        let _ = done.send(buffer());
        let back = done.clone();
        let thread = thread::Builder::new()
            .stack_size(256 * 1024)
            .spawn(move || {
                let mut search = Search::new();
                for buffer in work {
                    search.search(&buffer);
                    // Nobody fills it again after the last one.
                    let _ = back.send(buffer);
                }
                search
            })
            .ok();
        let here = thread.is_none().then(|| (Search::new(), done));
        Self {
            thread,
            full,
            spare,
            here,
        }
    }

    /// A buffer to fill; waits until the search is done with one, so that nothing is left out.
    pub(super) fn spare(&self) -> Box<[u8]> {
        // Without the thread there is no other buffer, and its panic is told in the end.
        self.spare.recv().unwrap_or_else(|_| buffer())
    }

    pub(super) fn search(&mut self, full: Box<[u8]>) {
        match &mut self.here {
            Some((search, done)) => {
                search.search(&full);
                let _ = done.send(full);
            }
            None => drop(self.full.send(full)),
        }
    }

    /// The search when all is searched.
    pub(super) fn finish(self) -> Search {
        drop(self.full);
        match (self.thread.map(JoinHandle::join), self.here) {
            (Some(Ok(search)), _) | (None, Some((search, _))) => search,
            (Some(Err(panic)), _) => std::panic::resume_unwind(panic),
            (None, None) => Search::new(),
        }
    }
}
