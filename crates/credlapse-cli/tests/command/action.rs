//! The composite action for GitHub, as far as a shell goes.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::run::{Directory, EXPIRED, Run, run_command};

/// One run of the action's script; also what it hands on.
fn ask(directory: &Directory, inputs: &[(&str, &str)]) -> (Run, String, Value) {
    let bin = Path::new(env!("CARGO_BIN_EXE_credlapse"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let bin = bin.parent().expect("a directory").to_owned();
    let path = std::env::join_paths([bin].into_iter().chain(std::env::split_paths(&path)));
    let output = directory.write("output", "");
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../.github/actions/credlapse/ask.sh"
    );
    let mut command = Command::new("bash");
    command
        .arg(script)
        .env_clear()
        .current_dir(directory.path())
        .env("PATH", path.expect("a path"))
        .env("HOME", directory.path())
        .env("GITHUB_OUTPUT", &output);
    let defaults = [
        ("LOG", ""),
        ("PROFILE", ""),
        ("ACCOUNT", ""),
        ("REGION", ""),
        ("MIN_REMAINING", ""),
        ("ONLINE", "false"),
        ("EXIT_TABLE", "default"),
        ("FAIL", "true"),
    ];
    command.envs(defaults).envs(inputs.iter().copied());
    let run = run_command(command, "");
    let handed = std::fs::read_to_string(output).expect("the output");
    let lines: Vec<_> = handed.lines().collect();
    let [status, json] = lines[..] else {
        panic!("two outputs: {handed}");
    };
    let status = status.strip_prefix("exit-code=").expect("the status");
    let json = json.strip_prefix("json=").expect("the object");
    (
        run,
        status.into(),
        serde_json::from_str(json).expect("JSON"),
    )
}

#[test]
fn a_log_becomes_an_annotation() {
    let directory = Directory::new();
    directory.write("-x.log", format!("{EXPIRED}::add-mask::x\n::error::y\n"));
    let (run, status, object) = ask(&directory, &[("LOG", "-x.log")]);
    assert_eq!((run.status, status.as_str()), (10, "10"), "{run:?}");
    assert_eq!(object["error"]["code"], "CREDENTIALS_EXPIRED");
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    assert!(
        run.stdout
            .starts_with("::error title=AWS session expired%3A ")
    );

    let (run, status, _) = ask(&directory, &[("LOG", "-x.log"), ("FAIL", "false")]);
    assert_eq!((run.status, status.as_str()), (0, "10"));
}

#[test]
fn credentials_are_checked_without_a_log() {
    let directory = Directory::new();
    directory.write(
        ".aws/config",
        "[profile '$(touch hurt)']\nregion = eu-west-1\ncredential_process = true\n",
    );
    let profile = ("PROFILE", "$(touch hurt)");
    let (run, status, object) = ask(&directory, &[profile, ("REGION", "eu-west-1")]);
    assert_eq!((run.status, status.as_str()), (0, "0"), "{run:?}");
    assert_eq!(object["profile"], "$(touch hurt)");
    assert!(run.stdout.starts_with("::notice title=AWS credentials::"));
    assert!(!directory.path().join("hurt").exists());

    let (run, status, object) = ask(&directory, &[profile, ("REGION", "us-east-1")]);
    assert_eq!((run.status, status.as_str()), (8, "8"), "{run:?}");
    assert_eq!(object["findings"][0]["code"], "wrong_region");
}
