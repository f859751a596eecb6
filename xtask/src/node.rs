//! The npm packages: the library, and the native addon of this platform.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Result, capture, run};
use crate::setup::npm;
use crate::workspace::Workspace;
use crate::{declarations, generated};

/// A platform for which the addon is published.
struct Platform {
    target: &'static str,
    /// The package is `@credlapse/` and this.
    name: &'static str,
    os: &'static str,
    cpu: &'static str,
    libc: Option<&'static str>,
    /// The file that cargo writes.
    library: &'static str,
}

/// Those of `.github/workflows/npm.yml`.
const PLATFORMS: [Platform; 7] = [
    linux("x86_64-unknown-linux-gnu", "linux-x64-gnu", "x64", "glibc"),
    linux("x86_64-unknown-linux-musl", "linux-x64-musl", "x64", "musl"),
    linux(
        "aarch64-unknown-linux-gnu",
        "linux-arm64-gnu",
        "arm64",
        "glibc",
    ),
    linux(
        "aarch64-unknown-linux-musl",
        "linux-arm64-musl",
        "arm64",
        "musl",
    ),
    mac("x86_64-apple-darwin", "darwin-x64", "x64"),
    mac("aarch64-apple-darwin", "darwin-arm64", "arm64"),
    Platform {
        target: "x86_64-pc-windows-msvc",
        name: "win32-x64-msvc",
        os: "win32",
        cpu: "x64",
        libc: None,
        library: "credlapse_napi.dll",
    },
];

const fn linux(
    target: &'static str,
    name: &'static str,
    cpu: &'static str,
    libc: &'static str,
) -> Platform {
    Platform {
        target,
        name,
        os: "linux",
        cpu,
        libc: Some(libc),
        library: "libcredlapse_napi.so",
    }
}

const fn mac(target: &'static str, name: &'static str, cpu: &'static str) -> Platform {
    Platform {
        target,
        name,
        os: "darwin",
        cpu,
        libc: None,
        library: "libcredlapse_napi.dylib",
    }
}

/// An entry of the TypeScript, what the package calls it, and the modules that declare it.
///
/// The types of the main entry are the same everywhere: TypeScript does not know for which host a
/// bundler builds.
const LIBRARY: [(&str, &str, &[&str]); 2] = [
    ("anywhere", "index", &["index", "node"]),
    ("profile", "profile", &["profile"]),
];

/// Builds the addon for a target, this machine's by default, as a package below `target/npm`.
pub(crate) fn build_addon(workspace: &Workspace, target: Option<&str>) -> Result {
    addon_package(workspace, target).map(drop)
}

