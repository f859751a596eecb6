//! The login that repairs a failure, and whether it may run.

use std::io::{self, IsTerminal, Write};
use std::process::Command;

use credlapse::Diagnosis;

use super::child::{Runner, Stdin};
use super::end::End;
use super::verdict;
use crate::style;

/// When to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum When {
    /// After a person at the terminal has said yes; never in CI
    Ask,
    /// Without asking, also where nobody is there to ask
    Always,
}

/// The logins that are left.
pub(super) struct Reauth {
    when: Option<When>,
    left: u32,
}

impl Reauth {
    pub(super) const fn new(when: Option<When>, most: u32) -> Self {
        Self { when, left: most }
    }

    /// Runs the command of the diagnosis; true where the failed command is to be run again.
    ///
    /// Only a failure that one login repairs has a command, and a guess has none.
    pub(super) fn repair(
        &mut self,
        diagnosis: &Diagnosis,
        runner: &mut Runner,
        stdin: Stdin,
    ) -> io::Result<bool> {
        let Some((program, arguments)) = diagnosis.remedy.argv.split_first() else {
            return Ok(false);
        };
        let Some(when) = self.when.filter(|_| self.left > 0) else {
            return Ok(false);
        };
        if when == When::Ask && !is_attended() {
            return Ok(false);
        }
        if !stdin.restore() {
            style::complain(
                "cannot run the command again: its standard input is a pipe that may have been read",
            );
            return Ok(false);
        }
        match when {
            When::Ask if !is_confirmed()? => return Ok(false),
            When::Ask => {}
            When::Always => style::remark("Running it, then the command again."),
        }
        self.left -= 1;
        let mut login = Command::new(&**program);
        login.args(arguments.iter().map(|argument| &**argument));
        let failure = match runner.aside(&mut login) {
            Ok(End::Exited(0)) => {
                // The login may have read from it as well.
                return Ok(stdin.restore());
            }
            Ok(End::Exited(status)) => format!("the login ended with status {status}"),
            Ok(End::Killed(signal)) => format!("the login was ended by signal {signal}"),
            Err(error) => format!("cannot run the login: {error}"),
        };
        style::complain(&failure);
        verdict::show(diagnosis, false)?;
        Ok(false)
    }
}

/// Whether a person is there to be asked.
fn is_attended() -> bool {
    let is_ci = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false");
    !is_ci && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks; everything but yes is no.
fn is_confirmed() -> io::Result<bool> {
    // What was typed for the command is no answer to this.
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    let mut stderr = io::stderr().lock();
    write!(stderr, "Run it now, then the command again? [y/N] ")?;
    stderr.flush()?;
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 {
        writeln!(stderr)?;
    }
    let line = line.trim();
    Ok(line.eq_ignore_ascii_case("y") || line.eq_ignore_ascii_case("yes"))
}
