//! Debian's Chromium, for the tests in a page.

use std::process::Stdio;

use crate::process::{Result, run};
use crate::workspace::Workspace;

/// Uses the one that is there; installs it, as root, where there is none.
pub(crate) fn ensure(workspace: &Workspace) -> Result {
    let is_there = workspace
        .command("chromium")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if is_there || std::env::var_os("CHROMIUM_BIN").is_some() {
        return Ok(());
    }
    run(workspace
        .command("apt-get")
        .args(["update", "--quiet", "--quiet"]))?;
    run(workspace.command("apt-get").args([
        "install",
        "--yes",
        "--quiet",
        "--quiet",
        "--no-install-recommends",
        "chromium",
    ]))
}
