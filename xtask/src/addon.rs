//! The native addon for Node.js, as a package for each platform.

use std::fs;
use std::path::PathBuf;

use crate::node::copy_licences;
use crate::process::{Result, capture, run};
use crate::workspace::Workspace;

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

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The names of all packages, and their version.
pub(crate) fn packages() -> impl Iterator<Item = (String, &'static str)> {
    PLATFORMS
        .iter()
        .map(|platform| (format!("@credlapse/{}", platform.name), VERSION))
}

/// Builds the addon for a target, this machine's by default, as a package below `target/npm`.
pub(crate) fn build(workspace: &Workspace, target: Option<&str>) -> Result {
    package(workspace, target).map(drop)
}

pub(crate) fn package(workspace: &Workspace, target: Option<&str>) -> Result<PathBuf> {
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

fn host(workspace: &Workspace) -> Result<String> {
    let version = capture(workspace.command("rustc").arg("-vV"))?;
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc does not name its host".into())
}
