//! Programs that are published on crates.io.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Result, run};
use crate::workspace::Workspace;

/// One program, in one version.
pub(crate) struct CargoTool {
    package: &'static str,
    binary: &'static str,
    version: Cow<'static, str>,
}

pub(crate) const CARGO_CHECK_EXTERNAL_TYPES: CargoTool = CargoTool {
    package: "cargo-check-external-types",
    binary: "cargo-check-external-types",
    version: Cow::Borrowed("0.5.0"),
};

pub(crate) const CARGO_DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    binary: "cargo-deny",
    version: Cow::Borrowed("0.20.2"),
};

pub(crate) const CARGO_FUZZ: CargoTool = CargoTool {
    package: "cargo-fuzz",
    binary: "cargo-fuzz",
    version: Cow::Borrowed("0.13.1"),
};

pub(crate) const WASM_PACK: CargoTool = CargoTool {
    package: "wasm-pack",
    binary: "wasm-pack",
    version: Cow::Borrowed("0.15.1"),
};

/// wasm-bindgen in the version of the crate in the lockfile: they have to be the same.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<CargoTool> {
    let lock = fs::read_to_string(workspace.path("Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock has no wasm-bindgen")?;
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        binary: "wasm-bindgen",
        version: Cow::Owned(version.to_owned()),
    })
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, after) = lock.split_once(&format!("\nname = \"{package}\"\nversion = \""))?;
    let (version, _) = after.split_once('"')?;
    Some(version)
}

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
                .args(["--version", &self.version, self.package]))
        };
        // A registry mirror may lack a release that the lockfile names.
        install(&["--locked"]).or_else(|_| install(&[]))?;
        Ok(kept)
    }

    fn is_at(&self, path: &Path) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_a_lockfile() {
        let lock = "version = 4\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
