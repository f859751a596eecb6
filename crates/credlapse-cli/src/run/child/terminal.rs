//! A terminal of the command's own in front of the real one, for what it prints.
//!
//! Standard input stays the real terminal: it types, echoes, interrupts and
//! stops as it always does, and `/dev/tty` is where it was. Only output goes
//! through the other one, which translates nothing and has the same size.

use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::sync::Mutex;

use rustix::fs::{Mode, OFlags, open};
use rustix::process::{Signal, getpgrp, kill_process_group};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{
    OptionalActions, OutputModes, SpecialCodeIndex, Termios, Winsize, tcgetattr, tcgetpgrp,
    tcgetwinsize, tcsetattr, tcsetwinsize,
};

/// Opens a terminal with the modes and the size of `outer`: where its output comes out, and itself.
pub(super) fn open_like(outer: BorrowedFd<'_>) -> io::Result<(OwnedFd, OwnedFd)> {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    grantpt(&controller)?;
    unlockpt(&controller)?;
    let name = ptsname(&controller, Vec::new())?;
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let inner = open(&*name, flags, Mode::empty())?;
    let mut modes = tcgetattr(outer)?;
    // The real terminal turns a line feed into a new line; twice would be once too often.
    modes.output_modes.remove(OutputModes::OPOST);
    tcsetattr(&inner, OptionalActions::Now, &modes)?;
    tcsetwinsize(&inner, tcgetwinsize(outer)?)?;
    Ok((controller, inner))
}

/// Both terminals, kept alike.
pub(super) struct Terminal {
    outer: OwnedFd,
    inner: OwnedFd,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    size: Option<Winsize>,
    /// What the command has made of the inner terminal.
    modes: Option<Termios>,
    /// What the real terminal was before a change of the command was carried over.
    before: Option<Termios>,
}

impl Terminal {
    /// `inner` is the end of [`open_like`] where the output comes out.
    pub(super) fn new(outer: OwnedFd, inner: OwnedFd) -> Self {
        let known = Known {
            size: tcgetwinsize(&outer).ok(),
            modes: tcgetattr(&inner).ok(),
            before: None,
        };
        Self {
            outer,
            inner,
            known: Mutex::new(known),
        }
    }

    /// Carries a new size to the command, and modes that it set back to the real terminal.
    ///
    /// Failures are let pass: a terminal that has gone away tells so itself.
    pub(super) fn follow(&self) {
        let Ok(mut known) = self.known.lock() else {
            return;
        };
        self.follow_size(&mut known);
        self.follow_modes(&mut known);
    }

    fn follow_size(&self, known: &mut Known) {
        let Ok(size) = tcgetwinsize(&self.outer) else {
            return;
        };
        if known.size.is_some_and(|known| is_same_size(known, size)) {
            return;
        }
        known.size = Some(size);
        let _ = tcsetwinsize(&self.inner, size);
        // Told before, it asked for the size too early. It may be a child of the command.
        if let Ok(group) = tcgetpgrp(&self.outer) {
            let _ = kill_process_group(group, Signal::WINCH);
        }
    }

    /// Programs such as those made with curses set the modes of standard output.
    fn follow_modes(&self, known: &mut Known) {
        let Ok(modes) = tcgetattr(&self.inner) else {
            return;
        };
        let Some(last) = known.modes.as_ref().filter(|last| !is_same(last, &modes)) else {
            return;
        };
        // In the background the real terminal belongs to somebody else.
        if tcgetpgrp(&self.outer) != Ok(getpgrp()) {
            return;
        }
        let Ok(mut outer) = tcgetattr(&self.outer) else {
            return;
        };
        known.before.get_or_insert_with(|| outer.clone());
        carry(last, &modes, &mut outer);
        let _ = tcsetattr(&self.outer, OptionalActions::Now, &outer);
        known.modes = Some(modes);
    }

    /// Undoes what was carried over to the real terminal.
    pub(super) fn restore(&self) {
        let Ok(mut known) = self.known.lock() else {
            return;
        };
        self.follow_modes(&mut known);
        if let Some(before) = known.before.take()
            && tcgetpgrp(&self.outer) == Ok(getpgrp())
        {
            let _ = tcsetattr(&self.outer, OptionalActions::Now, &before);
        }
    }
}

/// The characters and limits that modes of input come with.
const CODES: [SpecialCodeIndex; 9] = [
    SpecialCodeIndex::VMIN,
    SpecialCodeIndex::VTIME,
    SpecialCodeIndex::VINTR,
    SpecialCodeIndex::VQUIT,
    SpecialCodeIndex::VSUSP,
    SpecialCodeIndex::VEOF,
    SpecialCodeIndex::VERASE,
    SpecialCodeIndex::VSTART,
    SpecialCodeIndex::VSTOP,
];

const fn is_same_size(one: Winsize, other: Winsize) -> bool {
    one.ws_row == other.ws_row
        && one.ws_col == other.ws_col
        && one.ws_xpixel == other.ws_xpixel
        && one.ws_ypixel == other.ws_ypixel
}

fn is_same(one: &Termios, other: &Termios) -> bool {
    one.input_modes == other.input_modes
        && one.output_modes == other.output_modes
        && one.local_modes == other.local_modes
        && CODES
            .iter()
            .all(|code| one.special_codes[*code] == other.special_codes[*code])
}

/// Changes in `outer` what was changed from `last` to `now`.
fn carry(last: &Termios, now: &Termios, outer: &mut Termios) {
    let input = last.input_modes ^ now.input_modes;
    outer.input_modes = (outer.input_modes - input) | (now.input_modes & input);
    let output = last.output_modes ^ now.output_modes;
    outer.output_modes = (outer.output_modes - output) | (now.output_modes & output);
    let local = last.local_modes ^ now.local_modes;
    outer.local_modes = (outer.local_modes - local) | (now.local_modes & local);
    for code in CODES {
        if last.special_codes[code] != now.special_codes[code] {
            outer.special_codes[code] = now.special_codes[code];
        }
    }
}
