//! examples/go-cli, built and run where Go is installed.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::stage::{Run, Stage, example};

const FRONT: &str = "operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, ";
const NO_ROLE: &str = "no EC2 IMDS role found, operation error ec2imds: GetMetadata, exceeded maximum number of attempts, 3, request send failed, Get \"http://169.254.169.254/latest/meta-data/iam/security-credentials/\": dial tcp 169.254.169.254:80: connect: no route to host";

/// Builds the program, unless there is no Go.
fn built(stage: &Stage) -> Option<PathBuf> {
    if Command::new("go").arg("version").output().is_err() {
        eprintln!("skipped: Go is not installed, and the example cannot be built");
        return None;
    }
    let program = stage.path("go-cli");
    let output = Command::new("go")
        .args(["build", "-o"])
        .arg(&program)
        .arg(".")
        .current_dir(example("go-cli"))
        .env("GOFLAGS", "-mod=readonly")
        .env("GOPROXY", "off")
        .output()
        .expect("go runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    Some(program)
}

fn run(stage: &Stage, program: &PathBuf, arguments: &[&str], said: &str) -> Run {
    let mut command = stage.command(program);
    command.args(arguments);
    stage.run(command, said.as_bytes())
}

#[test]
fn the_words_of_the_sdk_become_a_line_and_a_status() {
    let stage = Stage::new();
    let Some(program) = built(&stage) else { return };
    let sso = format!(
        "{FRONT}refresh cached SSO token failed, unable to refresh SSO token, operation error SSO OIDC: \
         CreateToken, https response error StatusCode: 400, RequestID: 7e2a, InvalidGrantException: "
    );
    let nobody = format!("{FRONT}{NO_ROLE}");
    for (said, status, first, second) in [
        (
            sso.as_str(),
            10,
            "AWS session expired: ",
            "Run: aws sso login --profile dev ",
        ),
        (
            "SSOProviderInvalidToken: the SSO session has expired or is invalid",
            10,
            "AWS session expired: ",
            "Run: aws sso login --profile dev ",
        ),
        (
            "NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors",
            8,
            "AWS credentials missing: ",
            "Choose a profile with AWS_PROFILE, ",
        ),
        (
            nobody.as_str(),
            8,
            "AWS credentials ",
            "Choose a profile with AWS_PROFILE, ",
        ),
        (
            "operation error EC2: DescribeInstances, https response error StatusCode: 403, RequestID: 7e2a, api error UnauthorizedOperation: You are not authorized to perform this operation.",
            8,
            "AWS permission denied: ",
            "Ask for the permission; ",
        ),
    ] {
        stage.write(
            ".aws/config",
            "[profile dev]\nregion = eu-west-1\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n",
        );
        let run = run(&stage, &program, &["-profile", "dev"], said);
        assert_eq!(run.status, status, "{run:?}");
        let lines: Vec<&str> = run.stderr.lines().collect();
        assert_eq!(lines.len(), 2, "{run:?}");
        assert!(lines[0].starts_with(first), "{run:?}");
        assert!(lines[1].trim_start().starts_with(second), "{run:?}");
        for inside in [
            "169.254.169.254",
            "ec2imds",
            "get credentials",
            "failed to refresh",
        ] {
            assert!(!run.stderr.contains(inside), "{run:?}");
        }
    }
}

#[test]
fn one_json_object_has_no_chain_of_providers_in_it() {
    let stage = Stage::new();
    let Some(program) = built(&stage) else { return };
    let run = run(&stage, &program, &["-json"], &format!("{FRONT}{NO_ROLE}"));
    assert_eq!((run.status, run.stderr.as_str()), (8, ""));
    let object: Value = serde_json::from_slice(&run.stdout).expect("one object");
    assert_eq!(object["retryable"], false);
    assert_eq!(object["reauth_argv"], Value::Null);
    let error = object["error"].as_str().expect("a message");
    assert!(error.starts_with("AWS credentials "), "{error}");
    assert!(!error.contains("169.254.169.254"), "{error}");
}

#[test]
fn another_error_stays_as_it_was() {
    let stage = Stage::new();
    let Some(program) = built(&stage) else { return };
    for said in [
        "dial tcp 10.0.0.7:22: connect: connection refused",
        "instance not found",
    ] {
        let run = run(&stage, &program, &[], said);
        assert_eq!(run.status, 1, "{run:?}");
        assert_eq!(run.stderr, format!("list instances: {said}\n"));
    }
    assert_eq!(run(&stage, &program, &[], "").status, 0);
    std::fs::remove_file(stage.path("bin/credlapse")).expect("it is removed");
    let alone = run(
        &stage,
        &program,
        &[],
        "ExpiredToken: The provided token has expired.",
    );
    assert_eq!(alone.status, 1, "{alone:?}");
    assert!(alone.stderr.starts_with("ask credlapse: "), "{alone:?}");
    assert!(
        alone.stderr.ends_with("The provided token has expired.\n"),
        "{alone:?}"
    );
}