fn addon_package(workspace: &Workspace, target: Option<&str>) -> Result<PathBuf> {
    let triple = match target {
        Some(target) => target.to_owned(),
        None => host(workspace)?,
    };
    let platform = PLATFORMS
        .iter()
        .find(|platform| platform.target == triple)
        .ok_or_else(|| format!("no addon is published for `{triple}`"))?;
    let mut build = workspace.cargo("build");
    build.args(["--package=credlapse-napi", "--profile=addon", "--locked"]);
    let mut built = workspace.target("");
    if let Some(target) = target {
        build.arg("--target").arg(target);
        built.push(target);
        // A musl library is linked at run time, or Node.js cannot load it.
        build.env("RUSTFLAGS", "-Ctarget-feature=-crt-static");
    }
    run(&mut build)?;

    let package = workspace.target("npm/@credlapse").join(platform.name);
    fs::create_dir_all(&package)?;
    fs::copy(
        built.join("addon").join(platform.library),
        package.join("credlapse.node"),
    )?;
    copy_licences(workspace, &package)?;
    let libc = platform
        .libc
        .map(|libc| format!("  \"libc\": [\"{libc}\"],\n"))
        .unwrap_or_default();
    fs::write(
        package.join("package.json"),
        format!(
            "{{\n  \"name\": \"@credlapse/{name}\",\n  \"version\": \"{VERSION}\",\n  \
             \"description\": \"The native addon of credlapse for {name}.\",\n  \
             \"license\": \"MIT OR Apache-2.0\",\n  \
             \"repository\": {{\n    \"type\": \"git\",\n    \
             \"url\": \"git+https://github.com/credlapse/credlapse.git\"\n  }},\n  \
             \"main\": \"credlapse.node\",\n  \"files\": [\"credlapse.node\", \"LICENSE-*\"],\n  \
             \"engines\": {{ \"node\": \">=20\" }},\n  \
             \"os\": [\"{os}\"],\n{libc}  \"cpu\": [\"{cpu}\"]\n}}\n",
            name = platform.name,
            os = platform.os,
            cpu = platform.cpu,
        ),
    )?;
    Ok(package)
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Builds the package `credlapse` below `target/npm`.
pub(crate) fn build_library(workspace: &Workspace) -> Result {
    library_package(workspace).map(drop)
}

fn library_package(workspace: &Workspace) -> Result<PathBuf> {
    generated::build(workspace)?;
    generated::build_command(workspace)?;
    let package = workspace.target("npm/credlapse");
    let dist = package.join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    let types = workspace.target("types-node");
    for project in ["tsconfig.json", "tsconfig.node.json"] {
        run(npm::program(workspace, "tsc")?
            .args(["--project", &format!("npm/credlapse/{project}"), "--outDir"])
            .arg(&types))?;
    }
    for (entry, name, declared) in LIBRARY {
        for (format, extension) in [("esm", "js"), ("cjs", "cjs")] {
            bundle(
                workspace,
                entry,
                format,
                &dist.join(name).with_extension(extension),
            )?;
        }
        let text = declarations::of(&types, declared)?;
        fs::write(dist.join(name).with_extension("d.ts"), &text)?;
        fs::write(dist.join(name).with_extension("d.cts"), text)?;
    }
    for (entry, file) in [
        ("node_entry", "portable.cjs"),
        ("command_wasm", "command_wasm.cjs"),
    ] {
        bundle(workspace, entry, "cjs", &dist.join(file))?;
    }
    fs::copy(
        workspace.path(generated::FOLDER).join("command.wasm"),
        dist.join("command.wasm"),
    )?;
    // Whatever is not read is not waited for.
    const NODE: [&str; 3] = ["--platform=node", "--format=cjs", "--minify-whitespace"];
    let native = in_place_of_wasm("native_backend.ts");
    esbuild(
        workspace,
        &sources_with(
            workspace,
            "native",
            &[&native[..], &[("node_later.ts", "node.ts")]].concat(),
        )?
        .join("node_loader.ts"),
        &[&NODE[..], &["--external:./*.cjs"]].concat(),
        &dist.join("node.cjs"),
    )?;
    esbuild(
        workspace,
        &sources_with(workspace, "machine", &native)?.join("node.ts"),
        &NODE,
        &dist.join("machine.cjs"),
    )?;
    // For bundlers: what CommonJS requires, a bundle as an ES module does not find.
    esbuild(
        workspace,
        &sources_with(workspace, "module", &[("no_native.ts", "native.ts")])?.join("node_entry.ts"),
        &["--platform=node", "--format=esm"],
        &dist.join("node.js"),
    )?;
    const COMMAND: [&str; 2] = [
        "--external:./command_wasm.cjs",
        "--banner:js=#!/usr/bin/env node",
    ];
    esbuild(
        workspace,
        &sources_with(
            workspace,
            "command",
            &in_place_of_wasm("command_backend.ts"),
        )?
        .join("command.ts"),
        &[&NODE[..], &COMMAND].concat(),
        &dist.join("command.cjs"),
    )?;
    fs::write(
        dist.join("node.d.cts"),
        declarations::of(&types, &["node"])?,
    )?;
    let schemas = dist.join("schema");
    fs::create_dir_all(&schemas)?;
    for schema in fs::read_dir(workspace.path("crates/credlapse-cli/schema"))? {
        let schema = schema?;
        fs::copy(schema.path(), schemas.join(schema.file_name()))?;
    }
    copy_licences(workspace, &package)?;
    fs::copy(workspace.path("README.md"), package.join("README.md"))?;
    fs::write(package.join("package.json"), manifest(workspace)?)?;
    Ok(package)
}

/// The manifest, with the addons: before they are published, npm could not install it with them.
fn manifest(workspace: &Workspace) -> Result<String> {
    let text = fs::read_to_string(workspace.path("npm/credlapse/package.json"))?;
    let body = text
        .trim_end()
        .strip_suffix('}')
        .ok_or("npm/credlapse/package.json is no object")?;
    let addons: Vec<String> = PLATFORMS
        .iter()
        .map(|platform| format!("    \"@credlapse/{}\": \"{VERSION}\"", platform.name))
        .collect();
    Ok(format!(
        "{},\n  \"optionalDependencies\": {{\n{}\n  }}\n}}\n",
        body.trim_end(),
        addons.join(",\n")
    ))
}

fn bundle(workspace: &Workspace, entry: &str, format: &str, output: &Path) -> Result {
    let format = format!("--format={format}");
    let options: &[&str] = match entry {
        "node_entry" | "command_wasm" => &["--platform=node", &format],
        _ => &["--platform=neutral", &format],
    };
    let source = workspace.path(SOURCES).join(entry).with_extension("ts");
    esbuild(workspace, &source, options, output)
}

const SOURCES: &str = "npm/credlapse/src";

/// A backend in the place of each WebAssembly module of the library.
fn in_place_of_wasm(backend: &str) -> [(&str, &str); 3] {
    ["backend.ts", "profile_backend.ts", "check_backend.ts"].map(|place| (backend, place))
}

/// A copy of the sources with some of them in the place of others.
fn sources_with(workspace: &Workspace, name: &str, others: &[(&str, &str)]) -> Result<PathBuf> {
    let copy = workspace.target(&format!("{name}-src"));
    for folder in ["", "command", "generated"] {
        copy_files(&workspace.path(SOURCES).join(folder), &copy.join(folder))?;
    }
    for (other, place) in others {
        fs::copy(copy.join(other), copy.join(place))?;
    }
    Ok(copy)
}

fn copy_files(from: &Path, to: &Path) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn esbuild(workspace: &Workspace, source: &Path, options: &[&str], output: &Path) -> Result {
    run(npm::program(workspace, "esbuild")?
        .arg(source)
        .args(["--bundle", "--target=es2022", "--log-level=error"])
        .args(options)
        .arg(format!("--outfile={}", output.display())))
}

fn copy_licences(workspace: &Workspace, package: &Path) -> Result {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(workspace.path(licence), package.join(licence))?;
    }
    Ok(())
}

