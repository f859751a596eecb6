//! The command and the native addon on systems that no check runs on.

use crate::process::{Result, run};
use crate::setup::debian_rust;
use crate::workspace::Workspace;

/// One of each system beside Linux that binaries are made for.
const TARGETS: [&str; 2] = ["aarch64-apple-darwin", "x86_64-pc-windows-msvc"];

/// Type-checks what differs from system to system, without a warning.
///
/// The standard library of each is checked as well, from Debian's source: no
/// linker and no library of those systems is needed. `check --online` is left
/// out, because the cryptography of the AWS SDK needs their C compilers.
pub(crate) fn check(workspace: &Workspace) -> Result {
    let mut cargo = workspace.cargo("check");
    cargo.args([
        "--quiet",
        "--package=credlapse-cli",
        "--package=credlapse-napi",
        "--no-default-features",
        "-Zbuild-std=std,panic_abort",
        "-Zwarnings",
        "--config=build.warnings=\"deny\"",
    ]);
    for target in TARGETS {
        cargo.args(["--target", target]);
    }
    debian_rust::apply(workspace, &mut cargo)?;
    run(&mut cargo)
}
