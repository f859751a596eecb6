//! Programs that are published on crates.io.

use std::path::PathBuf;
use std::process::Command;

use crate::process::{Result, run};
use crate::workspace::Workspace;

/// One program, in one version.
pub(crate) struct CargoTool {
    package: &'static str,
    binary: &'static str,
    version: &'static str,
}

pub(crate) const CARGO_DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    binary: "cargo-deny",
    version: "0.20.2",
};

impl CargoTool {
    /// The path of the program, installed if need be.
    ///
    /// It is kept outside the target folder, so that clones share it and
    /// `cargo clean` spares it.
    pub(crate) fn ensure(&self, workspace: &Workspace) -> Result<PathBuf> {
        let on_path = PathBuf::from(self.binary);
        if self.is_at(&on_path) {
            return Ok(on_path);
        }
        let root = cache()?.join(format!("{}-{}", self.package, self.version));
        let kept = root.join("bin").join(self.binary);
        if self.is_at(&kept) {
            return Ok(kept);
        }
        let install = |locked: &[&str]| {
            run(workspace
                .cargo("install")
                .args(locked)
                .arg("--root")
                .arg(&root)
                .args(["--version", self.version, self.package]))
        };
        // A registry mirror may lack a release that the lockfile names.
        install(&["--locked"]).or_else(|_| install(&[]))?;
        Ok(kept)
    }

    fn is_at(&self, path: &PathBuf) -> bool {
        Command::new(path)
            .arg("--version")
            .output()
            .is_ok_and(|output| {
                String::from_utf8_lossy(&output.stdout)
                    .split_whitespace()
                    .any(|word| word == self.version)
            })
    }
}

fn cache() -> Result<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let base = from("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| from("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .ok_or("neither XDG_CACHE_HOME nor HOME is set: nowhere to keep build tools")?;
    Ok(base.join("credlapse-xtask"))
}
