//! The command that is run: started, watched, signalled, reaped.

mod copy;
mod keyboard;
mod process;
mod session;
mod signals;
mod stdin;
mod terminal;
mod twin;
mod wires;

use std::io;
use std::iter;
use std::os::fd::AsFd;
use std::process::{Command, Stdio};
use std::sync::Arc;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use rustix::process::{
    Signal, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process,
};

use super::end::{End, Ran};
use copy::Copy;
use keyboard::{Keyboard, Real};
use process::{News, Process};
use signals::Signals;
use wires::Wires;

pub(crate) use session::lead;
pub(super) use stdin::Stdin;

/// Runs commands and stands for them: what is sent to this process reaches them.
pub(super) struct Runner {
    signals: Signals,
}

impl Runner {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            signals: Signals::hear()?,
        })
    }

    /// Runs a command whose output is passed on and watched.
    pub(super) fn watch(&mut self, command: &mut Command) -> io::Result<Ran> {
        let wires = Wires::lay()?;
        let terminals = wires.channels.iter();
        let terminals = terminals.filter_map(|channel| channel.terminal.clone());
        let terminals = terminals.collect();
        let process = if wires.keyboard.is_some() {
            let (reports, report) = io::pipe()?;
            let mut leader = session::leader(command)?;
            leader
                .stdin(report)
                .stdout(wires.stdout)
                .stderr(wires.stderr);
            self.signals
                .start(terminals, || Process::start_session(leader, reports))?
        } else {
            command.stdout(wires.stdout).stderr(wires.stderr);
            let started = self.signals.start(terminals, || Process::start(command));
            // The ends that the command writes to must be its own alone: else they never close.
            command.stdout(Stdio::null()).stderr(Stdio::null());
            started?
        };
        let keyboard = wires.keyboard.map(Keyboard::start).transpose()?;
        let real = keyboard.as_ref().map(Keyboard::real);
        if let Some(real) = real {
            self.signals.set_real(real.clone());
        }
        let mut copies: Vec<Copy> = wires.channels.into_iter().map(Copy::new).collect();
        let end = self.wait(&process, real, &mut copies)?;
        Ok(gather(end, keyboard.is_some(), copies))
    }

    /// Runs a command beside the one that is watched, a login: its output is none of that one's.
    pub(super) fn aside(&mut self, command: &mut Command) -> io::Result<End> {
        let stderr = io::stderr().as_fd().try_clone_to_owned()?;
        command.stdout(stderr);
        let process = self.signals.start(Vec::new(), || Process::start(command))?;
        self.wait(&process, None, &mut [])
    }

    /// Waits for the end of a command, and stops where it stops.
    fn wait(
        &mut self,
        process: &Process,
        real: Option<&Arc<Real>>,
        copies: &mut [Copy],
    ) -> io::Result<End> {
        loop {
            self.signals.forward();
            match process.news()? {
                News::Nothing => {}
                News::Stopped => {
                    // What it printed last may not have been seen yet.
                    self.listen(process, Some(&Timespec::default()), copies)?;
                    copies.iter_mut().for_each(Copy::settle);
                    // Whoever lets it go on by then does not do so again.
                    if !self.signals.forward() {
                        self.stop(process, real)?;
                    }
                }
                News::Ended(end) => {
                    let own = self.signals.reap(process)?;
                    return Ok(end.unwrap_or(own));
                }
            }
            self.listen(process, self.signals.patience(), copies)?;
        }
    }

    /// Waits until there is news, or the first output of a stream.
    fn listen(
        &self,
        process: &Process,
        timeout: Option<&Timespec>,
        copies: &mut [Copy],
    ) -> io::Result<()> {
        let silent = copies.iter().filter_map(Copy::silent);
        let others = iter::once(self.signals.arrival()).chain(process.reports());
        let mut watched: Vec<_> = silent
            .chain(others)
            .map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN))
            .collect();
        retry_on_intr(|| poll(&mut watched, timeout))?;
        let shown: Vec<_> = watched.iter().map(PollFd::revents).collect();
        let silent = copies.iter_mut().filter(|copy| copy.silent().is_some());
        for (copy, shown) in silent.zip(shown) {
            copy.break_silence(shown)?;
        }
        Ok(())
    }

    /// Stops as the command has, and lets it go on when this process goes on.
    fn stop(&self, process: &Process, real: Option<&Arc<Real>>) -> io::Result<()> {
        let Some(real) = real else {
            kill_process(getpid(), Signal::STOP)?;
            self.signals.resize_terminals();
            return Ok(());
        };
        real.give_back();
        if !is_orphaned() {
            kill_current_process_group(Signal::STOP)?;
        }
        real.resume();
        self.signals.resize_terminals();
        process.go_on();
        Ok(())
    }
}

/// What was seen of a command, once all that it printed is passed on.
fn gather(end: End, had_terminal: bool, copies: Vec<Copy>) -> Ran {
    let mut ran = Ran {
        end,
        seen: Vec::new(),
        is_mid_line: false,
        trouble: None,
        had_terminal,
    };
    for copied in copies.into_iter().filter_map(Copy::finish) {
        ran.is_mid_line = copied.is_mid_line;
        ran.trouble = ran.trouble.or(copied.trouble);
        ran.seen.push(copied.scanner);
    }
    ran
}

/// Whether nobody is there who could let a stopped job go on; then the system does not stop it either.
fn is_orphaned() -> bool {
    let session = getsid(None);
    let parent = getppid().map(|parent| getsid(Some(parent)));
    session == Ok(getpgrp()) || parent != Some(session)
}
