//! A Rust compiler that has the standard library for WebAssembly.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use super::debian_rust;
use crate::process::{Result, capture, run};
use crate::workspace::Workspace;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The environment in which cargo builds for [`TARGET`].
#[derive(Default)]
pub(crate) struct WasmRust {
    variables: Vec<(&'static str, OsString)>,
}

impl WasmRust {
    /// A compiler other than the default one, with the variables that choose it.
    pub(super) fn with(variables: Vec<(&'static str, OsString)>) -> Self {
        Self { variables }
    }

    /// Makes the command use this compiler.
    pub(crate) fn apply(&self, mut command: Command) -> Command {
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }

    /// The PATH of a command that uses this compiler.
    pub(crate) fn path(&self) -> OsString {
        let own = self.variables.iter().find(|(name, _)| *name == "PATH");
        own.map(|(_, path)| path.clone())
            .or_else(|| std::env::var_os("PATH"))
            .unwrap_or_default()
    }

    /// The folder in which this compiler keeps its libraries.
    pub(crate) fn sysroot(&self, workspace: &Workspace) -> Result<PathBuf> {
        let rustc = self.variables.iter().find(|(name, _)| *name == "RUSTC");
        let rustc = rustc.map_or("rustc".into(), |(_, path)| path.to_string_lossy());
        let path = capture(workspace.command(&rustc).args(["--print", "sysroot"]))?;
        Ok(PathBuf::from(path.trim_end()))
    }
}

/// The default compiler where it has the library or rustup can add it, else Debian's.
pub(crate) fn ensure(workspace: &Workspace) -> Result<WasmRust> {
    let default = WasmRust::default();
    let library = default
        .sysroot(workspace)?
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib");
    if library.is_dir() {
        return Ok(default);
    }
    let mut rustup = workspace.command("rustup");
    match run(rustup.args(["target", "add", TARGET])) {
        Ok(()) => Ok(default),
        Err(error) => {
            eprintln!("{error}; using the compiler of Debian");
            debian_rust::ensure(workspace)
        }
    }
}
