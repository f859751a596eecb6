//! The npm packages that the lockfile names.

use std::fs;

use crate::process::{Result, run};
use crate::workspace::Workspace;

/// Copy of the lockfile that `node_modules` was made from.
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Makes `node_modules` what the lockfile says, unless it is already.
pub(crate) fn ensure(workspace: &Workspace) -> Result {
    let lock = fs::read(workspace.path("package-lock.json"))?;
    if fs::read(workspace.path(INSTALLED)).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(workspace.command("npm").args(["ci", "--no-progress"]))?;
    fs::write(workspace.path(INSTALLED), lock)?;
    Ok(())
}
