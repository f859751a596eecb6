//! What `check` finds on this machine.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::run::{Directory, Run, command, run_command};

const TOKEN: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

/// A home directory whose profile `dev` uses an SSO session that ends when `expires_at` says.
fn home(expires_at: &str) -> Directory {
    let home = Directory::new();
    home.write(
        ".aws/config",
        "[profile dev]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Dev\n\
         [sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n\
         [profile keys]\nregion = eu-west-1\ncredential_process = keys-of-nobody --secret hunter2hunter2\n",
    );
    let token = home.write(TOKEN, token(expires_at));
    private(&token);
    home
}

fn token(expires_at: &str) -> String {
    format!(r#"{{"accessToken": "t", "expiresAt": "{expires_at}"}}"#)
}

#[cfg(unix)]
fn private(path: &str) {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(path, permissions).expect("permissions");
}

#[cfg(not(unix))]
fn private(_: &str) {}

const FRESH: &str = "2999-01-01T00:00:00Z";
const ENDED: &str = "2026-01-02T03:04:05Z";

/// The command in an empty directory below `home`.
fn prepared(home: &Directory, arguments: &[&str]) -> Command {
    let work = home.path().join("work");
    std::fs::create_dir_all(&work).expect("a directory");
    let mut command = command(&[&["check"], arguments].concat());
    command
        .current_dir(work)
        .env("HOME", home.path())
        .env("USERPROFILE", home.path())
        .env("AWS_PROFILE", "dev");
    command
}

fn check(home: &Directory, arguments: &[&str]) -> Run {
    run_command(prepared(home, arguments), "")
}

fn object(run: &Run) -> Value {
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    serde_json::from_str(&run.stdout).expect("JSON")
}

fn codes(run: &Run) -> Vec<String> {
    let object = object(run);
    let findings = object["findings"].as_array().expect("a list").iter();
    findings
        .map(|finding| finding["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[test]
fn a_good_session_is_success() {
    let checked = check(&home(FRESH), &[]);
    assert_eq!((checked.status, checked.stderr.as_str()), (0, ""));
    let first = checked.stdout.lines().next().unwrap_or_default();
    assert!(
        first.starts_with("The AWS credentials of profile 'dev' look good: valid for "),
        "{first}"
    );
}

#[test]
fn an_ended_session_is_told_as_explain_tells_it() {
    let checked = check(&home(ENDED), &["--format=json", "--subject=Deploy"]);
    assert_eq!(checked.status, 10);
    let object = object(&checked);
    assert_eq!(object["code"], "CREDENTIALS_EXPIRED");
    assert_eq!(object["reauth_command"], "aws sso login --profile dev");
    let error = &object["error"];
    assert_eq!(error["kind"], "sso_session_expired");
    assert_eq!(error["expired_at"], "2026-01-02T03:04:05Z");
    assert_eq!(
        error["message"],
        "Deploy session expired: the SSO session of AWS profile 'dev' is no longer valid (ended 2026-01-02T03:04:05Z)."
    );
}

#[test]
fn expectations_are_held() {
    let home = home(FRESH);
    for (arguments, expected, status) in [
        (&["--account", "111111111111"][..], &[][..], 0),
        (&["--account", "222222222222"], &["wrong_account"], 8),
        (&["--region", "us-east-1"], &["wrong_region"], 8),
        (&["--min-remaining", "1h 30m"], &[], 0),
        (&["--min-remaining=soon"], &[], 2),
        (&["--account", "12"], &[], 2),
        (&["--profile", "keys"], &["credential_process_not_found"], 8),
        (
            &["--profile", "dew"],
            &["profile_not_found", "missing_region"],
            8,
        ),
    ] {
        let checked = check(&home, &[&["--format=json"], arguments].concat());
        assert_eq!(checked.status, status, "{arguments:?} {checked:?}");
        if status != 2 {
            assert_eq!(codes(&checked), expected, "{arguments:?}");
        }
        assert!(!checked.stdout.contains("hunter2"), "{checked:?}");
    }
}

#[test]
fn the_working_directory_is_looked_at() {
    let home = home(FRESH);
    home.write(
        "work/cdk.context.json",
        r#"{"availability-zones:account=333333333333:region=eu-west-1": []}"#,
    );
    home.write("work/package.json", r#"{"dependencies": {"aws-sdk": "2"}}"#);
    let checked = check(&home, &["--format=json"]);
    assert_eq!(checked.status, 0);
    assert_eq!(
        codes(&checked),
        ["old_sdk_ignores_config", "cached_account_differs"]
    );
}

#[cfg(unix)]
#[test]
fn permissions_and_programs_are_looked_at() {
    use std::os::unix::fs::PermissionsExt;
    let home = home(FRESH);
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(home.path().join(TOKEN), open).expect("permissions");
    let checked = check(&home, &["--format=json"]);
    assert_eq!(
        (codes(&checked), checked.status),
        (vec!["file_open_to_others".into()], 0)
    );

    let program = home.write("bin/keys-of-nobody", "#!/bin/sh\n");
    let mode = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&program, permissions).expect("permissions");
        let mut command = prepared(&home, &["--format=json", "--profile=keys"]);
        command.env("PATH", home.path().join("bin"));
        codes(&run_command(command, ""))
    };
    assert_eq!(mode(0o600), ["credential_process_not_executable"]);
    assert_eq!(mode(0o700), [""; 0]);
}

#[test]
fn the_environment_is_told_to_win() {
    let home = home(FRESH);
    let mut command = prepared(&home, &["--format=json"]);
    command
        .env("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE")
        .env(
            "AWS_SECRET_ACCESS_KEY",
            "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
        )
        .env("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjEXAMPLETOKEN")
        .env("AWS_CREDENTIAL_EXPIRATION", ENDED);
    let checked = run_command(command, "");
    assert_eq!(checked.status, 10);
    assert_eq!(codes(&checked), ["stale_environment"]);
    assert_eq!(
        object(&checked)["error"]["reauth_env_var"],
        "AWS_SESSION_TOKEN"
    );
}

#[test]
fn github_gets_annotations() {
    let checked = check(&home(ENDED), &["--format=github"]);
    assert_eq!(checked.stdout.lines().count(), 1, "{checked:?}");
    assert!(
        checked
            .stdout
            .starts_with("::error title=AWS session expired%3A ")
    );
    let home = home(FRESH);
    let mut hostile = prepared(&home, &["--format=github"]);
    hostile.env("AWS_PROFILE", "x::y\r\n::add-mask::z, 100%");
    let checked = run_command(hostile, "");
    for line in checked.stdout.lines() {
        assert!(
            line.starts_with("::error title=") || line.starts_with("::warning title="),
            "{line}"
        );
    }
}

#[test]
fn watching_prints_an_object_for_each_change() {
    let home = home(FRESH);
    let mut command = prepared(&home, &["--watch", "--every=20ms", "--format=json"]);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut next = || -> Value {
        let line = lines.next().expect("a line").expect("text");
        crate::schemas::hold(&line);
        serde_json::from_str(&line).expect("JSON")
    };
    assert_eq!(next()["ok"], true);
    let new = home.write("new.json", token(ENDED));
    private(&new);
    std::fs::rename(new, home.path().join(TOKEN)).expect("a file");
    assert_eq!(next()["error"]["kind"], "sso_session_expired");
    child.kill().expect("a signal");
    child.wait().expect("the end");
}

#[test]
fn watching_prints_a_line_for_each_change() {
    let home = home(FRESH);
    let mut command = prepared(&home, &["--watch", "--every=20ms"]);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    assert!(next().contains("look good: valid for "));

    // As a whole: a file that is half written would be a change of its own.
    let replace = |expires_at: &str| {
        let new = home.write("new.json", token(expires_at));
        private(&new);
        std::fs::rename(new, home.path().join(TOKEN)).expect("a file");
    };
    replace(ENDED);
    let line = next();
    assert!(line.contains("session expired"), "{line}");
    assert!(line.contains("Run: aws sso login --profile dev"), "{line}");

    let soon = std::time::SystemTime::now() + std::time::Duration::from_secs(300);
    let soon = jiff::Timestamp::try_from(soon).expect("a time");
    replace(&format!("{soon:.0}"));
    let line = next();
    assert!(line.contains("The session ends in "), "{line}");

    replace(FRESH);
    assert!(next().contains("look good: valid for "));
    child.kill().expect("a signal");
    child.wait().expect("the end");
    assert!(lines.next().is_none());
}
