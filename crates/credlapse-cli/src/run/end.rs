//! What became of a command.

use std::io;

use crate::scan::Scanner;
use crate::status::Status;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Exited(u8),
    #[cfg_attr(
        not(unix),
        expect(dead_code, reason = "only Unix has signals that kill")
    )]
    Killed(i32),
}

impl End {
    pub(super) const SUCCESS: Self = Self::Exited(0);

    /// The end of a process with this exit code.
    pub(super) fn of_code(code: i32) -> Self {
        Self::Exited(u8::try_from(code).unwrap_or(1))
    }

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

/// A command that ended, and what was seen of it.
pub(super) struct Ran {
    pub(super) end: End,
    /// What it printed: standard error last, alone where both are one.
    pub(super) seen: Vec<Scanner>,
    /// Whether the last line on standard error has no end.
    pub(super) is_mid_line: bool,
    /// Why some of its output could not be passed on.
    pub(super) trouble: Option<io::Error>,
    /// Whether it had a terminal to itself: what was pressed there reached nobody else.
    #[cfg(unix)]
    pub(super) had_terminal: bool,
}

impl Ran {
    /// Dies of Ctrl-C if the command did, so that a script around both stops as well.
    #[cfg(unix)]
    pub(super) fn repeat_interrupt(&self) {
        use rustix::process::{Signal, kill_current_process_group};
        use signal_hook::{consts::SIGINT, low_level::emulate_default_handler};

        if self.end == End::Killed(SIGINT) {
            if self.had_terminal {
                let _ = kill_current_process_group(Signal::INT);
            }
            let _ = emulate_default_handler(SIGINT);
        }
    }
}
