//! The schemas and the exit statuses that the command prints.

use std::collections::BTreeMap;

use credlapse::check::FindingCode;
use credlapse::{Code, Confidence, Kind, Retry};
use serde_json::{Value, json};

use crate::run::{Directory, EXPIRED, run};
use crate::schemas::schemas;

#[test]
fn schemas_are_schemas() {
    for (name, schema) in schemas() {
        let whole = &schema.whole;
        assert_eq!(
            whole["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert_eq!(whole["$id"], format!("urn:credlapse:{name}:1"));
        assert!(jsonschema::draft202012::meta::is_valid(whole), "{name}");
    }
}

#[test]
fn names_are_those_of_the_core() {
    let error = &schemas()["error"].whole["$defs"]["diagnosis"]["properties"];
    let check = &schemas()["check"].whole;
    let list = |names: Vec<&str>| json!(names);
    let kinds = list(Kind::ALL.iter().map(|kind| kind.as_str()).collect());
    let codes = list(Code::ALL.iter().map(|code| code.as_str()).collect());
    let findings = FindingCode::ALL.iter().map(|code| code.as_str());
    assert_eq!(error["kind"]["enum"], kinds);
    assert_eq!(error["code"]["enum"], codes);
    let confidences = Confidence::ALL.iter().map(|value| value.as_str());
    assert_eq!(error["confidence"]["enum"], list(confidences.collect()));
    let retries = Retry::ALL.iter().map(|value| value.as_str());
    assert_eq!(error["retry"]["enum"], list(retries.collect()));
    assert_eq!(
        check["$defs"]["finding"]["properties"]["code"]["enum"],
        list(findings.collect())
    );
    assert_eq!(
        check["properties"]["schema"]["const"],
        credlapse::check::SCHEMA
    );
}

#[test]
fn a_schema_refuses_what_is_not_so() {
    let explained = run(&["explain", "--no-local", "--format=json"], EXPIRED).stdout;
    let good: Value = serde_json::from_str(&explained).expect("JSON");
    let validator = &schemas()["error"].validator;
    assert!(validator.is_valid(&good));
    for (path, wrong) in [
        ("kind", json!("expired")),
        ("code", Value::Null),
        ("retryable", json!("yes")),
        ("message", json!("two\nlines")),
        ("reauth_command", json!("aws sso login --profile 'a b'")),
        ("expired_at", json!("yesterday")),
        ("exit_code", json!(0)),
        ("expired", json!(false)),
    ] {
        let mut bad = good.clone();
        bad["error"][path] = wrong;
        assert!(!validator.is_valid(&bad), "{path}");
    }
    let mut bad = good.clone();
    bad["ok"] = json!(true);
    assert!(!validator.is_valid(&bad));
}

#[test]
fn questions_are_described_too() {
    let validator = &schemas()["ndjson-question"].validator;
    for good in [
        json!({"text": "x"}),
        json!({"id": 7, "error": {"name": "x"}, "context": {"env": {"A": "b"}}}),
    ] {
        assert!(validator.is_valid(&good), "{good}");
    }
    for bad in [
        json!({}),
        json!({"text": 7}),
        json!({"text": "x", "context": 7}),
    ] {
        assert!(!validator.is_valid(&bad), "{bad}");
    }
}

fn statuses(arguments: &[&str]) -> BTreeMap<u64, Vec<String>> {
    let printed = run(&[&["schema", "--exit-codes"], arguments].concat(), "");
    assert_eq!(printed.status, 0, "{printed:?}");
    let object: Value = serde_json::from_str(&printed.stdout).expect("JSON");
    let rows = object["exit_codes"].as_array().expect("a list").iter();
    let kinds = |row: &Value| {
        let kinds = row["kinds"].as_array().expect("a list").iter();
        kinds
            .map(|kind| kind.as_str().expect("a kind").to_owned())
            .collect()
    };
    rows.map(|row| (row["exit_code"].as_u64().expect("a status"), kinds(row)))
        .collect()
}

#[test]
fn tables_are_printed_as_they_count() {
    for table in credlapse::ExitTable::NAMES {
        let statuses = statuses(&["--exit-table", table]);
        let known: usize = statuses.values().map(Vec::len).sum();
        assert_eq!(known, Kind::ALL.len());
        let explain = ["explain", "--no-local", "--exit-table", table];
        let status = run(&explain, EXPIRED).status;
        let kinds = &statuses[&status.try_into().expect("a status")];
        assert!(
            kinds.iter().any(|kind| kind == "session_token_expired"),
            "{table}"
        );
    }
}

#[test]
fn a_table_of_ones_own_counts_everywhere() {
    let directory = Directory::new();
    let toml = directory.write(
        "table.toml",
        "base = \"sysexits\"\nCREDENTIALS_EXPIRED = 3\nsso_session_expired = 30\n",
    );
    let json = directory.write(
        "table.json",
        r#"{"sso_session_expired": 30, "CREDENTIALS_EXPIRED": 3, "base": "sysexits"}"#,
    );
    for table in [&toml, &json] {
        let statuses = statuses(&["--exit-table", table]);
        assert_eq!(statuses[&30], ["sso_session_expired"]);
        assert!(statuses[&3].contains(&"session_token_expired".into()));
        assert!(statuses[&78].contains(&"mfa_required".into()));
        let explain = ["explain", "--no-local", "--exit-table", table];
        assert_eq!(run(&explain, EXPIRED).status, 3);
        assert_eq!(run(&explain, crate::run::SSO_EXPIRED).status, 30);
        // No profile, and perhaps a metadata service: credentials are missing.
        assert_eq!(run(&["check", "--exit-table", table], "").status, 78);
    }
}

#[test]
fn a_table_that_is_wrong_is_bad_usage() {
    let directory = Directory::new();
    for (name, content, reason) in [
        (
            "a.toml",
            "CREDENTIALS_EXPIRD = 3\n",
            "`CREDENTIALS_EXPIRD` is neither a code nor a kind",
        ),
        (
            "b.toml",
            "CREDENTIALS_EXPIRED = 256\n",
            "256, not a number from 1 to 255",
        ),
        (
            "c.json",
            r#"{"CREDENTIALS_EXPIRED": 0}"#,
            "0, not a number from 1 to 255",
        ),
        (
            "d.json",
            r#"{"CREDENTIALS_EXPIRED": "3"}"#,
            "\"3\", not a number from 1 to 255",
        ),
        ("e.toml", "base = \"none\"\n", "there is no table `none`"),
        ("f.toml", "=", "line 1 is no name with a status"),
        ("g.json", "{", "it is not one JSON object"),
        (
            "h.txt",
            "",
            "none of default, cli-agent-spec-2026-07, rc, sysexits",
        ),
    ] {
        let path = directory.write(name, content);
        for verb in [&["explain"][..], &["check"], &["schema", "--exit-codes"]] {
            let refused = run(&[verb, &["--exit-table", &path]].concat(), EXPIRED);
            assert_eq!((refused.status, refused.stdout.as_str()), (2, ""), "{name}");
            assert!(
                refused.stderr.contains(reason),
                "{name}: {}",
                refused.stderr
            );
        }
    }
    let missing = directory.path().join("nosuch.toml").display().to_string();
    let refused = run(&["check", "--exit-table", &missing], "");
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(refused.stderr.contains("nosuch.toml"), "{refused:?}");
}
