//! The native addon for Node.js: built by the CLI of napi-rs, and laid out as a package for each platform.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::node::copy_licences;
use crate::process::{Result, capture, run};
use crate::remap::Remap;
use crate::setup::npm;
use crate::workspace::{Workspace, forget_xtask};

/// What the packages have in common, and in `napi` the platforms: they are listed nowhere else.
const MANIFEST: &str = "bindings/napi/package.json";

/// Builds the addon for a target, this machine's by default, and returns its file.
///
/// The options go to `napi build`.
pub(crate) fn build(
    workspace: &Workspace,
    target: Option<&str>,
    options: &[&str],
) -> Result<PathBuf> {
    let target = match target {
        Some(target) => target.to_owned(),
        None => host(workspace)?,
    };
    let built = artifacts(workspace).join(&target);
    if built.exists() {
        fs::remove_dir_all(&built)?;
    }
    let sysroot = capture(workspace.command("rustc").args(["--print", "sysroot"]))?;
    let remap = Remap::new(workspace, sysroot.trim_end().into())?;
    let mut flags = remap.flags();
    if target.contains("musl") {
        // A musl library is linked at run time, or Node.js cannot load it. The CLI says so in
        // RUSTFLAGS, which cargo does not read beside these.
        flags.push("\x1f-Ctarget-feature=-crt-static");
    }
    // No JavaScript and no types: `npm/credlapse` loads the addon and has its types, which napi-rs
    // would take from what `#[napi]` writes, not from what crosses as a text.
    run(napi(workspace, "build")?
        .args(["--manifest-path", "bindings/napi/Cargo.toml"])
        .args(["--package-json-path", MANIFEST])
        .args(["--platform", "--no-js", "--profile=addon", "--target"])
        .arg(&target)
        .arg("--output-dir")
        .arg(&built)
        .args(options)
        .args(["--", "--locked"])
        .env("CARGO_ENCODED_RUSTFLAGS", flags))?;
    let file = fs::read_dir(&built)?.next().ok_or("no addon was built")??;
    remap.check(&file.path())?;
    Ok(file.path())
}

/// A package of a platform, without its addon.
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The name of the addon's file.
    main: String,
    manifest: PathBuf,
}

/// The packages of all platforms, as the CLI makes them.
pub(crate) fn packages(workspace: &Workspace) -> Result<Vec<Package>> {
    // The CLI writes nowhere but beside the manifest.
    let folder = workspace.target("napi");
    let packages = folder.join("npm");
    if packages.exists() {
        fs::remove_dir_all(&packages)?;
    }
    fs::create_dir_all(&folder)?;
    fs::copy(workspace.path(MANIFEST), folder.join("package.json"))?;
    run(napi(workspace, "create-npm-dirs")?
        .arg("--cwd")
        .arg(&folder))?;
    let mut manifests = Vec::new();
    for package in fs::read_dir(packages)? {
        manifests.push(package?.path().join("package.json"));
    }
    manifests.sort();
    manifests.into_iter().map(Package::read).collect()
}

impl Package {
    fn read(manifest: PathBuf) -> Result<Self> {
        let value: Value = serde_json::from_str(&fs::read_to_string(&manifest)?)?;
        let field = |name: &str| -> Result<String> {
            let text = value[name].as_str().map(str::to_owned);
            text.ok_or_else(|| format!("`{}` has no `{name}`", manifest.display()).into())
        };
        let (name, version, main) = (field("name")?, field("version")?, field("main")?);
        if version != env!("CARGO_PKG_VERSION") {
            return Err(format!("`{MANIFEST}` has not the version of the crates").into());
        }
        Ok(Self {
            name,
            version,
            main,
            manifest,
        })
    }
}

/// Lays out the package of each addon that was built, below `target/npm`; returns their folders.
pub(crate) fn lay_out(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let scope = workspace.target("npm/@credlapse");
    if scope.exists() {
        fs::remove_dir_all(&scope)?;
    }
    let mut folders = Vec::new();
    for package in packages(workspace)? {
        let Some(addon) = find(workspace, &package.main)? else {
            continue;
        };
        let folder = workspace.target("npm").join(&package.name);
        fs::create_dir_all(&folder)?;
        fs::copy(addon, folder.join(&package.main))?;
        fs::copy(&package.manifest, folder.join("package.json"))?;
        fs::copy(
            workspace.path("bindings/napi/README.md"),
            folder.join("README.md"),
        )?;
        copy_licences(workspace, &folder)?;
        // What the CLI leaves out.
        run(npm::command(workspace).current_dir(&folder).args([
            "pkg",
            "set",
            "type=commonjs",
            "files[]=LICENSE-*",
        ]))?;
        folders.push(folder);
    }
    Ok(folders)
}

/// The addon of this file name, for whichever target it was built.
fn find(workspace: &Workspace, name: &str) -> Result<Option<PathBuf>> {
    let artifacts = artifacts(workspace);
    if !artifacts.exists() {
        return Ok(None);
    }
    for target in fs::read_dir(artifacts)? {
        let addon = target?.path().join(name);
        if addon.exists() {
            return Ok(Some(addon));
        }
    }
    Ok(None)
}

/// Where `napi artifacts` looks, a folder for each target.
fn artifacts(workspace: &Workspace) -> PathBuf {
    workspace.target("napi/artifacts")
}

fn napi(workspace: &Workspace, subcommand: &str) -> Result<Command> {
    let mut napi = npm::program(workspace, "napi")?;
    forget_xtask(&mut napi);
    napi.arg(subcommand);
    Ok(napi)
}

fn host(workspace: &Workspace) -> Result<String> {
    let version = capture(workspace.command("rustc").arg("-vV"))?;
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc does not name its host".into())
}
