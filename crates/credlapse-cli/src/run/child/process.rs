//! A process that was started: the command, or what leads a session for it.

use std::io::{self, PipeReader};
use std::os::fd::{AsFd, BorrowedFd};
use std::process::Command;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, WaitIdStatus};
use rustix::process::{kill_process_group, waitid};
use signal_hook::consts::signal;

use super::session::Report;
use crate::run::end::End;

/// A child of this process, and the command: itself, or the one that it leads a session for.
pub(super) struct Process {
    child: Pid,
    pub(super) command: Pid,
    /// Where the leader of a session tells of its command.
    reports: Option<PipeReader>,
}

/// What became of a command since it was last looked at.
pub(super) enum News {
    Nothing,
    /// It was stopped by the terminal, as the whole job has to be.
    Stopped,
    /// It ended: how, where its leader has reported that.
    Ended(Option<End>),
}

impl Process {
    /// Starts a command of the same process group.
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        let child = spawn(command)?;
        Ok(Self {
            child,
            command: child,
            reports: None,
        })
    }

    /// Starts the leader of a session, and waits until its command has started.
    pub(super) fn start_session(mut leader: Command, reports: PipeReader) -> io::Result<Self> {
        let child = spawn(&mut leader)?;
        // Its end of the pipe must be its own alone: else the end of it would not show.
        drop(leader);
        let error = match Report::receive(&reports) {
            Some(Report::Started(command)) => {
                return Ok(Self {
                    child,
                    command,
                    reports: Some(reports),
                });
            }
            Some(Report::Failed(error)) => io::Error::from_raw_os_error(error),
            _ => io::Error::other("it cannot be given a terminal"),
        };
        wait_id(child, WaitIdOptions::EXITED)?;
        Err(error)
    }

    /// What tells of news beside a signal, where the command has a session of its own.
    pub(super) fn reports(&self) -> Option<BorrowedFd<'_>> {
        self.reports.as_ref().map(AsFd::as_fd)
    }

    /// Looks for news, without waiting.
    pub(super) fn news(&self) -> io::Result<News> {
        if let Some(reports) = &self.reports {
            return reported(reports);
        }
        let now = WaitIdOptions::NOHANG;
        let both = WaitIdOptions::EXITED | WaitIdOptions::STOPPED;
        let Some(status) = wait_id(self.child, both | now | WaitIdOptions::NOWAIT)? else {
            return Ok(News::Nothing);
        };
        if !status.stopped() {
            return Ok(News::Ended(None));
        }
        // The event is taken away, else it would be seen again.
        wait_id(self.child, WaitIdOptions::STOPPED | now)?;
        Ok(match status.stopping_signal() {
            Some(signal::SIGTSTP | signal::SIGTTIN | signal::SIGTTOU) => News::Stopped,
            // Any other stop is between its sender and the command.
            _ => News::Nothing,
        })
    }

    /// Lets the command go on.
    pub(super) fn go_on(&self) {
        let _ = kill_process_group(self.command, Signal::CONT);
    }

    /// Takes a child that has ended out of the process table.
    pub(super) fn reap(&self) -> io::Result<End> {
        let status = wait_id(self.child, WaitIdOptions::EXITED)?;
        let signal = status.as_ref().and_then(WaitIdStatus::terminating_signal);
        let code = status.as_ref().and_then(WaitIdStatus::exit_status);
        Ok(signal.map_or_else(|| End::of_code(code.unwrap_or(1)), End::Killed))
    }
}

/// What the leader of a session has reported.
fn reported(reports: &PipeReader) -> io::Result<News> {
    let mut ready = [PollFd::new(reports, PollFlags::IN)];
    if retry_on_intr(|| poll(&mut ready, Some(&Timespec::default())))? == 0 {
        return Ok(News::Nothing);
    }
    Ok(match Report::receive(reports) {
        Some(Report::Stopped) => News::Stopped,
        Some(Report::Exited(code)) => News::Ended(Some(End::of_code(code))),
        Some(Report::Killed(signal)) => News::Ended(Some(End::Killed(signal))),
        Some(Report::Started(_) | Report::Failed(_)) => News::Nothing,
        None => News::Ended(None),
    })
}

fn spawn(command: &mut Command) -> io::Result<Pid> {
    let child = command.spawn()?;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    pid.ok_or_else(|| io::Error::other("the process has no id"))
}

fn wait_id(child: Pid, options: WaitIdOptions) -> io::Result<Option<WaitIdStatus>> {
    Ok(retry_on_intr(|| waitid(WaitId::Pid(child), options))?)
}
