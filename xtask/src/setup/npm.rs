//! The npm packages that the lockfile names.

use std::fs;
use std::process::Command;

use crate::process::{Result, run};
use crate::workspace::Workspace;

/// Copy of the lockfile that `node_modules` was made from.
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Makes `node_modules` what the lockfile says, unless it is already.
pub(crate) fn ensure(workspace: &Workspace) -> Result {
    ensure_in(workspace, ".")
}

/// The same for a project with a lockfile of its own.
pub(crate) fn ensure_in(workspace: &Workspace, project: &str) -> Result {
    let project = workspace.path(project);
    let lock = fs::read(project.join("package-lock.json"))?;
    if fs::read(project.join(INSTALLED)).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(command(workspace)
        .current_dir(&project)
        .args(["ci", "--no-progress"]))?;
    fs::write(project.join(INSTALLED), lock)?;
    Ok(())
}

/// npm itself.
pub(crate) fn command(workspace: &Workspace) -> Command {
    workspace.command(&format!("npm{SCRIPT}"))
}

/// What npm is started by, and what it makes for each program, on Windows a batch file.
const SCRIPT: &str = if cfg!(windows) { ".cmd" } else { "" };

/// A program of an installed package.
pub(crate) fn program(workspace: &Workspace, name: &str) -> Result<Command> {
    ensure(workspace)?;
    let path = workspace
        .path("node_modules/.bin")
        .join(format!("{name}{SCRIPT}"));
    Ok(workspace.command(&path.to_string_lossy()))
}
