//! What docs/ says is what the command and the core say.
//!
//! `UPDATE=1 cargo test -p credlapse-cli --test docs` writes what is made from them anew.

#[cfg(unix)]
mod fences;
// `check` has `--online` there, and the shell of the system is a default.
#[cfg(all(unix, feature = "online"))]
mod help;
mod json;
mod links;
mod pages;
mod tables;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A path of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// What a file of the repository holds; nothing where there is none.
fn content(path: &str) -> String {
    std::fs::read_to_string(repository(path)).unwrap_or_default()
}

/// Compares a file of the repository with what it should be; `UPDATE=1` writes it.
fn fresh(path: &str, expected: &str) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(repository(path), expected).expect("the file is written");
    }
    assert_eq!(content(path), expected, "{path}: UPDATE=1 writes it anew");
}

/// Compares what stands between the marks of `name`.
fn filled(path: &str, name: &str, table: &str) {
    let page = content(path);
    let (before, rest) = page
        .split_once(&format!("<!-- {name} -->\n"))
        .expect("a mark");
    let (_, after) = rest.split_once("<!-- end -->").expect("an end");
    let page = format!("{before}<!-- {name} -->\n{table}\n<!-- end -->{after}");
    fresh(path, &page);
}

/// Runs the command, apart from this machine's environment.
fn credlapse(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_credlapse"))
        .args(arguments)
        .env_clear()
        .output()
        .expect("the command runs")
}
