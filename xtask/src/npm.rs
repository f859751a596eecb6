//! The npm package: its TypeScript, tested under Deno, which reads it as it is.

use crate::process::{Result, run};
use crate::setup::npm;
use crate::single_file;
use crate::workspace::Workspace;

/// Types, tests, examples of the documentation, and the corpus against the core itself.
pub(crate) fn test(workspace: &Workspace) -> Result {
    single_file::build(workspace)?;
    run(npm::program(workspace, "tsc")?.args(["--project", "npm/credlapse", "--noEmit"]))?;
    let tests = workspace.path("npm/credlapse/test");
    let deno = |arguments: &[&str]| -> Result {
        let mut deno = npm::program(workspace, "deno")?;
        run(deno
            .current_dir(&tests)
            .args(["test", "--allow-all", "--no-prompt"])
            .args(arguments))
    };
    deno(&["."])?;
    deno(&["--doc", "../src"])?;
    run(workspace
        .cargo("build")
        .args(["--quiet", "--package=parity"]))?;
    deno(&["../../../tests/parity"])
}
