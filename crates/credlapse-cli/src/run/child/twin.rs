//! What stands in a pipe, put into another one by the kernel, and left to be read.
//!
//! Saves the way through this process. The pages of both pipes are the same
//! ones, as if the command had the pipe behind in its hands.

use std::fs::File;
use std::os::fd::OwnedFd;

use rustix::io::Errno;

/// What came of one attempt.
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "only Linux can do it")
)]
pub(super) enum Twin {
    /// So many bytes are in both pipes now; none at the end.
    Passed(usize),
    /// The second is full, and non-blocking.
    NoRoom,
    /// Not both are pipes, or the system cannot do it.
    Impossible,
}

/// Puts what is in `from` into `to` as well; waits for some of it and for some room.
#[cfg(target_os = "linux")]
pub(super) fn twin(from: &File, to: &OwnedFd) -> Result<Twin, Errno> {
    use rustix::pipe::{SpliceFlags, tee};

    use crate::run::child::wires::PIPE_MAX;

    loop {
        return match tee(from, to, PIPE_MAX, SpliceFlags::empty()) {
            Ok(count) => Ok(Twin::Passed(count)),
            Err(Errno::INTR) => continue,
            Err(Errno::AGAIN) => Ok(Twin::NoRoom),
            Err(Errno::PIPE) => Err(Errno::PIPE),
            Err(_) => Ok(Twin::Impossible),
        };
    }
}

/// Only Linux has it.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn twin(_from: &File, _to: &OwnedFd) -> Result<Twin, Errno> {
    Ok(Twin::Impossible)
}
