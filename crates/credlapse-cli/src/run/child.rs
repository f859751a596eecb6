//! The command that is run: started, watched, signalled, reaped.

mod copy;
mod keyboard;
mod session;
mod signals;
mod stdin;
mod terminal;
mod twin;
mod wires;

use std::io::{self, PipeReader};
use std::os::fd::AsFd;
use std::process::{Command, Stdio};

use rustix::process::{self, Signal};

use super::end::{End, Ran};
use copy::Copy;
use keyboard::{Keyboard, Real};
use session::Report;
use signals::{Child, Signals};
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
            signals: Signals::start()?,
        })
    }

    /// Runs a command whose output is passed on and watched.
    pub(super) fn watch(&self, command: &mut Command) -> io::Result<Ran> {
        let wires = Wires::lay()?;
        let terminals = wires.channels.iter();
        let terminals = terminals.filter_map(|channel| channel.terminal.clone());
        let terminals = terminals.collect();
        let (child, session) = if wires.keyboard.is_some() {
            let (reports, report) = io::pipe()?;
            let mut leader = session::leader(command)?;
            leader
                .stdin(report)
                .stdout(wires.stdout)
                .stderr(wires.stderr);
            let child = self.signals.start_session(leader, &reports, terminals)?;
            (child, Some(reports))
        } else {
            command.stdout(wires.stdout).stderr(wires.stderr);
            let started = self.signals.start_child(command, terminals);
            // The ends that the command writes to must be its own alone: else they never close.
            command.stdout(Stdio::null()).stderr(Stdio::null());
            (started?, None)
        };
        let keyboard = wires.keyboard.map(Keyboard::start).transpose()?;
        let mut copies: Vec<Copy> = wires
            .channels
            .into_iter()
            .map(Copy::start)
            .collect::<io::Result<_>>()?;
        let end = match (&session, &keyboard) {
            (Some(reports), Some(keyboard)) => {
                let real = keyboard.real();
                self.signals.set_real(real.clone());
                self.wait_session(&child, reports, real, &mut copies)?
            }
            _ => self.wait(&child, &mut copies)?,
        };
        Ok(gather(end, keyboard.is_some(), copies))
    }

    /// Runs a command beside the one that is watched, a login: its output is none of that one's.
    pub(super) fn aside(&self, command: &mut Command) -> io::Result<End> {
        let stderr = io::stderr().as_fd().try_clone_to_owned()?;
        command.stdout(stderr);
        let child = self.signals.start_child(command, Vec::new())?;
        self.wait(&child, &mut [])
    }

    /// Waits for the end of a child of the same process group, and stops where it stops.
    fn wait(&self, child: &Child, copies: &mut [Copy]) -> io::Result<End> {
        while let Some(signal) = child.wait_for_stop()? {
            // A stop by the terminal is one of the whole job; any other is between its sender and the child.
            if matches!(signal, Signal::TSTP | Signal::TTIN | Signal::TTOU) {
                copies.iter_mut().for_each(Copy::settle);
                process::kill_process(process::getpid(), Signal::STOP)?;
                self.signals.resize_terminals();
            }
        }
        self.signals.reap(child)
    }

    /// Waits for the end of a command in a session of its own, and stops the job where it stops.
    fn wait_session(
        &self,
        child: &Child,
        reports: &PipeReader,
        real: &Real,
        copies: &mut [Copy],
    ) -> io::Result<End> {
        let end = loop {
            match Report::receive(reports) {
                Some(Report::Stopped) => {
                    copies.iter_mut().for_each(Copy::settle);
                    real.give_back();
                    if !is_orphaned() {
                        process::kill_current_process_group(Signal::STOP)?;
                    }
                    real.resume();
                    self.signals.resize_terminals();
                    child.go_on();
                }
                Some(Report::Exited(code)) => break Some(End::of_code(code)),
                Some(Report::Killed(signal)) => break Some(End::Killed(signal)),
                Some(Report::Started(_) | Report::Failed(_)) => {}
                None => break None,
            }
        };
        let leader = self.signals.reap(child)?;
        Ok(end.unwrap_or(leader))
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
    for copy in copies {
        let copied = copy.finish();
        ran.is_mid_line = copied.is_mid_line;
        ran.trouble = ran.trouble.or(copied.trouble);
        ran.seen.push(copied.scanner);
    }
    ran
}

/// Whether nobody is there who could let a stopped job go on; then the system does not stop it either.
fn is_orphaned() -> bool {
    let session = process::getsid(None);
    let parent = process::getppid().map(|parent| process::getsid(Some(parent)));
    session == Ok(process::getpgrp()) || parent != Some(session)
}
