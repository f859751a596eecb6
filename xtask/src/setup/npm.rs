//! The npm packages that the lockfile names.

use std::fs;
use std::process::Command;

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

/// A program of an installed package.
pub(crate) fn program(workspace: &Workspace, name: &str) -> Result<Command> {
    ensure(workspace)?;
    let path = workspace.path("node_modules/.bin").join(name);
    Ok(workspace.command(&path.to_string_lossy()))
}
