//! The packages as people import them, in each runtime and bundler.

use crate::process::{Result, run};
use crate::setup::{chromium, npm};
use crate::single_file;
use crate::workspace::Workspace;

/// The oldest Deno that is supported, a package of its own beside the newest.
const OLD_DENO: &str = "tests/packaging/deno-2.5";

/// Runs `tests/packaging`.
pub(crate) fn test(workspace: &Workspace) -> Result {
    single_file::build(workspace)?;
    old_deno(workspace)?;
    chromium::ensure(workspace)?;
    run(npm::program(workspace, "deno")?.args([
        "test",
        "--allow-all",
        "--no-prompt",
        // Node's own test runner has them, in the step `node`.
        "--ignore=tests/packaging/node.test.mjs,tests/packaging/workerd.test.mjs",
        "tests/packaging",
    ]))
}

/// Without a lockfile: mirrors lack old releases for other systems, and `npm ci`
/// wants all that a lockfile can name.
fn old_deno(workspace: &Workspace) -> Result {
    let folder = workspace.path(OLD_DENO);
    if folder.join("node_modules/deno/deno").exists() {
        return Ok(());
    }
    run(npm::command(workspace).current_dir(folder).args([
        "install",
        "--no-package-lock",
        "--no-progress",
    ]))
}
