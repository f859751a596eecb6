//! What the output of a failed command tells.

use std::io::{self, IsTerminal, Write};

use credlapse::{Confidence, Diagnosis, ExitTable};
use credlapse_command::Host;
use credlapse_command::explain::{explain, parts};

use super::end::End;
use crate::scan::Scanner;
use crate::status::Status;

/// The surest diagnosis of the streams; of two equally sure ones the last.
pub(super) fn of(seen: Vec<Scanner>, host: &mut Host) -> Option<Diagnosis> {
    seen.into_iter()
        .filter_map(|scanner| explain(&scanner.finish(), host).1)
        .max_by_key(|diagnosis| diagnosis.confidence)
}

/// The three parts, last on standard error.
pub(super) fn show(diagnosis: &Diagnosis, is_mid_line: bool) -> io::Result<()> {
    let mut out = Vec::new();
    if is_mid_line {
        out.push(b'\n');
    }
    let stderr = io::stderr().lock();
    if stderr.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb") {
        // What the command began, a title or hidden text, must not swallow this.
        io::stderr().write_all(b"\x1b\\\x1b[0m")?;
    }
    out.extend(parts(diagnosis).into_bytes());
    // Nobody is left to tell if standard error is closed.
    let _ = anstream::AutoStream::auto(stderr).write_all(&out);
    Ok(())
}

/// The exit status: of the table for a diagnosis, else what a shell would make of the command's own.
///
/// A guess does not hide the command's status, and a signal was somebody's wish.
pub(super) fn status(end: End, diagnosis: Option<&Diagnosis>, exits: &ExitTable) -> Status {
    match (end, diagnosis) {
        (End::Exited(_), Some(diagnosis)) if diagnosis.confidence > Confidence::Possible => {
            Status(exits.status(diagnosis.kind))
        }
        _ => end.status(),
    }
}
