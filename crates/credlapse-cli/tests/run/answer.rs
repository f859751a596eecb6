//! What is said about a failure: three parts, a status, a file.

use std::process::Command;

use serde_json::Value;

use crate::run::{Directory, EXPIRED, Run, SSO_EXPIRED, command, run_command};

/// A script that prints what it is given on standard error, and fails with status 3.
fn failing(options: &[&str]) -> Command {
    let script = "cat >&2; exit 3";
    let mut command = command(&[&["run"], options, &["--", "sh", "-c", script]].concat());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

fn fail(options: &[&str], text: &str) -> Run {
    run_command(failing(options), text)
}

#[test]
fn the_three_parts_come_last() {
    let ran = fail(
        &["--no-local", "--subject", "Deploy", "--profile", "dev"],
        SSO_EXPIRED,
    );
    let parts = ran
        .stderr
        .strip_prefix(SSO_EXPIRED)
        .expect("its own words first");
    assert_eq!(
        parts,
        "Deploy session expired: the SSO session of AWS profile 'dev' is no longer valid.\n  \
         Run: aws sso login --profile dev   then retry.\n  \
         (Error when retrieving token from sso: Token has expired and refresh failed)\n"
    );
    assert_eq!((ran.status, &*ran.stdout), (10, ""));
}

#[test]
fn the_table_gives_the_status() {
    let denied =
        "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied\n";
    for (table, expired, refused) in [
        ("default", 10, 8),
        ("cli-agent-spec-2026-07", 8, 7),
        ("rc", 4, 4),
    ] {
        let options = ["--no-local", "--exit-table", table];
        assert_eq!(fail(&options, EXPIRED).status, expired, "{table}");
        assert_eq!(fail(&options, denied).status, refused, "{table}");
    }
}

#[test]
fn another_failure_keeps_its_status_and_its_words() {
    let ran = fail(&["--no-local"], "make: *** [all] Error 2\n");
    assert_eq!((ran.status, &*ran.stderr), (3, "make: *** [all] Error 2\n"));
}

#[test]
fn a_guess_is_shown_and_keeps_the_status() {
    let ran = fail(
        &["--no-local"],
        "An error occurred (403) when calling the HeadObject operation: Forbidden\n",
    );
    let explained = run_command(
        command(&["explain", "--no-local", "--format=json"]),
        "An error occurred (403) when calling the HeadObject operation: Forbidden\n",
    );
    assert!(
        explained.stdout.contains(r#""confidence":"possible""#),
        "{explained:?}"
    );
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("AWS access refused:"), "{ran:?}");
}

#[test]
fn a_command_that_was_killed_keeps_its_status() {
    let mut command = command(&[
        "run",
        "--no-local",
        "--",
        "sh",
        "-c",
        "cat >&2; kill -TERM $$",
    ]);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let ran = run_command(command, EXPIRED);
    assert_eq!(ran.status, 143);
    assert!(ran.stderr.contains("AWS session expired:"), "{ran:?}");
}

#[test]
fn the_profile_is_the_one_that_the_command_names() {
    let directory = Directory::new();
    let tool = directory.write(
        "aws",
        format!("#!/bin/sh\necho '{}' >&2; exit 255", SSO_EXPIRED.trim()),
    );
    std::fs::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("a program");
    let run = |arguments: &[&str]| {
        let words = [arguments, &["--", &tool, "s3", "ls", "--profile", "dev"]].concat();
        run_command(command(&words), "").stderr
    };
    assert!(run(&["run", "--no-local"]).contains("Run: aws sso login --profile dev "));
    assert!(run(&["run", "--no-local", "--profile", "other"]).contains("--profile other "));
}

#[test]
fn the_file_holds_what_explain_says() {
    let directory = Directory::new();
    let path = directory.write("answer.json", "of yesterday");
    let ran = fail(&["--no-local", "--json-file", &path], EXPIRED);
    assert_eq!(ran.status, 10);
    let written = std::fs::read_to_string(&path).expect("a file");
    let explained = run_command(
        command(&["explain", "--no-local", "--format=json"]),
        EXPIRED,
    );
    assert_eq!(written, explained.stdout);
    let object: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(object["error"]["exit_code"], 10);
    let names = std::fs::read_dir(directory.path())
        .expect("a directory")
        .count();
    assert_eq!(names, 1, "nothing else is left");
}

#[test]
fn the_file_says_that_there_is_no_such_failure() {
    let directory = Directory::new();
    let path = directory.write("answer.json", r#"{"ok": false}"#);
    for (text, status) in [("fine", 3), (EXPIRED, 0)] {
        let script = format!("cat >&2; exit {status}");
        let mut command = command(&[
            "run",
            "--no-local",
            "--json-file",
            &path,
            "--",
            "sh",
            "-c",
            &script,
        ]);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        assert_eq!(run_command(command, text).status, status);
        let written = std::fs::read_to_string(&path).expect("a file");
        crate::schemas::hold(&written);
        assert_eq!(written, "{\"ok\":true,\"error\":null}\n");
    }
}

#[test]
fn the_file_of_an_earlier_run_is_gone_while_the_command_runs() {
    let directory = Directory::new();
    let path = directory.write("answer.json", "of yesterday");
    let mut command = command(&[
        "run",
        "--json-file",
        &path,
        "--",
        "sh",
        "-c",
        "test ! -e \"$0\"",
        &path,
    ]);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    assert_eq!(run_command(command, "").status, 0);
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_anything_runs() {
    let directory = Directory::new();
    let mark = directory.path().join("ran").display().to_string();
    let path = directory
        .path()
        .join("missing/answer.json")
        .display()
        .to_string();
    let mut command = command(&["run", "--json-file", &path, "--", "touch", &mark]);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let ran = run_command(command, "");
    assert_eq!(ran.status, 74);
    let why = std::fs::metadata(&path).expect_err("no directory");
    assert_eq!(ran.stderr, format!("error: cannot write `{path}`: {why}\n"));
    assert!(!std::path::Path::new(&mark).exists());
}

#[test]
fn a_device_is_written_to_and_not_replaced() {
    let ran = fail(&["--no-local", "--json-file", "/dev/stdout"], EXPIRED);
    assert!(ran.stdout.starts_with(r#"{"ok":false"#), "{ran:?}");
    crate::schemas::hold(&ran.stdout);
    assert!(std::path::Path::new("/dev/stdout").exists());
}
