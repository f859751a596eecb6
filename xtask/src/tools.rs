//! Real AWS tools as children of `credlapse run`.

use crate::process::{Result, run};
use crate::setup::{npm, python};
use crate::workspace::Workspace;

/// The tests that the step `rust` leaves out, because they need more than Rust.
pub(crate) fn test(workspace: &Workspace) -> Result {
    npm::ensure(workspace)?;
    let python = python::ensure(workspace)?;
    // The features of all members, as in the step `rust`: nothing is built again.
    run(workspace
        .cargo("test")
        .args(["--workspace", "--all-features", "--quiet", "--test=run"])
        .args(["--", "--ignored", "real_tools::"])
        .env("CREDLAPSE_PYTHON", python))
}
