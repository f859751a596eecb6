//! Licences, duplicate versions and sources of all dependencies.

use crate::process::{Result, run};
use crate::setup::cargo_tool::CARGO_DENY;
use crate::workspace::Workspace;

/// Advisories are left out: their database is a network fetch and a new entry
/// is not a defect of the commit under test.
pub(crate) fn check(workspace: &Workspace) -> Result {
    let deny = CARGO_DENY.ensure(workspace)?;
    run(workspace.command(&deny.to_string_lossy()).args([
        "--all-features",
        "check",
        "licenses",
        "bans",
        "sources",
    ]))
}
