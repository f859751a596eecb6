//! Debian's compiler with a standard library for WebAssembly built from Debian's source.
//!
//! For machines that can reach package registries but not the rustup servers.
//! Debian has the compiler and the source, but no built library for this target.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::wasm_std::{TARGET, WasmRust};
use crate::process::{Result, capture, run};
use crate::workspace::Workspace;

const RUSTC: &str = "/usr/bin/rustc";
const PACKAGES: [&str; 2] = ["rustc-web", "rust-web-src"];

/// Installs the packages and builds the library where they are missing; needs root to do so.
pub(super) fn ensure(workspace: &Workspace) -> Result<WasmRust> {
    install(workspace)?;
    let rust = WasmRust::with(vec![
        ("RUSTC", RUSTC.into()),
        ("PATH", path_with_debian_first()?),
        (
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
            linker(workspace)?,
        ),
    ]);
    let library = Path::new("/usr/lib/rustlib").join(TARGET).join("lib");
    if !library.is_dir() {
        install_std(workspace, &library)?;
    }
    Ok(rust)
}

/// Makes a command of cargo build the standard library of any target from the source.
pub(crate) fn apply(workspace: &Workspace, cargo: &mut Command) -> Result {
    install(workspace)?;
    cargo.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1");
    Ok(())
}

fn install(workspace: &Workspace) -> Result {
    if Path::new(RUSTC).exists() && source().exists() {
        return Ok(());
    }
    let mut apt = workspace.command("apt-get");
    apt.args(["install", "--yes", "--no-install-recommends"]);
    run(apt.args(PACKAGES))
}

fn source() -> PathBuf {
    PathBuf::from("/usr/lib/rustlib/src/rust/library/Cargo.lock")
}

/// wasm-pack asks the `rustc` on PATH for its sysroot, whatever RUSTC says.
fn path_with_debian_first() -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(PathBuf::from("/usr/bin")).chain(std::env::split_paths(&path));
    Ok(std::env::join_paths(folders)?)
}

/// Debian ships no `rust-lld`; the one of the default toolchain links for any compiler.
fn linker(workspace: &Workspace) -> Result<OsString> {
    let sysroot = capture(workspace.command("rustc").args(["--print", "sysroot"]))?;
    let version = capture(workspace.command("rustc").arg("-vV"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or("rustc -vV names no host")?;
    let bin = Path::new(sysroot.trim_end()).join("lib/rustlib").join(host);
    Ok(bin.join("bin/rust-lld").into_os_string())
}

/// Builds std once as a dependency of an empty crate and keeps the libraries.
fn install_std(workspace: &Workspace, library: &Path) -> Result {
    let folder = workspace.target("wasm-std");
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"wasm-std\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    let mut cargo = workspace.cargo("build");
    cargo
        .current_dir(&folder)
        .args(["--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,panic_unwind")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        // The release profiles of the workspace link with LTO.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    apply(workspace, &mut cargo)?;
    run(&mut cargo)?;

    // Complete or absent: the folder is the mark that the library is there.
    let staging = library.with_extension("incomplete");
    fs::create_dir_all(&staging)?;
    for entry in fs::read_dir(folder.join("target").join(TARGET).join("release/deps"))? {
        let file = entry?.path();
        if file
            .extension()
            .is_some_and(|extension| extension == "rlib")
        {
            fs::copy(&file, staging.join(file.file_name().unwrap_or_default()))?;
        }
    }
    fs::rename(&staging, library)?;
    Ok(())
}
