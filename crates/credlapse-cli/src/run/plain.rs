//! The command that is run, where there are no Unix terminals and signals.
//!
//! Both streams are pipes. Ctrl-C reaches the command by itself.

use std::io::{self, IsTerminal, PipeReader, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use super::end::{End, Ran};
use crate::scan::Scanner;

/// Runs commands.
pub(super) struct Runner;

impl Runner {
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Runs a command whose output is passed on and watched.
    pub(super) fn watch(&mut self, command: &mut Command) -> io::Result<Ran> {
        let (stdout, stdout_end) = io::pipe()?;
        let (stderr, stderr_end) = io::pipe()?;
        let started = command.stdout(stdout_end).stderr(stderr_end).spawn();
        // The ends that the command writes to must be its own alone: else they never close.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = started?;
        let stdout = thread::spawn(move || copy(stdout, io::stdout()));
        let (seen_error, error_trouble, is_mid_line) = copy(stderr, io::stderr());
        let (seen, trouble, _) = match stdout.join() {
            Ok(copied) => copied,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        Ok(Ran {
            end: end(child.wait()?),
            seen: vec![seen, seen_error],
            is_mid_line,
            trouble: trouble.or(error_trouble),
        })
    }

    /// Runs a command beside the one that is watched, a login.
    pub(super) fn aside(&mut self, command: &mut Command) -> io::Result<End> {
        Ok(end(command.status()?))
    }
}

fn end(status: ExitStatus) -> End {
    End::of_code(status.code().unwrap_or(1))
}

fn copy(from: PipeReader, mut to: impl Write) -> (Scanner, Option<io::Error>, bool) {
    let mut scanner = Scanner::new();
    let mut is_mid_line = false;
    loop {
        let passed = scanner.fill(&from).and_then(|piece| {
            to.write_all(piece)?;
            to.flush()?;
            Ok(piece.last().copied())
        });
        match passed {
            Ok(None) => return (scanner, None, is_mid_line),
            Ok(Some(last)) => is_mid_line = last != b'\n',
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                return (scanner, None, is_mid_line);
            }
            Err(error) => return (scanner, Some(error), is_mid_line),
        }
    }
}

/// Standard input as it was before the first run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stdin {
    can_be_given_again: bool,
}

impl Stdin {
    pub(super) fn now() -> Self {
        Self {
            can_be_given_again: io::stdin().is_terminal(),
        }
    }

    pub(super) const fn restore(self) -> bool {
        self.can_be_given_again
    }
}
