//! Signals to this process, on their way to the command.
//!
//! A command in the same process group gets what the terminal sends (Ctrl-C,
//! Ctrl-Z, a new size) by itself, and a second one would count as an impatient
//! user: only what a program sends to this process is forwarded.

use std::io::{self, PipeReader};
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use rustix::process::{self, Pid, Signal, WaitId, WaitIdOptions, WaitIdStatus};
use signal_hook::consts::signal;
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::WithRawSiginfo;
use signal_hook::low_level::emulate_default_handler;

use super::keyboard::Real;
use super::session::Report;
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
    /// Whether the command has a session of its own: the real terminal sends it nothing.
    has_session: bool,
    terminals: Vec<Arc<Terminal>>,
    real: Option<Arc<Real>>,
}

/// A child of this process, and the command: itself, or the one that it leads a session for.
pub(super) struct Child {
    pid: Pid,
    command: Pid,
}

impl Child {
    /// Waits until it stops, by which signal, or ends.
    pub(super) fn wait_for_stop(&self) -> io::Result<Option<Signal>> {
        let both = WaitIdOptions::EXITED | WaitIdOptions::STOPPED;
        let status = wait_id(self.pid, both | WaitIdOptions::NOWAIT)?;
        if !status.stopped() {
            return Ok(None);
        }
        // The event is taken away, else it would be seen again.
        wait_id(self.pid, WaitIdOptions::STOPPED)?;
        let signal = status.stopping_signal().and_then(Signal::from_named_raw);
        Ok(Some(signal.unwrap_or(Signal::STOP)))
    }

    /// Lets the command go on.
    pub(super) fn go_on(&self) {
        let _ = process::kill_process_group(self.command, Signal::CONT);
    }
}

impl Signals {
    pub(super) fn start() -> io::Result<Self> {
        let ignored = ignored();
        // What is ignored here (`nohup`) stays so for the command: a handler would be lost on it.
        let heard = FORWARDED
            .iter()
            .filter(|signal| (ignored >> (**signal - 1)) & 1 == 0);
        let mut signals = SignalsInfo::<WithRawSiginfo>::new(heard)?;
        let target = Arc::new(Mutex::new(Target::default()));
        let shared = Self(target.clone());
        thread::Builder::new()
            .stack_size(128 * 1024)
            .spawn(move || {
                for info in &mut signals {
                    let is_sent = is_sent(info.si_signo, info.si_code);
                    shared.lock().take(info.si_signo, is_sent);
                }
            })?;
        Ok(Self(target))
    }

    /// Starts a command that signals are for from its first moment.
    pub(super) fn start_child(
        &self,
        command: &mut Command,
        terminals: Vec<Arc<Terminal>>,
    ) -> io::Result<Child> {
        let mut target = self.lock();
        let pid = start(command)?;
        target.child = Some(pid);
        target.terminals = terminals;
        Ok(Child { pid, command: pid })
    }

    /// Starts the leader of a session, and waits until its command has started.
    pub(super) fn start_session(
        &self,
        mut leader: Command,
        reports: &PipeReader,
        terminals: Vec<Arc<Terminal>>,
    ) -> io::Result<Child> {
        let mut target = self.lock();
        let pid = start(&mut leader)?;
        // Its end of the pipe must be its own alone: else the end of it would not show.
        drop(leader);
        match Report::receive(reports) {
            Some(Report::Started(command)) => {
                *target = Target {
                    child: Some(command),
                    has_session: true,
                    terminals,
                    real: None,
                };
                Ok(Child { pid, command })
            }
            Some(Report::Failed(error)) => {
                wait_id(pid, WaitIdOptions::EXITED)?;
                Err(io::Error::from_raw_os_error(error))
            }
            _ => {
                wait_id(pid, WaitIdOptions::EXITED)?;
                Err(io::Error::other("it cannot be given a terminal"))
            }
        }
    }

    /// Takes a child that has ended out of the process table; no signal can reach another in its place.
    pub(super) fn reap(&self, child: &Child) -> io::Result<End> {
        let mut target = self.lock();
        let status = wait_id(child.pid, WaitIdOptions::EXITED)?;
        *target = Target::default();
        Ok(match (status.terminating_signal(), status.exit_status()) {
            (Some(signal), _) => End::Killed(signal),
            (None, code) => End::of_code(code.unwrap_or(1)),
        })
    }

    /// Says which terminal has to be taken again when the command goes on.
    pub(super) fn set_real(&self, real: Arc<Real>) {
        self.lock().real = Some(real);
    }

    /// The size may have changed while this process was stopped.
    pub(super) fn resize_terminals(&self) {
        self.lock().resize();
    }

    fn lock(&self) -> MutexGuard<'_, Target> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn start(command: &mut Command) -> io::Result<Pid> {
    let child = command.spawn()?;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    pid.ok_or_else(|| io::Error::other("the process has no id"))
}

fn wait_id(child: Pid, options: WaitIdOptions) -> io::Result<WaitIdStatus> {
    loop {
        match process::waitid(WaitId::Pid(child), options) {
            Ok(Some(status)) => return Ok(status),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

impl Target {
    fn take(&self, signal: i32, is_sent: bool) {
        let Some(child) = self.child else {
            // Between two commands this process stands for itself alone.
            let _ = emulate_default_handler(signal);
            return;
        };
        match signal {
            signal::SIGWINCH => self.resize(),
            signal::SIGCONT => {
                if let Some(real) = &self.real {
                    real.resume();
                }
            }
            _ => {}
        }
        // A new size goes to a session by its own terminal.
        let is_missing = is_sent || (self.has_session && signal != signal::SIGWINCH);
        if let Some(signal) = Signal::from_named_raw(signal).filter(|_| is_missing) {
            let _ = process::kill_process(child, signal);
        }
    }

    fn resize(&self) {
        for terminal in &self.terminals {
            terminal.resize();
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
