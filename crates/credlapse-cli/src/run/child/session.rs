//! A session of the command's own, led by a process that waits for it.
//!
//! Where the command has a terminal to itself, it must be the one that the
//! terminal interrupts and stops, and `/dev/tty`. Only a process of the new
//! session can set that up, and only where its parent is one too can the
//! command be stopped: this program is started once more to be that parent.

use std::ffi::OsString;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, ioctl_tiocsctty, kill_process_group, setsid, waitid,
};
use rustix::termios::{tcgetpgrp, tcsetpgrp};

/// What the leader is called; what it is to run follows as its arguments.
const NAME: &str = "credlapse-session";

/// What the leader reports through its standard input, which it has no other use for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Report {
    Started(Pid),
    /// The command cannot be started, with the system's reason.
    Failed(i32),
    Stopped,
    Exited(i32),
    Killed(i32),
}

impl Report {
    fn send(self) -> io::Result<()> {
        let (tag, value) = match self {
            Self::Started(child) => (b'p', child.as_raw_nonzero().get()),
            Self::Failed(error) => (b'f', error),
            Self::Stopped => (b's', 0),
            Self::Exited(code) => (b'e', code),
            Self::Killed(signal) => (b'k', signal),
        };
        let [a, b, c, d] = value.to_le_bytes();
        // Less than a pipe takes at once.
        rustix::io::write(io::stdin(), &[tag, a, b, c, d])?;
        Ok(())
    }

    /// The next report; `None` if the leader died.
    pub(super) fn receive(mut reports: impl Read) -> Option<Self> {
        let mut report = [0; 5];
        reports.read_exact(&mut report).ok()?;
        let [tag, a, b, c, d] = report;
        let value = i32::from_le_bytes([a, b, c, d]);
        Some(match tag {
            b'p' => Self::Started(Pid::from_raw(value)?),
            b'f' => Self::Failed(value),
            b's' => Self::Stopped,
            b'e' => Self::Exited(value),
            _ => Self::Killed(value),
        })
    }
}

/// A command that leads a session in which `command` runs; its standard input takes the reports.
pub(super) fn leader(command: &Command) -> io::Result<Command> {
    let mut leader = Command::new(std::env::current_exe()?);
    leader
        .arg0(NAME)
        .arg(command.get_program())
        .args(command.get_args());
    Ok(leader)
}

/// Leads a session, if this process was started to do so.
pub(crate) fn lead() -> Option<io::Result<()>> {
    let mut words = std::env::args_os();
    if words.next()? != NAME {
        return None;
    }
    let program = words.next()?;
    Some(run(program, words))
}

fn run(program: OsString, arguments: impl Iterator<Item = OsString>) -> io::Result<()> {
    setsid()?;
    let stdout = io::stdout();
    ioctl_tiocsctty(&stdout)?;
    let terminal = stdout.as_fd().try_clone_to_owned()?;
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::from(terminal))
        .process_group(0)
        .spawn();
    let child = match started {
        Ok(child) => i32::try_from(child.id()).ok().and_then(Pid::from_raw),
        Err(error) => return Report::Failed(error.raw_os_error().unwrap_or(0)).send(),
    };
    let child = child.ok_or_else(|| io::Error::other("the process has no id"))?;
    tcsetpgrp(&stdout, child)?;
    Report::Started(child).send()?;
    loop {
        let options = WaitIdOptions::EXITED | WaitIdOptions::STOPPED;
        let status = match waitid(WaitId::Pid(child), options) {
            Ok(Some(status)) => status,
            Ok(None) | Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        };
        if let Some(code) = status.exit_status() {
            return Report::Exited(code).send();
        }
        if let Some(signal) = status.terminating_signal() {
            return Report::Killed(signal).send();
        }
        let signal = status.stopping_signal().and_then(Signal::from_named_raw);
        match signal {
            // It asked for the terminal before it was given to it.
            Some(Signal::TTIN | Signal::TTOU) if tcgetpgrp(&stdout) == Ok(child) => {
                kill_process_group(child, Signal::CONT)?;
            }
            Some(Signal::TSTP | Signal::TTIN | Signal::TTOU) => Report::Stopped.send()?,
            // Any other stop is between its sender and the command.
            _ => {}
        }
    }
}
