//! What stands between the command and this process's standard output and error.
//!
//! A terminal stays a terminal and a pipe a pipe. Two streams that go to the
//! same place share one way there, so that their order is kept.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process::Stdio;
use std::sync::Arc;

use rustix::fs::fstat;

use super::terminal::{self, Terminal};

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
}

impl Wires {
    pub(super) fn lay() -> io::Result<Self> {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let (stdout, stderr) = (stdout.as_fd(), stderr.as_fd());
        let (error_channel, error_end) = Channel::open(stderr)?;
        if is_same(stdout, stderr)? {
            return Ok(Self {
                stdout: error_end.try_clone()?.into(),
                stderr: error_end.into(),
                channels: vec![error_channel],
            });
        }
        let (channel, end) = Channel::open(stdout)?;
        Ok(Self {
            stdout: end.into(),
            stderr: error_end.into(),
            channels: vec![channel, error_channel],
        })
    }
}

impl Channel {
    /// A way to `to`, and the end for the command to write to.
    fn open(to: BorrowedFd<'_>) -> io::Result<(Self, OwnedFd)> {
        if to.is_terminal() {
            let (from, end) = terminal::open_like(to)?;
            let terminal = Terminal::new(to.try_clone_to_owned()?, from.try_clone()?);
            let channel = Self {
                from: from.into(),
                to: to.try_clone_to_owned()?,
                terminal: Some(Arc::new(terminal)),
            };
            return Ok((channel, end));
        }
        let (from, end) = io::pipe()?;
        let channel = Self {
            from: OwnedFd::from(from).into(),
            to: to.try_clone_to_owned()?,
            terminal: None,
        };
        Ok((channel, end.into()))
    }
}

/// Whether two descriptors lead to the same file, pipe or terminal.
fn is_same(one: BorrowedFd<'_>, other: BorrowedFd<'_>) -> io::Result<bool> {
    let (one, other) = (fstat(one)?, fstat(other)?);
    Ok((one.st_dev, one.st_ino) == (other.st_dev, other.st_ino))
}
