//! What `explain` learns from this machine, and that it only reads.

use std::process::Command;

use crate::run::{Directory, command, run_command};

const ERASED: &str =
    "Unable to locate credentials. You can configure credentials by running \"aws configure\".";

/// A home directory whose profile `dev` uses an SSO session that ended long ago.
fn home() -> Directory {
    let home = Directory::new();
    home.write(
        ".aws/config",
        "[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = Dev\n\
         [sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n",
    );
    home.write(
        ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
        r#"{"accessToken": "t", "expiresAt": "2026-01-02T03:04:05Z"}"#,
    );
    home
}

fn explain(home: &Directory, arguments: &[&str]) -> Command {
    let mut command = command(&[&["explain", "--format=json"], arguments].concat());
    command
        .env("HOME", home.path())
        .env("USERPROFILE", home.path())
        .env("AWS_PROFILE", "dev");
    command
}

#[test]
fn files_bring_back_what_the_message_left_out() {
    let home = home();
    let explained = run_command(explain(&home, &[]), ERASED);
    assert_eq!(explained.status, 10);
    let object: serde_json::Value = serde_json::from_str(&explained.stdout).expect("JSON");
    assert_eq!(object["error"]["kind"], "sso_session_expired");
    assert_eq!(object["error"]["expired_at"], "2026-01-02T03:04:05Z");
    assert_eq!(
        object["error"]["reauth_command"],
        "aws sso login --profile dev"
    );
}

#[test]
fn they_can_be_left_alone() {
    let explained = run_command(explain(&home(), &["--no-local"]), ERASED);
    assert!(
        explained.stdout.contains(r#""kind":"credentials_missing""#),
        "{explained:?}"
    );
    assert!(!explained.stdout.contains("dev"), "{explained:?}");
}

#[test]
fn nothing_is_written() {
    let home = home();
    let before = listing(&home);
    run_command(explain(&home, &["--profile", "dev"]), ERASED);
    run_command(explain(&home, &["--profile", "other"]), ERASED);
    assert_eq!(listing(&home), before);
}

#[test]
fn a_file_that_would_block_or_is_none_is_left_alone() {
    let home = Directory::new();
    std::fs::create_dir_all(home.path().join(".aws/config")).expect("a directory");
    #[cfg(unix)]
    {
        let path = home.path().join(".aws/credentials");
        let made = Command::new("mkfifo")
            .arg(path)
            .status()
            .expect("mkfifo runs");
        assert!(made.success());
    }
    let explained = run_command(explain(&home, &[]), ERASED);
    assert_eq!(explained.status, 8, "{explained:?}");
}

#[test]
fn secrets_of_the_environment_are_never_shown() {
    let secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";
    let text = format!("ExpiredToken: The provided token has expired. key was {secret}, sorry");
    for arguments in [&["--no-local"][..], &[]] {
        let mut command = explain(&Directory::new(), arguments);
        command.env("AWS_SECRET_ACCESS_KEY", secret);
        let explained = run_command(command, &text);
        assert_eq!(explained.status, 10);
        assert!(!explained.stdout.contains(secret), "{explained:?}");
    }
}

fn listing(directory: &Directory) -> Vec<(String, u64)> {
    let mut files = Vec::new();
    let mut open = vec![directory.path().to_owned()];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(path).expect("a directory") {
            let entry = entry.expect("an entry");
            let metadata = entry.metadata().expect("metadata");
            if metadata.is_dir() {
                open.push(entry.path());
            }
            files.push((entry.path().display().to_string(), metadata.len()));
        }
    }
    files.sort();
    files
}
