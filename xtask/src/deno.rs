//! The Deno package: as JSR will check it, and against a local AWS.

use crate::process::{Result, run};
use crate::setup::npm;
use crate::single_file;
use crate::workspace::Workspace;

/// Format, lints, types, documentation, a publication in rehearsal, and the tests.
pub(crate) fn test(workspace: &Workspace) -> Result {
    single_file::build(workspace)?;
    let deno = |arguments: &[&str]| -> Result {
        let mut deno = npm::program(workspace, "deno")?;
        deno.current_dir(workspace.path("deno"));
        deno.env("AWS_SIM_BIN", workspace.target("debug/aws-sim"));
        run(deno.args(arguments))
    };
    deno(&["task", "check"])?;
    // What git ignores is built here, and what is being worked on is no obstacle.
    deno(&["publish", "--dry-run", "--allow-dirty", "--quiet"])?;
    run(workspace
        .cargo("build")
        .args(["--quiet", "--package=aws-sim"]))?;
    deno(&["task", "test"])
}
