//! The fuzz targets of the core, for as long as they are asked for.

use std::fs;
use std::path::PathBuf;

use crate::process::{Result, run};
use crate::setup::cargo_tool::CARGO_FUZZ;
use crate::workspace::Workspace;

const FUZZ: &str = "crates/credlapse/fuzz";
/// All targets share it.
const SECONDS: u32 = 60;

/// Runs one target or all of them: `[target] [seconds]`.
pub(crate) fn fuzz(workspace: &Workspace, arguments: &[&str]) -> Result {
    let all = targets(workspace)?;
    let (names, seconds) = match arguments {
        [names @ .., last] if last.parse::<u32>().is_ok() => (names, last.parse()?),
        names => (names, SECONDS),
    };
    let chosen = match names {
        [] => all,
        [name] if all.iter().any(|target| target == name) => vec![(*name).to_owned()],
        _ => {
            let names = names.join(" ");
            return Err(format!("no fuzz target `{names}`; there are {}", all.join(", ")).into());
        }
    };
    let each = seconds / u32::try_from(chosen.len())?;
    // For libFuzzer, 0 means without an end.
    let each = each.max(1);
    let signals = signals(workspace)?;
    let cargo_fuzz = CARGO_FUZZ.ensure(workspace)?;
    for target in &chosen {
        let corpus = format!("{FUZZ}/corpus/{target}");
        fs::create_dir_all(workspace.path(&corpus))?;
        let mut command = workspace.command(&cargo_fuzz.to_string_lossy());
        command
            .args(["fuzz", "run", "--fuzz-dir", FUZZ])
            // The core forbids unsafe code, and without a sanitizer stable Rust is enough.
            .args(["--sanitizer", "none", target, &corpus]);
        if target == "text_read" {
            command.arg("examples/failures");
        }
        let own = workspace.path(FUZZ).join(format!("{target}.dict"));
        let dictionary = if own.exists() { &own } else { &signals };
        command
            .arg("--")
            .arg(format!("-dict={}", dictionary.display()))
            .arg(format!("-max_total_time={each}"))
            .args(["-max_len=4096", "-len_control=0", "-timeout=10"]);
        run(&mut command)?;
    }
    Ok(())
}

fn targets(workspace: &Workspace) -> Result<Vec<String>> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(workspace.path(FUZZ).join("fuzz_targets"))? {
        let path = entry?.path();
        targets.extend(path.file_stem().map(|stem| stem.to_string_lossy().into()));
    }
    targets.sort();
    Ok(targets)
}

/// The dictionary of what the rules look for: by chance it is not found.
fn signals(workspace: &Workspace) -> Result<PathBuf> {
    let signals = fs::read(workspace.path("tests/corpus/signals.json"))?;
    let signals: Vec<serde_json::Value> = serde_json::from_slice(&signals)?;
    let lines: String = signals
        .iter()
        .filter_map(|signal| signal["value"].as_str())
        .filter_map(entry)
        .collect();
    let path = workspace.target("fuzz/signals.dict");
    fs::create_dir_all(workspace.target("fuzz"))?;
    fs::write(&path, lines)?;
    Ok(path)
}

/// One line of a dictionary; `None` for what libFuzzer would not keep.
fn entry(text: &str) -> Option<String> {
    const WORD_MAX: usize = 64;
    if !(1..=WORD_MAX).contains(&text.len()) {
        return None;
    }
    let word: String = text
        .bytes()
        .map(|byte| match byte {
            b'"' | b'\\' => format!("\\x{byte:02x}"),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        })
        .collect();
    Some(format!("\"{word}\"\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_dictionary_is_quoted() {
        assert_eq!(
            entry("a \"b\\\n\u{e9}").as_deref(),
            Some("\"a \\x22b\\x5c\\x0a\\xc3\\xa9\"\n")
        );
        assert_eq!(entry(""), None);
        assert_eq!(entry(&"a".repeat(65)), None);
    }
}
