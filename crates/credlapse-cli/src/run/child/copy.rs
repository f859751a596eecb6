//! One stream on its way: passed on at once, and looked at.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};

use super::twin::{Twin, twin};
use super::wires::{Channel, PIPE_MAX, enlarge};
use crate::scan::Scanner;

/// More than a pipe or a terminal holds: what a command that has ended can have left in it.
const LEFT_MAX: usize = 2 * PIPE_MAX;

/// An output that is worth larger pipes: all pipes of a user together have a limit.
const LARGE: usize = 256 * 1024;

/// How long a stop waits for a terminal that takes no output.
const SETTLE_MAX: Duration = Duration::from_millis(500);

/// A stream of a command; nothing where no thread could be had for it.
pub(super) struct Copy(Option<Stage>);

/// How far a stream is.
enum Stage {
    /// Nothing was printed: most streams stay so, and a thread costs time.
    Silent(Channel),
    Passing(Thread),
    Copied(Box<Copied>),
}

/// Passes on a stream; it may have to wait for a slow reader.
struct Thread {
    handle: JoinHandle<Copied>,
    /// A byte asks whether all is passed on; the end says that the command has ended.
    order: PipeWriter,
    settled: Receiver<()>,
}

/// The other ends of what a [`Thread`] is asked by.
struct Orders {
    order: PipeReader,
    settle: Sender<()>,
}

/// A stream that was copied.
pub(super) struct Copied {
    pub(super) scanner: Scanner,
    pub(super) is_mid_line: bool,
    pub(super) trouble: Option<io::Error>,
}

impl Copy {
    pub(super) const fn new(channel: Channel) -> Self {
        Self(Some(Stage::Silent(channel)))
    }

    /// Where something will show.
    pub(super) fn silent(&self) -> Option<BorrowedFd<'_>> {
        match &self.0 {
            Some(Stage::Silent(channel)) => Some(channel.from.as_fd()),
            _ => None,
        }
    }

    /// Takes what shows where it is silent: output, or its end.
    pub(super) fn break_silence(&mut self, shown: PollFlags) -> io::Result<()> {
        if shown.is_empty() {
            return Ok(());
        }
        self.0 = match self.0.take() {
            Some(Stage::Silent(channel)) if shown.contains(PollFlags::IN) => {
                Some(Stage::Passing(Thread::start(channel)?))
            }
            Some(Stage::Silent(channel)) => Some(Stage::Copied(Box::new(copy(channel, None)))),
            stage => stage,
        };
        Ok(())
    }

    /// Waits until all that was printed is passed on.
    pub(super) fn settle(&mut self) {
        if let Some(Stage::Passing(thread)) = &mut self.0 {
            // An answer that came too late is not one to this question.
            while thread.settled.try_recv().is_ok() {}
            if thread.order.write_all(b".").is_ok() {
                let _ = thread.settled.recv_timeout(SETTLE_MAX);
            }
        }
    }

    /// Passes on what the command left, without waiting for processes that it left behind.
    pub(super) fn finish(self) -> Option<Copied> {
        Some(match self.0? {
            Stage::Silent(channel) => copy(channel, None),
            Stage::Passing(thread) => thread.finish(),
            Stage::Copied(copied) => *copied,
        })
    }
}

impl Thread {
    fn start(channel: Channel) -> io::Result<Self> {
        let (orders, order) = io::pipe()?;
        let (settle, settled) = mpsc::channel();
        let orders = Orders {
            order: orders,
            settle,
        };
        let handle = thread::Builder::new()
            .stack_size(256 * 1024)
            .spawn(move || copy(channel, Some(orders)))?;
        Ok(Self {
            handle,
            order,
            settled,
        })
    }

