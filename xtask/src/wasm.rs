//! The WebAssembly modules: compiled, bound to JavaScript, optimised and tried.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Result, run};
use crate::remap::Remap;
use crate::setup::cargo_tool::{self, WASM_PACK};
use crate::setup::npm;
use crate::setup::wasm_std::{self, WasmRust};
use crate::workspace::Workspace;

/// One module: a feature of `bindings/wasm`.
#[derive(Clone, Copy)]
pub(crate) struct Module {
    pub(crate) feature: &'static str,
    /// The type of what it exports, and its file below `npm/credlapse/src`.
    pub(crate) interface: &'static str,
    pub(crate) declared: &'static str,
}

pub(crate) const DIAGNOSE: Module = Module {
    feature: "diagnose",
    interface: "Core",
    declared: "core.ts",
};
pub(crate) const PROFILE: Module = Module {
    feature: "profile",
    interface: "ProfileCore",
    declared: "core.ts",
};
pub(crate) const CHECK: Module = Module {
    feature: "check",
    interface: "CheckCore",
    declared: "core.ts",
};
pub(crate) const COMMAND: Module = Module {
    feature: "command",
    interface: "CommandCore",
    declared: "command/core.ts",
};

/// The files of one build.
pub(crate) struct Built {
    /// The JavaScript that wasm-bindgen wrote.
    pub(crate) glue: PathBuf,
    /// The optimised module.
    pub(crate) module: PathBuf,
}

/// What the modules are made of, beside the compiler.
pub(crate) const SOURCES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "bindings/unpack/Cargo.toml",
    "bindings/unpack/src",
    "bindings/wasm/Cargo.toml",
    "bindings/wasm/src",
    "crates/credlapse/Cargo.toml",
    "crates/credlapse/src",
    "package-lock.json",
    "xtask/src",
];

/// What the module of the command is made of besides.
pub(crate) const COMMAND_SOURCES: &[&str] = &[
    "crates/credlapse-command/Cargo.toml",
    "crates/credlapse-command/remarks",
    "crates/credlapse-command/src",
];

/// Builds a module in cargo's target folder.
pub(crate) fn build(workspace: &Workspace, module: Module) -> Result<Built> {
    compile(workspace, module, &workspace.target("wasm"))
}

/// Builds what unpacks the modules; it needs no JavaScript of wasm-bindgen.
pub(crate) fn build_unpacker(workspace: &Workspace) -> Result<Vec<u8>> {
    /// What an old browser compiles on its main thread.
    const MAX: usize = 4096;
    let target = workspace.target("wasm");
    let rust = wasm_std::ensure(workspace)?;
    let mut flags = Remap::new(workspace, rust.sysroot(workspace)?)?.flags();
    // Unrolled, it is half as large again, and no quicker.
    flags.push("\x1f-Cllvm-args=-unroll-threshold=0");
    let mut cargo = rust.apply(workspace.cargo("rustc"));
    // As a library it is a dependency of this program: only one of the two can be optimised as a whole.
    cargo
        .args(["--crate-type", "cdylib"])
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags)
        .args(["--package", "credlapse-unpack", "--profile", "wasm"])
        .args(["--target", wasm_std::TARGET, "--locked", "--quiet"]);
    run(&mut cargo)?;
    let built = target
        .join(wasm_std::TARGET)
        .join("wasm/credlapse_unpack.wasm");
    let optimised = target.join("unpack.wasm");
    optimise(workspace, &built, &optimised)?;
    let module = fs::read(optimised)?;
    if module.len() > MAX {
        return Err(format!("the unpacker has {} bytes, at most {MAX}", module.len()).into());
    }
    Ok(module)
}

/// Builds once more from nothing, in another folder, and compares the bytes.
pub(crate) fn check_reproducible(workspace: &Workspace) -> Result {
    let again = workspace.target("wasm-again");
    if again.exists() {
        fs::remove_dir_all(&again)?;
    }
    let first = build(workspace, DIAGNOSE)?;
    let second = compile(workspace, DIAGNOSE, &again)?;
    for (first, second) in [(&first.module, &second.module), (&first.glue, &second.glue)] {
        if fs::read(first)? != fs::read(second)? {
            let (first, second) = (first.display(), second.display());
            return Err(format!("two builds differ: `{first}` and `{second}`").into());
        }
    }
    fs::remove_dir_all(&again)?;
    Ok(())
}

fn compile(workspace: &Workspace, module: Module, target: &Path) -> Result<Built> {
    let package = target.join("package").join(module.feature);
    run(wasm_pack(workspace, target)?
        .arg("build")
        .arg(workspace.path("bindings/wasm"))
        .args(["--target", "web", "--mode", "no-install"])
        .args(["--profile", "wasm", "--no-pack", "--no-typescript"])
        .args(["--out-name", "module", "--out-dir"])
        .arg(&package)
        .args(["--", "--locked", "--quiet", "--no-default-features"])
        .args(["--features", module.feature]))?;

    let optimised = package.join("module.wasm");
    optimise(workspace, &package.join("module_bg.wasm"), &optimised)?;
    Ok(Built {
        glue: package.join("module.js"),
        module: optimised,
    })
}

fn optimise(workspace: &Workspace, module: &Path, optimised: &Path) -> Result {
    // No feature flags: the module says itself what it uses, and `--all-features`
    // writes encodings that no released engine reads.
    run(npm::program(workspace, "wasm-opt")?
        // A second time after the control flow was made anew finds more. Nothing
        // lies in the first kilobyte, where the stack would end.
        .args(["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz"])
        .arg("--low-memory-unused")
        .args([
            "--strip-debug",
            "--strip-producers",
            "--strip-target-features",
        ])
        .arg(module)
        .arg("--output")
        .arg(optimised))?;
    run(workspace
        .command("node")
        .args([
            "--eval",
            "new WebAssembly.Module(fs.readFileSync(process.argv[1]))",
        ])
        .arg(optimised))
}

/// wasm-pack with the compiler, the wasm-bindgen and the flags that it is to use.
fn wasm_pack(workspace: &Workspace, target: &Path) -> Result<Command> {
    let rust = wasm_std::ensure(workspace)?;
    let bindgen = cargo_tool::wasm_bindgen(workspace)?.ensure(workspace)?;
    let pack = WASM_PACK.ensure(workspace)?;
    let flags = Remap::new(workspace, rust.sysroot(workspace)?)?.flags();
    let path = path_with(&rust, &bindgen)?;
    let mut command = rust.apply(workspace.command(&pack.to_string_lossy()));
    command
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags);
    Ok(command)
}

/// wasm-pack looks for `wasm-bindgen` on PATH, and asks the `rustc` there for its sysroot.
fn path_with(rust: &WasmRust, bindgen: &Path) -> Result<OsString> {
    let path = rust.path();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    if let Some(folder) = bindgen.parent().filter(|folder| folder.is_absolute()) {
        folders.push(folder.to_path_buf());
    }
    Ok(std::env::join_paths(folders)?)
}
