//! Signals to this process, on their way to the command.
//!
//! A command in the same process group gets what the terminal sends (Ctrl-C,
//! Ctrl-Z, a new size) by itself, and a second one would count as an impatient
//! user: only what a program sends to this process is forwarded.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::Timespec;
use rustix::process::{self, Pid, Signal};
use signal_hook::consts::signal;
use signal_hook::flag::register_conditional_default;
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::WithRawSiginfo;
use signal_hook::low_level::emulate_default_handler;

use super::keyboard::Real;
use super::process::Process;
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

/// Hears signals, and forwards them whenever it is asked to.
pub(super) struct Signals {
    heard: SignalDelivery<UnixStream, WithRawSiginfo>,
    /// Between two commands a signal does at once what it does to any program.
    is_alone: Arc<AtomicBool>,
    /// Whether the end of a child is never heard.
    is_deaf: bool,
    target: Target,
}

/// How often a process that does not hear of its children looks after them.
const GLANCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 20_000_000,
};

/// Whom signals are for.
#[derive(Default)]
struct Target {
    command: Option<Pid>,
    /// Whether the command has a session of its own: the real terminal sends it nothing.
    has_session: bool,
    terminals: Vec<Arc<Terminal>>,
    real: Option<Arc<Real>>,
}

impl Signals {
    pub(super) fn hear() -> io::Result<Self> {
        let inherited = Inherited::now();
        // What is ignored here (`nohup`) stays so for the command: a handler would be lost on it.
        let forwarded = FORWARDED
            .iter()
            .filter(|signal| !contains(inherited.ignored, **signal));
        let is_alone = Arc::new(AtomicBool::new(true));
        for signal in forwarded.clone() {
            register_conditional_default(*signal, is_alone.clone())?;
        }
        let (read, write) = UnixStream::pair()?;
        let signals = forwarded.chain(&[signal::SIGCHLD]);
        Ok(Self {
            heard: SignalDelivery::with_pipe(read, write, WithRawSiginfo, signals)?,
            is_alone,
            is_deaf: contains(inherited.blocked, signal::SIGCHLD),
            target: Target::default(),
        })
    }

    /// What can be read from when a signal has come, that of a child too.
    pub(super) fn arrival(&self) -> BorrowedFd<'_> {
        self.heard.get_read().as_fd()
    }

    /// How long an arrival may be waited for: blocked signals do not arrive.
    pub(super) const fn patience(&self) -> Option<&'static Timespec> {
        if self.is_deaf { Some(&GLANCE) } else { None }
    }

    /// Forwards what has come; true where the command was told to go on.
    pub(super) fn forward(&mut self) -> bool {
        let mut goes_on = false;
        loop {
            let mut go_on = None;
            let mut is_quiet = true;
            for info in self.heard.pending() {
                is_quiet = false;
                let is_sent = is_sent(info.si_signo, info.si_code);
                if info.si_signo == signal::SIGCONT {
                    go_on = Some(is_sent);
                } else {
                    self.target.take(info.si_signo, is_sent);
                }
            }
            // Last: they come in no order, and nobody would tell it again after a stop.
            if let Some(is_sent) = go_on {
                self.target.take(signal::SIGCONT, is_sent);
                goes_on = true;
            }
            // More may have come while these were forwarded.
            if is_quiet {
                return goes_on;
            }
        }
    }

    /// Starts a command that signals are for from its first moment.
    pub(super) fn start(
        &mut self,
        terminals: Vec<Arc<Terminal>>,
        start: impl FnOnce() -> io::Result<Process>,
    ) -> io::Result<Process> {
        // What came before has done what it does.
        self.heard.pending().for_each(drop);
        self.is_alone.store(false, Ordering::SeqCst);
        let started = start();
        match &started {
            Ok(process) => {
                self.target = Target {
                    command: Some(process.command),
                    has_session: process.reports().is_some(),
                    terminals,
                    real: None,
                };
            }
            Err(_) => self.stand_alone(),
        }
        started
    }

    /// Reaps a process that has ended; no signal can reach another in its place.
    pub(super) fn reap(&mut self, process: &Process) -> io::Result<End> {
        // What ended the command, a Ctrl-C, is not for this process.
        self.forward();
        let end = process.reap();
        self.stand_alone();
        end
    }

    /// From here on signals are for this process itself, also those that came too late for the command.
    fn stand_alone(&mut self) {
        self.target = Target::default();
        self.is_alone.store(true, Ordering::SeqCst);
        self.forward();
    }

    /// Says which terminal has to be taken again when the command goes on.
    pub(super) fn set_real(&mut self, real: Arc<Real>) {
        self.target.real = Some(real);
    }

    /// The size may have changed while this process was stopped.
    pub(super) fn resize_terminals(&self) {
        self.target.resize();
    }
}

impl Target {
    fn take(&self, signal: i32, is_sent: bool) {
        let Some(command) = self.command else {
            let _ = emulate_default_handler(signal);
            return;
        };
        match signal {
            signal::SIGCHLD => return,
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
            let _ = process::kill_process(command, signal);
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

/// What this process was told to do with signals before it began, a bit for each.
///
/// Other systems than Linux have no safe way to ask.
#[derive(Clone, Copy, Default)]
struct Inherited {
    ignored: u64,
    blocked: u64,
}

impl Inherited {
    fn now() -> Self {
        if !cfg!(target_os = "linux") {
            return Self::default();
        }
        // All of it at once: the system makes it up anew for each read.
        let mut status = String::with_capacity(8 * 1024);
        let _ =
            File::open("/proc/self/status").and_then(|mut file| file.read_to_string(&mut status));
        let mask = |name| {
            let mask = status.lines().find_map(|line| line.strip_prefix(name));
            mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        };
        Self {
            ignored: mask("SigIgn:").unwrap_or_default(),
            blocked: mask("SigBlk:").unwrap_or_default(),
        }
    }
}

const fn contains(signals: u64, signal: i32) -> bool {
    (signals >> (signal - 1)) & 1 != 0
}
