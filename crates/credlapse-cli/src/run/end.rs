//! What became of a command.

use std::io;

use crate::scan::Scanner;
use crate::status::Status;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Exited(u8),
    Killed(i32),
}

impl End {
    pub(super) const SUCCESS: Self = Self::Exited(0);

    /// The exit status that a shell makes of it.
    pub(super) fn status(self) -> Status {
        match self {
            Self::Exited(status) => Status(status),
            Self::Killed(signal) => {
                Status(u8::try_from(signal).map_or(255, |n| n.wrapping_add(128)))
            }
        }
    }
}

impl End {
    /// Dies of Ctrl-C if the command did, as shells do: a script around both stops then as well.
    pub(super) fn repeat_interrupt(self) {
        #[cfg(unix)]
        if self == Self::Killed(signal_hook::consts::SIGINT) {
            let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGINT);
        }
    }
}

/// A command that ended, and what was seen of it.
pub(super) struct Ran {
    pub(super) end: End,
    /// What it printed: standard error last, alone where both are one.
    pub(super) seen: Vec<Scanner>,
    /// Whether the last line on standard error has no end.
    pub(super) is_mid_line: bool,
    /// Why some of its output could not be passed on.
    pub(super) trouble: Option<io::Error>,
}
