//! Paths of this machine, kept out of what is published.
//!
//! Panic messages name files: without this, those of the machine that built them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::process::Result;
use crate::workspace::Workspace;

/// Where the sources lie, and what the compiler is to write in its place.
pub(crate) struct Remap([(PathBuf, &'static str); 3]);

impl Remap {
    /// That of a compiler, which has its own sources in its sysroot.
    pub(crate) fn new(workspace: &Workspace, sysroot: PathBuf) -> Result<Self> {
        let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo_home = cargo_home
            .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
            .ok_or("neither CARGO_HOME nor a home directory is known")?;
        Ok(Self([
            (workspace.path(""), "/credlapse"),
            (cargo_home, "/cargo"),
            (sysroot, "/rust"),
        ]))
    }

    /// The flags of the compiler, as `CARGO_ENCODED_RUSTFLAGS` takes them.
    pub(crate) fn flags(&self) -> OsString {
        let mut flags = OsString::new();
        for (from, to) in &self.0 {
            if !flags.is_empty() {
                flags.push("\x1f");
            }
            flags.push("--remap-path-prefix=");
            flags.push(from.as_os_str());
            flags.push("=");
            flags.push(to);
        }
        flags
    }

    /// Fails if a file has one of the paths in it, whoever wrote it there.
    pub(crate) fn check(&self, file: &Path) -> Result {
        let bytes = fs::read(file)?;
        for (from, _) in &self.0 {
            let path = from.to_string_lossy();
            let path = path.trim_end_matches(std::path::is_separator).as_bytes();
            if bytes.windows(path.len()).any(|part| part == path) {
                let (file, path) = (file.display(), from.display());
                return Err(format!("`{file}` names `{path}`, which is of this machine").into());
            }
        }
        Ok(())
    }
}
