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
    crate::schemas::hold(json);
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

const ACTION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../.github/actions/credlapse"
);

/// The action's own text.
fn action() -> String {
    std::fs::read_to_string(format!("{ACTION}/action.yml")).expect("the action")
}

/// The script that stands in the action as a block, run as a runner does.
fn install(directory: &Directory, path: &str) -> (i32, String, String) {
    let action = action();
    let (_, block) = action.split_once("      run: |\n").expect("a block");
    let script: Vec<&str> = block
        .lines()
        .map_while(|line| line.strip_prefix("        "))
        .collect();
    let script = directory.write("install.sh", script.join("\n"));
    let added = directory.write("added", "");
    let output = Command::new("/bin/bash")
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail"])
        .arg(script)
        .env_clear()
        .env("PATH", path)
        .env("GITHUB_ACTION_PATH", ACTION)
        .env("GITHUB_PATH", &added)
        .env("RUNNER_TEMP", directory.path())
        .output()
        .expect("bash");
    let called = String::from_utf8(output.stdout).expect("UTF-8");
    let added = std::fs::read_to_string(added).expect("a file");
    (output.status.code().expect("an end"), called, added)
}

#[test]
fn it_is_installed_where_it_is_missing() {
    let directory = Directory::new();
    let bin = directory.path().display().to_string();
    let put = |program: &str, name| {
        std::os::unix::fs::symlink(program, directory.path().join(name)).expect("a link");
    };
    // It tells how it is called.
    put("/bin/echo", "cargo");
    let (status, called, added) = install(&directory, &bin);
    assert_eq!(status, 0);
    let arguments: Vec<&str> = called.split_whitespace().collect();
    let root = format!("{bin}/credlapse");
    let package = arguments[arguments.len() - 3];
    assert!(Path::new(package).join("Cargo.toml").is_file(), "{package}");
    assert_eq!(arguments[..2], ["install", "--quiet"]);
    assert_eq!(arguments[arguments.len() - 2..], ["--root", &root]);
    assert_eq!(added, format!("{root}/bin\n"));

    put("/bin/true", "credlapse");
    assert_eq!(install(&directory, &bin), (0, String::new(), String::new()));
}

#[test]
fn every_input_reaches_the_script() {
    let action = action();
    let script = std::fs::read_to_string(format!("{ACTION}/ask.sh")).expect("the script");
    let (_, inputs) = action.split_once("inputs:\n").expect("inputs");
    let (inputs, rest) = inputs.split_once("outputs:\n").expect("outputs");
    let inputs: Vec<&str> = inputs
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|name| !name.starts_with(' '))
        .collect();
    assert_eq!(inputs.len(), 8);
    for input in inputs {
        let variable = input.to_uppercase().replace('-', "_");
        let line = format!("        {variable}: ${{{{ inputs.{input} }}}}\n");
        assert!(rest.contains(&line), "{line}");
        assert!(script.contains(&format!("${variable}")), "{variable}");
    }
}
