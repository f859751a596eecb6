//! The scripts of examples/ as such.

use std::path::PathBuf;
use std::process::Command;

use crate::stage::example;

/// Every shell script of examples/, without those of packages that an example has installed.
fn scripts() -> Vec<PathBuf> {
    let mut scripts = Vec::new();
    let mut directories = vec![example(".")];
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.ends_with("node_modules") {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "sh") {
                scripts.push(path);
            }
        }
    }
    scripts
}

#[test]
fn shellcheck_finds_nothing() {
    if Command::new("shellcheck")
        .arg("--version")
        .output()
        .is_err()
    {
        eprintln!("skipped: shellcheck is not installed (`apt-get install shellcheck`)");
        return;
    }
    let scripts = scripts();
    assert!(!scripts.is_empty());
    let output = Command::new("shellcheck")
        .args(&scripts)
        .output()
        .expect("shellcheck runs");
    let found = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{found}");
}
