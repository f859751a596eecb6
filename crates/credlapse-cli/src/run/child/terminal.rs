//! A terminal of the command's own, of the size of the real one.

use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::sync::Mutex;

use rustix::fs::{Mode, OFlags, open};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Signal, getpgrp, kill_process_group};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{
    OptionalActions, OutputModes, Winsize, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr,
    tcsetwinsize,
};

/// Who makes a new line of a line feed; both would be once too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Newlines {
    ByInner,
    ByOuter,
}

/// Opens a terminal with the modes and the size of `outer`: where its output comes out, and itself.
pub(super) fn open_like(
    outer: BorrowedFd<'_>,
    newlines: Newlines,
) -> io::Result<(OwnedFd, OwnedFd)> {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    // Not every system can be told so while it opens it.
    fcntl_setfd(&controller, FdFlags::CLOEXEC)?;
    grantpt(&controller)?;
    unlockpt(&controller)?;
    let name = ptsname(&controller, Vec::new())?;
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let inner = open(&*name, flags, Mode::empty())?;
    // In the background they are those of the shell that edits its next line.
    let is_ours = tcgetpgrp(outer) == Ok(getpgrp());
    let mut modes = if is_ours {
        tcgetattr(outer)?
    } else {
        tcgetattr(&inner)?
    };
    if newlines == Newlines::ByOuter {
        modes.output_modes.remove(OutputModes::OPOST);
    }
    tcsetattr(&inner, OptionalActions::Now, &modes)?;
    tcsetwinsize(&inner, tcgetwinsize(outer)?)?;
    Ok((controller, inner))
}

/// Both terminals, kept at the same size.
pub(super) struct Terminal {
    outer: OwnedFd,
    /// The end of [`open_like`] where the output comes out.
    inner: OwnedFd,
    size: Mutex<Option<Winsize>>,
}

impl Terminal {
    pub(super) fn new(outer: OwnedFd, inner: OwnedFd) -> Self {
        let size = Mutex::new(tcgetwinsize(&outer).ok());
        Self { outer, inner, size }
    }

    /// Carries a new size to the command.
    ///
    /// Failures are let pass: a terminal that has gone away tells so itself.
    pub(super) fn resize(&self) {
        let (Ok(mut known), Ok(size)) = (self.size.lock(), tcgetwinsize(&self.outer)) else {
            return;
        };
        if known.is_some_and(|known| is_same(known, size)) {
            return;
        }
        *known = Some(size);
        let _ = tcsetwinsize(&self.inner, size);
        // Whoever was told by the real terminal has asked for the size too early.
        if let Ok(group) = tcgetpgrp(&self.outer) {
            let _ = kill_process_group(group, Signal::WINCH);
        }
    }
}

const fn is_same(one: Winsize, other: Winsize) -> bool {
    one.ws_row == other.ws_row
        && one.ws_col == other.ws_col
        && one.ws_xpixel == other.ws_xpixel
        && one.ws_ypixel == other.ws_ypixel
}
