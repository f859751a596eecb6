//! What things cost: the benchmarks of the crates, of the command, of the single file and of the npm package.

mod run_verb;

use crate::process::{Result, run};
use crate::setup::npm;
use crate::single_file;
use crate::workspace::Workspace;
use crate::{addon, node};

/// Runs all benchmarks and prints their figures; none of them is a limit.
pub(crate) fn run_all(workspace: &Workspace) -> Result {
    run(workspace.cargo("bench").args([
        "--workspace",
        "--all-features",
        "--quiet",
        "--bench",
        "*",
    ]))?;
    run_verb::run_verb(workspace)?;
    single_file::build(workspace)?;
    run(npm::program(workspace, "deno")?
        .current_dir(workspace.path("deno"))
        .args(["run", "--allow-all", "bench/diagnose.ts"]))?;
    addon::build(workspace, None, &[])?;
    addon::lay_out(workspace)?;
    node::build_library(workspace)?;
    run(workspace
        .command("node")
        .arg("npm/credlapse/bench/node.mjs")
        .env("CREDLAPSE_PACKAGES", workspace.target("npm"))
        .env("NODE_PATH", workspace.target("npm")))
}
