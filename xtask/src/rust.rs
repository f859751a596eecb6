//! The Rust members: format, lints, tests, docs.

use crate::process::{Result, run};
use crate::workspace::Workspace;

/// A workspace of its own.
const CLIENTS: &str = "tests/clients/Cargo.toml";

/// Formatting is rustfmt's.
pub(crate) fn format(workspace: &Workspace) -> Result {
    run(workspace.cargo("fmt").args(["--all", "--check"]))?;
    run(workspace
        .cargo("fmt")
        .args(["--manifest-path", CLIENTS, "--check"]))
}

/// No warning in any target with all features; the step `api` looks at each feature alone.
pub(crate) fn lint(workspace: &Workspace) -> Result {
    run(workspace.cargo("clippy").args([
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "-Dwarnings",
    ]))
}

/// Unit, integration and documentation tests of every member.
pub(crate) fn test(workspace: &Workspace) -> Result {
    run(workspace
        .cargo("test")
        .args(["--workspace", "--all-features", "--quiet"]))
}

/// Errors of the newest object_store, opendal and rust-s3.
pub(crate) fn test_clients(workspace: &Workspace) -> Result {
    run(workspace
        .cargo("test")
        .args(["--manifest-path", CLIENTS, "--quiet", "--target-dir"])
        .arg(workspace.target("clients")))
}

/// The public documentation builds without a warning, broken links included.
pub(crate) fn doc(workspace: &Workspace) -> Result {
    run(workspace
        .cargo("doc")
        .args(["--workspace", "--all-features", "--no-deps", "--quiet"])
        .env("RUSTDOCFLAGS", "-Dwarnings"))
}
