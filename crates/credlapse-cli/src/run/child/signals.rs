//! Signals to this process, on their way to the command.
//!
//! The command is in the same process group: what the terminal sends (Ctrl-C,
//! Ctrl-Z, a new size) it gets by itself, and a second one would count as an
//! impatient user. Only what a program sends to this process is forwarded.

use std::io;
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use rustix::process::{self, Pid, Signal, WaitId, WaitIdOptions};
use signal_hook::consts::signal;
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::WithRawSiginfo;
use signal_hook::low_level::emulate_default_handler;

use super::terminal::Terminal;
use crate::run::end::End;

const FORWARDED: [i32; 10] = [
    signal::SIGHUP,
    signal::SIGINT,
    signal::SIGQUIT,
    signal::SIGTERM,
    signal::SIGUSR1,
    signal::SIGUSR2,
    signal::SIGALRM,
    signal::SIGTSTP,
    signal::SIGCONT,
    signal::SIGWINCH,
];

/// Forwards signals from a thread of its own, because the others may be waiting for a slow reader.
pub(super) struct Signals(Arc<Mutex<Target>>);

/// Whom signals are for.
#[derive(Default)]
struct Target {
    child: Option<Pid>,
    terminals: Vec<Arc<Terminal>>,
}

impl Signals {
    pub(super) fn start() -> io::Result<Self> {
        let ignored = ignored();
        // What is ignored here (`nohup`) stays so for the command: a handler would be lost on it.
        let heard = FORWARDED
            .iter()
            .filter(|signal| ignored >> (**signal - 1) & 1 == 0);
        let mut signals = SignalsInfo::<WithRawSiginfo>::new(heard)?;
        let target = Arc::new(Mutex::new(Target::default()));
        let shared = Self(target.clone());
        thread::Builder::new()
            .stack_size(128 * 1024)
            .spawn(move || {
                for info in &mut signals {
                    shared
                        .lock()
                        .take(info.si_signo, is_sent(info.si_signo, info.si_code));
                }
            })?;
        Ok(Self(target))
    }

    /// Starts a command that signals are for from its first moment.
    pub(super) fn start_child(
        &self,
        command: &mut Command,
        terminals: Vec<Arc<Terminal>>,
    ) -> io::Result<Pid> {
        let mut target = self.lock();
        let child = command.spawn()?;
        let child = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        target.child = child;
        target.terminals = terminals;
        child.ok_or_else(|| io::Error::other("the process has no id"))
    }

    /// Takes a child that has ended out of the process table; no signal can reach another in its place.
    pub(super) fn reap_child(&self, child: Pid) -> io::Result<End> {
        let mut target = self.lock();
        *target = Target::default();
        let status = process::waitid(WaitId::Pid(child), WaitIdOptions::EXITED)?;
        let killed = status
            .as_ref()
            .and_then(|status| status.terminating_signal());
        Ok(
            match (killed, status.and_then(|status| status.exit_status())) {
                (Some(signal), _) => End::Killed(signal),
                (None, code) => {
                    End::Exited(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
                }
            },
        )
    }

    /// The size may have changed while this process was stopped.
    pub(super) fn resize_terminals(&self) {
        self.lock().resize();
    }

    fn lock(&self) -> MutexGuard<'_, Target> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Target {
    fn take(&self, signal: i32, is_sent: bool) {
        let Some(child) = self.child else {
            // Between two commands this process stands for itself alone.
            let _ = emulate_default_handler(signal);
            return;
        };
        if signal == signal::SIGWINCH {
            self.resize();
        }
        if let Some(signal) = Signal::from_named_raw(signal).filter(|_| is_sent) {
            let _ = process::kill_process(child, signal);
        }
    }

    fn resize(&self) {
        for terminal in &self.terminals {
            terminal.follow();
        }
    }
}

/// Whether a program sent the signal, and not the kernel on behalf of the terminal.
#[cfg(target_os = "linux")]
const fn is_sent(_signal: i32, code: i32) -> bool {
    code <= 0
}

/// Whether a program sent the signal: taken as the terminal's where it can be the terminal's.
#[cfg(not(target_os = "linux"))]
fn is_sent(signal: i32, _code: i32) -> bool {
    let from_terminal = [
        signal::SIGINT,
        signal::SIGQUIT,
        signal::SIGTSTP,
        signal::SIGWINCH,
    ];
    !from_terminal.contains(&signal)
        || rustix::termios::tcgetpgrp(io::stdin()) != Ok(process::getpgrp())
}

/// The signals that this process was told to ignore, a bit for each.
///
/// Other systems than Linux have no safe way to ask.
fn ignored() -> u64 {
    let status = if cfg!(target_os = "linux") {
        std::fs::read_to_string("/proc/self/status").unwrap_or_default()
    } else {
        String::new()
    };
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.unwrap_or(0)
}
