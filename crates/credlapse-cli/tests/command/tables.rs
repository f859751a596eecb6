//! What the command prints of itself: rules, help, completions, man pages.

use std::collections::HashSet;

use serde_json::Value;

use crate::run::{Directory, run};

#[test]
fn rules_are_data() {
    let printed = run(&["rules", "--format", "json"], "");
    assert_eq!((printed.status, printed.stderr.as_str()), (0, ""));
    let table: Value = serde_json::from_str(&printed.stdout).expect("JSON");
    assert_eq!(table["version"], env!("CARGO_PKG_VERSION"));
    let rules = table["rules"].as_array().expect("a list");
    assert!(rules.len() > 300, "{}", rules.len());
    let ids: Vec<_> = rules
        .iter()
        .map(|rule| rule["id"].as_str().expect("an id"))
        .collect();
    assert!(ids.is_sorted());
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    for rule in rules {
        let says = rule["verdict"].as_str().expect("a verdict");
        assert_eq!(
            rule["kind"].is_string(),
            matches!(says, "is" | "chain_end"),
            "{rule}"
        );
        for field in ["confidence", "signal", "literal", "scope", "source"] {
            assert!(
                rule[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field}: {rule}"
            );
        }
        for field in ["verdict", "signal", "scope"] {
            assert_ne!(rule[field], "unknown", "{rule}");
        }
    }
}

#[test]
fn rules_are_a_table_for_people() {
    let printed = run(&["rules"], "");
    let header = printed.stdout.lines().next().unwrap_or_default();
    let column = header.find("says").expect("a column");
    let row = printed
        .stdout
        .lines()
        .find(|line| line.starts_with("ExpiredToken "))
        .expect("a row");
    assert!(row[column..].starts_with("session_token_expired "), "{row}");
}

#[test]
fn rules_are_the_same_in_every_form() {
    let printed = run(&["rules", "--format", "json"], "");
    let table: Value = serde_json::from_str(&printed.stdout).expect("JSON");
    let rules = table["rules"].as_array().expect("a list");

    let markdown = run(&["rules", "--format", "markdown"], "").stdout;
    let rows: Vec<_> = markdown
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert_eq!(rows.len(), rules.len());
    for row in rows {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 8, "{row}");
    }

    let go = run(&["rules", "--format", "go"], "").stdout;
    assert!(go.contains(concat!(
        "const Version = \"",
        env!("CARGO_PKG_VERSION"),
        "\"\n"
    )));
    let rows: Vec<_> = go
        .lines()
        .filter(|line| line.starts_with("\t{ID: "))
        .collect();
    assert_eq!(rows.len(), rules.len());
    for (row, rule) in rows.iter().zip(rules) {
        // A string literal of JSON without escapes beyond these is one of Go.
        assert!(
            row.starts_with(&format!("\t{{ID: {}, ", rule["id"])),
            "{row}"
        );
        assert!(
            row.contains(&format!(", Literal: {}, ", rule["literal"])),
            "{row}"
        );
    }
}

#[test]
fn help_teaches() {
    let long = run(&["explain", "--help"], "").stdout;
    for part in [
        "Examples:",
        "--ndjson",
        "Exit status:",
        "  10  CREDENTIALS_EXPIRED",
        "   2  bad usage",
        "  66  a file cannot be read",
        "NO_COLOR",
        "--no-local",
    ] {
        assert!(long.contains(part), "{part}");
    }
    let short = run(&["explain", "-h"], "").stdout;
    assert!(short.lines().count() < 40, "{short}");
    for verb in ["explain", "rules", "completions", "man"] {
        assert!(run(&["--help"], "").stdout.contains(verb));
    }
    assert_eq!(
        run(&["--version"], "").stdout,
        concat!("credlapse ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn completions_and_man_pages_know_the_options() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell], "").stdout;
        assert!(script.contains("no-local"), "{shell}");
    }
    assert!(run(&["man"], "").stdout.starts_with(".ie \\n(.g .ds Aq"));
    let directory = Directory::new();
    let path = directory.path().display().to_string();
    assert_eq!(run(&["man", "--out-dir", &path], "").status, 0);
    let page =
        std::fs::read_to_string(directory.path().join("credlapse-explain.1")).expect("a page");
    assert!(
        page.contains("no\\-local") && page.contains("CREDENTIALS_EXPIRED"),
        "{page}"
    );
}
