//! The npm package: its TypeScript, tested under Deno, which reads it as it is.

use crate::node;
use crate::process::{Result, run};
use crate::setup::npm;
use crate::single_file;
use crate::workspace::Workspace;

/// The TypeScript that no `deno.json` with tasks of its own covers.
const SOURCES: [&str; 5] = [
    "npm/credlapse",
    "tests/parity",
    "tests/packaging",
    "tests/sdk",
    "tests/tools",
];

/// Style, types, tests, examples of the documentation, and the corpus against the core itself.
pub(crate) fn test(workspace: &Workspace) -> Result {
    single_file::build(workspace)?;
    for check in [&["fmt", "--check", "--quiet"][..], &["lint", "--quiet"]] {
        let mut deno = npm::program(workspace, "deno")?;
        // What is generated answers to its own generator.
        run(deno
            .args(check)
            .arg("--ignore=npm/credlapse/src/generated,tests/packaging/deno-2.5,tests/packaging/runtimes")
            .args(SOURCES))?;
    }
    run(npm::program(workspace, "tsc")?.args(["--project", "npm/credlapse", "--noEmit"]))?;
    let tests = workspace.path("npm/credlapse/test");
    let deno = |arguments: &[&str]| -> Result {
        let mut deno = npm::program(workspace, "deno")?;
        run(deno.current_dir(&tests).args(arguments))
    };
    // What Node.js runs is only bundled for it.
    for test in node::TESTS {
        deno(&["check", &format!("../../../{test}")])?;
    }
    let deno = |arguments: &[&str]| {
        let test = ["test", "--allow-all", "--no-prompt"];
        deno(&[&test, arguments].concat())
    };
    deno(&["."])?;
    deno(&["--doc", "../src"])?;
    run(workspace
        .cargo("build")
        .args(["--quiet", "--package=parity"]))?;
    deno(&["../../../tests/parity"])
}
