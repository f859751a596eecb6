//! The login after a failure, and the second run.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::run::{Directory, Run, SSO_EXPIRED, command, run_command};

/// A directory with a fake `aws`, and a tool that fails until somebody has logged in often enough.
struct Stage(Directory);

impl Stage {
    fn new(login: &str, logins_needed: usize) -> Self {
        Self::failing(SSO_EXPIRED.trim(), login, logins_needed)
    }

    fn failing(message: &str, login: &str, logins_needed: usize) -> Self {
        let directory = Directory::new();
        let here = directory.path().display().to_string();
        for (name, script) in [
            (
                "aws",
                format!("echo \"$@\" >> '{here}/logins'; echo login; {login}"),
            ),
            (
                "tool",
                format!(
                    "echo run >> '{here}/runs'; cat; n=$(cat '{here}/logins' 2>/dev/null | wc -l)\n\
                     [ $n -ge {logins_needed} ] && echo done && exit 0\n\
                     echo '{message}' >&2; exit 255"
                ),
            ),
        ] {
            let path = directory.write(name, format!("#!/bin/sh\n{script}\n"));
            std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).expect("a program");
        }
        Self(directory)
    }

    fn command(&self, options: &[&str]) -> Command {
        let words = [
            &["run", "--no-local", "--profile", "dev"],
            options,
            &["--", "tool"],
        ]
        .concat();
        let mut path = self.0.path().as_os_str().to_owned();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut command = command(&words);
        command.env("PATH", path);
        command
    }

    fn run(&self, options: &[&str]) -> Run {
        let output = self.command(options).stdin(Stdio::null()).output();
        output.expect("it starts").into()
    }

    fn lines(&self, name: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.0.path().join(name)).unwrap_or_default();
        text.lines().map(String::from).collect()
    }
}

#[test]
fn after_a_login_the_command_succeeds() {
    let stage = Stage::new("exit 0", 1);
    let ran = stage.run(&["--reauth=always"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(stage.lines("logins"), ["sso login --profile dev"]);
    assert_eq!(stage.lines("runs").len(), 2);
    // What the login says is no output of the command, and the first failure is not hidden.
    assert_eq!(ran.stdout, "done\n");
    assert!(ran.stderr.starts_with(SSO_EXPIRED), "{ran:?}");
    assert!(ran.stderr.contains("AWS session expired:"), "{ran:?}");
    assert!(
        ran.stderr
            .ends_with("Running it, then the command again.\nlogin\n"),
        "{ran:?}"
    );
}

/// It is not `retryable` to a program that reads the JSON file: who gives the option has allowed it.
#[test]
fn the_first_login_on_a_machine_is_one_too() {
    let missing = "Error loading SSO Token: Token for https://x.awsapps.com/start does not exist";
    let stage = Stage::failing(missing, "exit 0", 1);
    let answer = stage.0.path().join("answer").display().to_string();
    let ran = stage.run(&["--json-file", &answer]);
    assert_eq!((ran.status, stage.lines("logins").len()), (8, 0), "{ran:?}");
    let object: serde_json::Value =
        serde_json::from_str(&stage.lines("answer").concat()).expect("JSON");
    assert_eq!(object["error"]["kind"], "sso_not_logged_in");
    assert_eq!(object["error"]["retryable"], false);
    assert!(object["error"]["reauth_argv"].is_array(), "{object}");

    let ran = stage.run(&["--reauth=always"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(stage.lines("logins"), ["sso login --profile dev"]);
}

#[test]
fn without_the_option_nobody_logs_in() {
    let stage = Stage::new("exit 0", 1);
    let ran = stage.run(&[]);
    assert_eq!(ran.status, 10);
    assert!(stage.lines("logins").is_empty());
}

#[test]
fn where_nobody_can_be_asked_nobody_logs_in() {
    for variable in [None, Some("true")] {
        let stage = Stage::new("exit 0", 1);
        let mut command = stage.command(&["--reauth"]);
        command.envs(variable.map(|value| ("CI", value)));
        let ran: Run = command
            .stdin(Stdio::null())
            .output()
            .expect("it starts")
            .into();
        assert_eq!(ran.status, 10);
        assert!(stage.lines("logins").is_empty());
        assert!(!ran.stderr.contains("[y/N]"), "{ran:?}");
    }
}

#[test]
fn a_login_that_does_not_help_is_not_repeated() {
    let stage = Stage::new("exit 0", 9);
    let ran = stage.run(&["--reauth=always"]);
    assert_eq!(ran.status, 10);
    assert_eq!(
        (stage.lines("logins").len(), stage.lines("runs").len()),
        (1, 2)
    );
    assert_eq!(
        ran.stderr.matches("AWS session expired:").count(),
        2,
        "{ran:?}"
    );
}

#[test]
fn it_is_repeated_as_often_as_it_may() {
    for (most, logins, status) in [("0", 0, 10), ("2", 2, 10), ("3", 3, 0), ("9", 3, 0)] {
        let stage = Stage::new("exit 0", 3);
        let ran = stage.run(&["--reauth=always", "--max-reauth", most]);
        assert_eq!(
            (stage.lines("logins").len(), ran.status),
            (logins, status),
            "{most}"
        );
    }
}

#[test]
fn a_login_that_fails_ends_with_the_first_failure() {
    let stage = Stage::new("exit 9", 1);
    let ran = stage.run(&["--reauth=always", "--max-reauth=5"]);
    assert_eq!(ran.status, 10);
    assert_eq!(
        (stage.lines("logins").len(), stage.lines("runs").len()),
        (1, 1)
    );
    let (_, end) = ran
        .stderr
        .split_once("error: the login ended with status 9\n")
        .expect("told");
    assert!(end.starts_with("AWS session expired:"), "{ran:?}");
    assert_eq!(end.lines().count(), 3);
}

#[test]
fn a_failure_that_no_login_repairs_starts_none() {
    let stage = Stage::new("exit 0", 1);
    let denied = "echo 'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied'; exit 1";
    let mut command = command(&[
        "run",
        "--no-local",
        "--reauth=always",
        "--",
        "sh",
        "-c",
        denied,
    ]);
    let ran: Run = command
        .env(
            "PATH",
            stage
                .command(&[])
                .get_envs()
                .find(|(name, _)| *name == "PATH")
                .and_then(|(_, value)| value)
                .expect("a path"),
        )
        .stdin(Stdio::null())
        .output()
        .expect("it starts")
        .into();
    assert_eq!(ran.status, 8);
    assert!(stage.lines("logins").is_empty());
}

#[test]
fn a_file_on_standard_input_is_read_again() {
    let stage = Stage::new("exit 0", 1);
    let input = stage.0.write("input", "some data\n");
    let ran: Run = stage
        .command(&["--reauth=always"])
        .stdin(std::fs::File::open(input).expect("a file"))
        .output()
        .expect("it starts")
        .into();
    assert_eq!(ran.status, 0);
    assert_eq!(ran.stdout, "some data\nsome data\ndone\n");
}

#[test]
fn a_pipe_on_standard_input_cannot_be_read_again() {
    let stage = Stage::new("exit 0", 1);
    let ran = run_command(stage.command(&["--reauth=always"]), "some data\n");
    assert_eq!((ran.status, &*ran.stdout), (10, "some data\n"));
    assert!(stage.lines("logins").is_empty());
    assert!(
        ran.stderr.contains("a pipe that may have been read"),
        "{ran:?}"
    );
}