fn host(workspace: &Workspace) -> Result<String> {
    let version = capture(workspace.command("rustc").arg("-vV"))?;
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc does not name its host".into())
}

/// What Node.js bundles and runs: the addon, the package and the SDKs, against the core and a local AWS.
pub(crate) const TESTS: [&str; 6] = [
    "tests/parity/addon.ts",
    "tests/parity/command.ts",
    "tests/parity/thrown.ts",
    "tests/sdk/cdk.ts",
    "tests/sdk/node.ts",
    "tests/sdk/preflight.ts",
];

/// The addon against the core and WebAssembly, the real SDKs, and the packages as a project
/// installs them.
pub(crate) fn test(workspace: &Workspace) -> Result {
    let addon = addon_package(workspace, None)?;
    let library = library_package(workspace)?;
    npm::ensure_in(workspace, "examples/node-cdk")?;
    runtimes(workspace)?;
    run(workspace.cargo("build").args([
        "--quiet",
        "--package=aws-sim",
        "--package=credlapse-cli",
    ]))?;
    for test in TESTS {
        run(workspace
            .command("node")
            .args(["--expose-gc", "--test"])
            .arg(bundled_test(workspace, test)?)
            .env("AWS_SIM_BIN", workspace.target("debug/aws-sim"))
            .env("CREDLAPSE_BIN", workspace.target("debug/credlapse"))
            .env("CREDLAPSE_ADDON", addon.join("credlapse.node"))
            .env("CREDLAPSE_PACKAGES", workspace.target("npm"))
            // Where the library finds the addon.
            .env("NODE_PATH", workspace.target("npm")))?;
    }
    for (tool, arguments) in [("publint", &["run", "--strict"][..]), ("attw", &["--pack"])] {
        run(npm::program(workspace, tool)?.args(arguments).arg(&library))?;
    }
    run(workspace
        .command("node")
        .args(["--test", "tests/packaging/node.test.mjs"])
        .env("CREDLAPSE_PACKAGES", workspace.target("npm")))
}

/// Bun and the newest Node.js, which npm has as packages for this platform.
///
/// Without a lockfile: they are for one platform, and `npm ci` wants all that a lockfile names.
fn runtimes(workspace: &Workspace) -> Result {
    let folder = workspace.path("tests/packaging/runtimes");
    let is_there = folder.join("node_modules/@oven").exists();
    if is_there || !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Ok(());
    }
    let mut npm = workspace.command("npm");
    run(npm
        .current_dir(folder)
        .args(["install", "--no-package-lock", "--no-progress"]))
}

/// A test in TypeScript as one file that Node.js 20 runs.
fn bundled_test(workspace: &Workspace, source: &str) -> Result<PathBuf> {
    let test = workspace
        .target("node-tests")
        .join(source)
        .with_extension("test.mjs");
    run(npm::program(workspace, "esbuild")?
        .arg(source)
        .args([
            "--bundle",
            "--platform=node",
            "--format=esm",
            "--log-level=error",
        ])
        // Where the source lies, not the bundle: the files beside it are found from there.
        .arg(format!(
            "--define:import.meta.url=\"file://{}\"",
            workspace.path(source).display()
        ))
        .arg(format!("--outfile={}", test.display())))?;
    Ok(test)
}
