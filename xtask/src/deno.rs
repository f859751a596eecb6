//! The Deno package: as JSR will check it, and against a local AWS.

use crate::process::{Result, run};
use crate::setup::npm;
use crate::single_file;
use crate::workspace::Workspace;

/// Format, lints, types, documentation, and the tests, a publication in rehearsal among them.
pub(crate) fn test(workspace: &Workspace) -> Result {
    single_file::build(workspace)?;
    let deno = |arguments: &[&str]| -> Result {
        let mut deno = npm::program(workspace, "deno")?;
        deno.current_dir(workspace.path("deno"));
        deno.env("AWS_SIM_BIN", workspace.target("debug/aws-sim"));
        run(deno.args(arguments))
    };
    deno(&["task", "check"])?;
    run(workspace
        .cargo("build")
        .args(["--quiet", "--package=aws-sim"]))?;
    deno(&["task", "test"])
}
