//! What stands between the command and this process's standard streams.
//!
//! A terminal stays a terminal and a pipe a pipe. Two streams that go to the
//! same place share one way there, so that their order is kept.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process::Stdio;
use std::sync::Arc;

use rustix::fs::fstat;

use super::terminal::{self, Newlines, Terminal};

/// What a pipe on the way holds at most: what Linux allows everybody.
pub(super) const PIPE_MAX: usize = 1024 * 1024;

/// A way from the command to one place.
pub(super) struct Channel {
    /// Where the output of the command comes out.
    pub(super) from: File,
    pub(super) to: OwnedFd,
    pub(super) terminal: Option<Arc<Terminal>>,
}

/// The ways of both streams.
pub(super) struct Wires {
    pub(super) stdout: Stdio,
    pub(super) stderr: Stdio,
    /// One or two; that of standard error is the last.
    pub(super) channels: Vec<Channel>,
    /// Where what is typed goes in, where the command has a terminal to itself.
    pub(super) keyboard: Option<OwnedFd>,
}

impl Wires {
    pub(super) fn lay() -> io::Result<Self> {
        let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
        let (stdin, stdout, stderr) = (stdin.as_fd(), stdout.as_fd(), stderr.as_fd());
        // In a pipeline the terminal belongs to others as well.
        let is_whole = stdin.is_terminal() && stdout.is_terminal() && is_same(stdin, stdout)?;
        let newlines = if is_whole {
            Newlines::ByInner
        } else {
            Newlines::ByOuter
        };
        let (channel, end) = Channel::open(stdout, newlines)?;
        let keyboard = if is_whole {
            Some(channel.from.try_clone()?.into())
        } else {
            None
        };
        if is_same(stdout, stderr)? {
            return Ok(Self {
                stdout: end.try_clone()?.into(),
                stderr: end.into(),
                channels: vec![channel],
                keyboard,
            });
        }
        let (error_channel, error_end) = Channel::open(stderr, Newlines::ByOuter)?;
        Ok(Self {
            stdout: end.into(),
            stderr: error_end.into(),
            channels: vec![channel, error_channel],
            keyboard,
        })
    }
}

impl Channel {
    /// A way to `to`, and the end for the command to write to.
    fn open(to: BorrowedFd<'_>, newlines: Newlines) -> io::Result<(Self, OwnedFd)> {
        let (from, end, terminal) = if to.is_terminal() {
            let (from, end) = terminal::open_like(to, newlines)?;
            let terminal = Terminal::new(to.try_clone_to_owned()?, from.try_clone()?);
            (from, end, Some(Arc::new(terminal)))
        } else {
            let (from, end) = io::pipe()?;
            (from.into(), end.into(), None)
        };
        let channel = Self {
            from: from.into(),
            to: to.try_clone_to_owned()?,
            terminal,
        };
        Ok((channel, end))
    }
}

/// Lets both ends of a pipe take turns less often; any size will do.
#[cfg(target_os = "linux")]
pub(super) fn enlarge(pipe: impl AsFd) {
    use rustix::pipe::{fcntl_getpipe_size, fcntl_setpipe_size};

    if fcntl_getpipe_size(&pipe).is_ok_and(|size| size < PIPE_MAX) {
        let _ = fcntl_setpipe_size(&pipe, PIPE_MAX);
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn enlarge(_pipe: impl AsFd) {}

/// Whether two descriptors lead to the same file, pipe or terminal.
fn is_same(one: BorrowedFd<'_>, other: BorrowedFd<'_>) -> io::Result<bool> {
    let (one, other) = (fstat(one)?, fstat(other)?);
    Ok((one.st_dev, one.st_ino) == (other.st_dev, other.st_ino))
}
