//! What is typed, on its way to a command that has a terminal to itself.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::mem;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::getpgrp;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

/// The real terminal while the command has it: it passes every key on and acts on none.
pub(super) struct Keyboard {
    real: Arc<Real>,
    thread: Option<JoinHandle<()>>,
}

/// The real terminal, as far as this process has changed it.
pub(super) struct Real {
    terminal: OwnedFd,
    modes: Mutex<Modes>,
    /// Says that the terminal may be this process's again; its end says that all is over.
    order: Mutex<Option<PipeWriter>>,
}

/// Whose modes the real terminal has.
enum Modes {
    /// Those of whoever had it before.
    Theirs,
    /// This process's, after these.
    Raw(Termios),
    /// Given back, until the command goes on: a key that is typed by then is for somebody else.
    GivenBack,
}

impl Keyboard {
    /// Passes on what is typed to `to`.
    pub(super) fn start(to: OwnedFd) -> io::Result<Self> {
        let terminal = io::stdin().as_fd().try_clone_to_owned()?;
        let (orders, order) = io::pipe()?;
        let real = Arc::new(Real {
            terminal,
            modes: Mutex::new(Modes::Theirs),
            order: Mutex::new(Some(order)),
        });
        // Before anything is printed: the command's terminal has made the new lines already.
        real.take();
        let shared = real.clone();
        let thread = thread::Builder::new()
            .stack_size(128 * 1024)
            .spawn(move || {
                // A terminal that has gone away tells so by a signal.
                let _ = pass_on(&shared, &to, orders);
            })?;
        Ok(Self {
            real,
            thread: Some(thread),
        })
    }

    pub(super) fn real(&self) -> &Arc<Real> {
        &self.real
    }
}

impl Drop for Keyboard {
    /// Makes the real terminal what it was, and reads no more from it.
    fn drop(&mut self) {
        if let Ok(mut order) = self.real.order.lock() {
            *order = None;
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        self.real.give_back();
    }
}

impl Real {
    /// Takes the terminal, unless it was given back or this process is in the background.
    fn take(&self) -> bool {
        let Ok(mut modes) = self.modes.lock() else {
            return false;
        };
        if matches!(*modes, Modes::GivenBack) || !self.is_ours() {
            return false;
        }
        if matches!(*modes, Modes::Theirs)
            && let Ok(before) = tcgetattr(&self.terminal)
        {
            let mut raw = before.clone();
            raw.make_raw();
            if tcsetattr(&self.terminal, OptionalActions::Now, &raw).is_ok() {
                *modes = Modes::Raw(before);
            }
        }
        true
    }

    /// Takes the terminal again before the command goes on and prints.
    pub(super) fn resume(&self) {
        if let Ok(mut modes) = self.modes.lock()
            && matches!(*modes, Modes::GivenBack)
        {
            *modes = Modes::Theirs;
        }
        self.take();
        if let Ok(order) = self.order.lock()
            && let Some(mut order) = order.as_ref()
        {
            let _ = order.write_all(b".");
        }
    }

    /// Makes it what it was; what was printed is on it by then.
    pub(super) fn give_back(&self) {
        if let Ok(mut modes) = self.modes.lock()
            && let Modes::Raw(before) = mem::replace(&mut *modes, Modes::GivenBack)
            && self.is_ours()
        {
            let _ = tcsetattr(&self.terminal, OptionalActions::Drain, &before);
        }
    }

    fn is_ours(&self) -> bool {
        tcgetpgrp(&self.terminal) == Ok(getpgrp())
    }
}

/// How often a job in the background looks whether the terminal is its own.
const GLANCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 200_000_000,
};

fn pass_on(real: &Real, to: &OwnedFd, mut orders: PipeReader) -> io::Result<()> {
    let mut typed = [0; 1024];
    loop {
        let mut ready = [
            PollFd::new(&orders, PollFlags::IN),
            PollFd::new(&real.terminal, PollFlags::IN),
        ];
        // In the background keys are for somebody else, and a read would stop this process. A shell
        // that brings a running job to the foreground does not tell it.
        let (watched, timeout) = if real.take() {
            (2, None)
        } else {
            (1, Some(&GLANCE))
        };
        match poll(&mut ready[..watched], timeout) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let [order, key] = ready.map(|fd| !fd.revents().is_empty());
        if order && orders.read(&mut typed)? == 0 {
            return Ok(());
        }
        // This process may have stopped and gone on since it looked.
        if watched == 2 && key && real.take() {
            let count = rustix::io::read(&real.terminal, &mut typed)?;
            let mut rest = &typed[..count];
            if rest.is_empty() {
                return Ok(());
            }
            while !rest.is_empty() {
                let count = rustix::io::write(to, rest)?;
                rest = &rest[count..];
            }
        }
    }
}
