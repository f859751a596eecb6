//! What things cost: the benchmarks of the crates and of the single file.

use crate::process::{Result, run};
use crate::setup::npm;
use crate::single_file;
use crate::workspace::Workspace;

/// Runs all benchmarks and prints their figures; none of them is a limit.
pub(crate) fn run_all(workspace: &Workspace) -> Result {
    run(workspace.cargo("bench").args([
        "--workspace",
        "--all-features",
        "--quiet",
        "--bench",
        "*",
    ]))?;
    single_file::build(workspace)?;
    run(npm::program(workspace, "deno")?
        .current_dir(workspace.path("deno"))
        .args(["run", "--allow-all", "bench/diagnose.ts"]))
}
