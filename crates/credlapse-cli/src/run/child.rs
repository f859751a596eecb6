//! The command that is run: started, watched, signalled, reaped.

mod copy;
mod signals;
mod stdin;
mod terminal;
mod wires;

use std::io;
use std::process::{Command, Stdio};

use rustix::process::{self, Pid, Signal, WaitId, WaitIdOptions, WaitIdStatus};

use super::end::{End, Ran};
use copy::Copy;
use signals::Signals;
use wires::Wires;

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
        command.stdout(wires.stdout).stderr(wires.stderr);
        let terminals = wires.channels.iter().filter_map(|channel| {
            let terminal = channel.terminal.as_ref()?;
            Some(terminal.clone())
        });
        let started = self.signals.start_child(command, terminals.collect());
        // The ends that the command writes to must be its own alone: else they never close.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let child = started?;

        let mut copies: Vec<Copy> = wires
            .channels
            .into_iter()
            .map(Copy::start)
            .collect::<io::Result<_>>()?;
        let end = self.wait(child, &mut copies)?;
        let mut ran = Ran {
            end,
            seen: Vec::new(),
            is_mid_line: false,
            trouble: None,
        };
        for copy in copies {
            let copied = copy.finish();
            ran.is_mid_line = copied.is_mid_line;
            ran.trouble = ran.trouble.or(copied.trouble);
            ran.seen.push(copied.scanner);
        }
        Ok(ran)
    }

    /// Runs a command beside the one that is watched, a login: its output is none of that one's.
    pub(super) fn aside(&self, command: &mut Command) -> io::Result<End> {
        use std::os::fd::AsFd;

        let stderr = io::stderr().as_fd().try_clone_to_owned()?;
        command.stdout(stderr);
        let child = self.signals.start_child(command, Vec::new())?;
        self.wait(child, &mut [])
    }

    /// Waits for the end of a child, and stops where it stops.
    fn wait(&self, child: Pid, copies: &mut [Copy]) -> io::Result<End> {
        loop {
            let status = wait_id(child, WaitIdOptions::EXITED | WaitIdOptions::STOPPED)?;
            if !status.stopped() {
                return self.signals.reap_child(child);
            }
            // The event is taken away, else it would be seen again.
            wait_id(child, WaitIdOptions::STOPPED)?;
            // A stop by the terminal is one of the whole job; any other is between its sender and the child.
            if matches!(
                status.stopping_signal().and_then(Signal::from_named_raw),
                Some(Signal::TSTP | Signal::TTIN | Signal::TTOU)
            ) {
                for copy in copies.iter_mut() {
                    copy.settle();
                }
                process::kill_process(process::getpid(), Signal::STOP)?;
                self.signals.resize_terminals();
            }
        }
    }
}

/// What a child came to, or came to a stop for; without `STOPPED` alone it stays to be reaped.
fn wait_id(child: Pid, options: WaitIdOptions) -> io::Result<WaitIdStatus> {
    let options = if options == WaitIdOptions::STOPPED {
        options
    } else {
        options | WaitIdOptions::NOWAIT
    };
    loop {
        match process::waitid(WaitId::Pid(child), options) {
            Ok(Some(status)) => return Ok(status),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
