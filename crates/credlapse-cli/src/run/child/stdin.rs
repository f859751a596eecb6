//! Whether standard input can be given to a command a second time.

use std::io;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FileType, SeekFrom, fstat, seek};
use rustix::io::ioctl_fionread;

/// Standard input as it was before the first run.
#[derive(Clone, Copy, Debug)]
pub(in crate::run) enum Stdin {
    /// A terminal, `/dev/null`, or something without content.
    Unchanged,
    /// A file that was read from here on.
    File(u64),
    /// What was read is gone, and nobody knows whether it was.
    Gone,
}

impl Stdin {
    pub(in crate::run) fn now() -> Self {
        let stdin = io::stdin();
        let Ok(stat) = fstat(&stdin) else {
            return Self::Unchanged;
        };
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile | FileType::BlockDevice => {
                seek(&stdin, SeekFrom::Current(0)).map_or(Self::Gone, Self::File)
            }
            FileType::Fifo | FileType::Socket => {
                let mut closed = [PollFd::new(&stdin, PollFlags::IN)];
                let now = Timespec::default();
                let is_closed = poll(&mut closed, Some(&now)).is_ok()
                    && closed[0].revents().contains(PollFlags::HUP);
                match ioctl_fionread(&stdin) {
                    Ok(0) if is_closed => Self::Unchanged,
                    _ => Self::Gone,
                }
            }
            _ => Self::Unchanged,
        }
    }

    /// Makes it what it was; false where that cannot be done.
    pub(in crate::run) fn restore(self) -> bool {
        match self {
            Self::Unchanged => true,
            Self::File(offset) => seek(io::stdin(), SeekFrom::Start(offset)).is_ok(),
            Self::Gone => false,
        }
    }
}
