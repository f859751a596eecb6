//! What the published crates promise to those who build with them.

use serde_json::Value;

use crate::process::{Result, capture, run};
use crate::setup::cargo_tool::CARGO_CHECK_EXTERNAL_TYPES;
use crate::workspace::Workspace;

/// The libraries that go to crates.io.
const LIBRARIES: [&str; 4] = [
    "credlapse",
    "credlapse-command",
    "credlapse-smithy",
    "credlapse-tower",
];

/// The package holds its licences, each feature builds alone, and no type of another crate is public but those that a manifest names.
pub(crate) fn check(workspace: &Workspace) -> Result {
    let metadata = capture(workspace.cargo("metadata").args([
        "--format-version=1",
        "--no-deps",
        "--offline",
    ]))?;
    let metadata = serde_json::from_str(&metadata)?;
    licences(workspace, "credlapse-cli")?;
    for library in LIBRARIES {
        licences(workspace, library)?;
        features(workspace, library, &names_of_features(&metadata, library))?;
    }
    let tool = CARGO_CHECK_EXTERNAL_TYPES.ensure(workspace)?;
    for library in LIBRARIES {
        run(workspace
            .command(&tool.to_string_lossy())
            .args(["check-external-types", "--all-features", "--manifest-path"])
            .arg(workspace.path(&format!("crates/{library}/Cargo.toml")))
            // It reads the JSON of rustdoc, which is unstable; build scripts look at this variable, so what is built with
            // it stays apart.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", workspace.target("api")))?;
    }
    Ok(())
}

fn licences(workspace: &Workspace, package: &str) -> Result {
    let files = capture(workspace.cargo("package").args([
        "--list",
        "--allow-dirty",
        "--package",
        package,
    ]))?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        if !files.lines().any(|file| file == licence) {
            return Err(format!("the package `{package}` has no {licence}").into());
        }
    }
    Ok(())
}

fn features(workspace: &Workspace, library: &str, features: &[&str]) -> Result {
    // An empty name is no feature.
    for feature in [""].iter().chain(features) {
        run(workspace
            .cargo("clippy")
            .args(["--quiet", "--package", library, "--no-default-features"])
            .args(["--features", feature, "--", "-Dwarnings"]))?;
    }
    Ok(())
}

fn names_of_features<'a>(metadata: &'a Value, library: &str) -> Vec<&'a str> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter(|package| package["name"] == library)
        .filter_map(|package| package["features"].as_object())
        .flat_map(|features| features.keys().map(String::as_str))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_found_in_the_metadata() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "credlapse", "features": { "serde": ["dep:serde"] } },
            { "name": "credlapse-tower", "features": { "http": [], "retry": [] } },
        ]});
        assert_eq!(
            names_of_features(&metadata, "credlapse-tower"),
            ["http", "retry"]
        );
        assert_eq!(names_of_features(&metadata, "unknown"), [""; 0]);
    }
}
