//! What the core promises: no I/O, no `std`, and a build for WebAssembly.

use crate::process::{Result, capture, run};
use crate::setup::wasm_std;
use crate::workspace::Workspace;

/// Every crate that may be linked into the core, with all features on; none does I/O.
const ALLOWED: &[&str] = &[
    "credlapse",
    "hmac-sha256",
    "serde",
    "serde_core",
    "sha1_smol",
];

/// Checks the dependency tree and compiles the core for WebAssembly.
pub(crate) fn check(workspace: &Workspace) -> Result {
    let tree = capture(workspace.cargo("tree").args([
        "--package=credlapse",
        "--all-features",
        "--edges=normal,no-proc-macro",
        "--prefix=none",
        "--format={p} {f}",
    ]))?;
    if let Some(name) = unexpected(&tree) {
        return Err(format!("the core must not depend on `{name}`; see ALLOWED").into());
    }
    if let Some(line) = with_std(&tree) {
        return Err(format!("a dependency of the core is built with std: `{line}`").into());
    }
    let rust = wasm_std::ensure(workspace)?;
    run(rust.apply(workspace.cargo("check")).args([
        "--package=credlapse",
        "--all-features",
        "--target",
        wasm_std::TARGET,
    ]))
}

/// The first crate of the tree that is not allowed.
fn unexpected(tree: &str) -> Option<&str> {
    tree.lines()
        .filter_map(|line| line.split_whitespace().next())
        .find(|name| !ALLOWED.contains(name))
}

/// The first crate of the tree that has the feature `std`.
fn with_std(tree: &str) -> Option<&str> {
    tree.lines()
        .find(|line| line.split([' ', ',']).any(|word| word == "std"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_is_named() {
        let tree = "credlapse v0.1.0 (/src)\nserde v1.0.229\ntokio v1.48.0\n";
        assert_eq!(unexpected(tree), Some("tokio"));
        assert_eq!(unexpected("credlapse v0.1.0\nsha1_smol v1.0.1 (*)\n"), None);
    }

    #[test]
    fn std_is_found_among_features() {
        assert_eq!(with_std("serde v1.0.229 alloc,derive\n"), None);
        let line = "serde v1.0.229 alloc,std";
        assert_eq!(with_std(line), Some(line));
    }
}