    fn finish(self) -> Copied {
        drop(self.order);
        match self.handle.join() {
            Ok(copied) => copied,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// Copies a stream to its end; without orders, what a command that has ended left in it.
fn copy(channel: Channel, orders: Option<Orders>) -> Copied {
    let mut copied = Copied {
        scanner: Scanner::new(),
        is_mid_line: false,
        trouble: None,
    };
    match channel.pass_on(orders, &mut copied) {
        Ok(Ended::Closed) => {}
        Ok(Ended::LeftOpen) => channel.leave(),
        // Whoever reads has seen enough: the command is told by the end of its pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => copied.trouble = Some(error),
    }
    copied
}

/// Why there is no more to copy.
enum Ended {
    /// Nobody can write any more.
    Closed,
    /// The command has ended, and left a process behind that can still write.
    LeftOpen,
}

impl Channel {
    fn pass_on(&self, mut orders: Option<Orders>, copied: &mut Copied) -> io::Result<Ended> {
        // How much a command that has ended can have left, at most.
        let mut left = LEFT_MAX;
        let mut has_twin = self.terminal.is_none();
        let mut passed: usize = 0;
        loop {
            let (has_output, order) = self.wait(orders.as_ref())?;
            if orders.is_none() && (left == 0 || !has_output) {
                return Ok(Ended::LeftOpen);
            }
            if has_output {
                let Some(count) = self.pass(&mut has_twin, copied)? else {
                    return Ok(Ended::Closed);
                };
                if orders.is_none() {
                    left = left.saturating_sub(count);
                }
                if (passed..passed.saturating_add(count)).contains(&LARGE) {
                    enlarge(&self.from);
                    enlarge(&self.to);
                }
                passed = passed.saturating_add(count);
            }
            let is_over = match &mut orders {
                // Who asked by then does not wait for it any more.
                _ if order.contains(PollFlags::HUP) => true,
                Some(orders) if order.contains(PollFlags::IN) && !has_output => {
                    // All at once: they ask the same.
                    let count = orders.order.read(&mut [0; 64])?;
                    let _ = orders.settle.send(());
                    count == 0
                }
                _ => false,
            };
            if is_over {
                orders = None;
            }
        }
    }

    /// Passes on what is there, and looks at it: how much, `None` at the end.
    fn pass(&self, has_twin: &mut bool, copied: &mut Copied) -> io::Result<Option<usize>> {
        if *has_twin {
            match twin(&self.from, &self.to) {
                Ok(Twin::Passed(0)) => return Ok(None),
                Ok(Twin::Passed(count)) => return self.look(count, copied),
                Ok(Twin::NoRoom) => {
                    wait_for_room(&self.to)?;
                    return Ok(Some(0));
                }
                Ok(Twin::Impossible) => *has_twin = false,
                Err(error) => return Err(error.into()),
            }
        }
        let piece = match copied.scanner.fill(&self.from) {
            Ok(piece) => piece,
            // So Linux says that nobody has the terminal open any more.
            Err(error) if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => &[],
            Err(error) => return Err(error),
        };
        let Some(last) = piece.last() else {
            return Ok(None);
        };
        copied.is_mid_line = *last != b'\n';
        match (write_all(&self.to, piece), &self.terminal) {
            (Ok(()), Some(terminal)) => terminal.resize(),
            // A terminal that has gone away takes everything and shows nothing.
            (Ok(()), None) | (Err(_), Some(_)) => {}
            (Err(error), None) => return Err(error),
        }
        Ok(Some(piece.len()))
    }

    /// Takes out and looks at what was passed on without being taken out.
    fn look(&self, count: usize, copied: &mut Copied) -> io::Result<Option<usize>> {
        let mut left = count;
        while left > 0 {
            let piece = copied.scanner.fill((&self.from).take(left as u64))?;
            let Some(last) = piece.last() else {
                return Ok(None);
            };
            copied.is_mid_line = *last != b'\n';
            left -= piece.len();
        }
        Ok(Some(count))
    }

    /// Waits for output or for an order; only looks where none can come any more.
    fn wait(&self, orders: Option<&Orders>) -> io::Result<(bool, PollFlags)> {
        let output = PollFd::new(&self.from, PollFlags::IN);
        let Some(orders) = orders else {
            let mut output = [output];
            retry_on_intr(|| poll(&mut output, Some(&Timespec::default())))?;
            return Ok((!output[0].revents().is_empty(), PollFlags::empty()));
        };
        let mut both = [output, PollFd::new(&orders.order, PollFlags::IN)];
        retry_on_intr(|| poll(&mut both, None))?;
        let [output, order] = both.map(|fd| fd.revents());
        Ok((!output.is_empty(), order))
    }

    /// Leaves the rest to a process of its own, as if nobody had stood in between.
    fn leave(self) {
        // Where there is no `cat`, the processes left behind find their output closed.
        let _ = Command::new("cat")
            .stdin(self.from)
            .stdout(self.to)
            .stderr(Stdio::null())
            .spawn();
    }
}

/// Writes all of it, also where whoever shares the place made it non-blocking.
fn write_all(to: &OwnedFd, mut piece: &[u8]) -> io::Result<()> {
    while !piece.is_empty() {
        match retry_on_intr(|| rustix::io::write(to, piece)) {
            Ok(count) => piece = &piece[count..],
            Err(Errno::AGAIN) => wait_for_room(to)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn wait_for_room(to: &OwnedFd) -> io::Result<()> {
    let mut room = [PollFd::new(to, PollFlags::OUT)];
    retry_on_intr(|| poll(&mut room, None))?;
    Ok(())
}
