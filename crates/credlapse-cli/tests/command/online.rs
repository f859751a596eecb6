//! `check --online` against a local AWS.

use aws_sim::{Lapse, Sim, Variables};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::run::{Directory, command, run_command};

/// A local AWS, and the command that talks to it.
struct Aws {
    sim: Sim,
    work: Directory,
    _runtime: Runtime,
}

impl Aws {
    fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let sim = runtime.block_on(Sim::start()).expect("a local AWS");
        Self {
            sim,
            work: Directory::new(),
            _runtime: runtime,
        }
    }

    fn check(&self, variables: &Variables, arguments: &[&str]) -> (i32, Value) {
        let arguments = [&["check", "--online", "--format=json"], arguments].concat();
        let mut command = command(&arguments);
        command.current_dir(self.work.path()).envs(variables);
        let run = run_command(command, "");
        let object = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
        (run.status, object)
    }

    fn of_profile(&self, profile: &str, arguments: &[&str]) -> (i32, Value) {
        self.check(&self.sim.environment().with_profile(profile), arguments)
    }
}

#[test]
fn every_source_tells_who_it_is() {
    let aws = Aws::new();
    for profile in [
        "static",
        "session",
        "sso",
        "sso-legacy",
        "role",
        "role-sso",
        "web-identity",
    ] {
        let (status, check) = aws.of_profile(profile, &[]);
        assert_eq!((status, &check["ok"]), (0, &Value::Bool(true)), "{check}");
        assert_eq!(check["account"], aws_sim::ACCOUNT, "{check}");
        assert!(check["arn"].is_string(), "{check}");
        // The same profile as an argument, without a variable.
        let (status, given) = aws.check(&aws.sim.environment().env, &["--profile", profile]);
        assert_eq!(
            (status, &given["chosen_by"]),
            (0, &"argument".into()),
            "{given}"
        );
    }
}

#[test]
fn another_account_is_told_by_sts() {
    let aws = Aws::new();
    let (status, check) = aws.of_profile("static", &["--account", "999999999999"]);
    assert_eq!(
        (status, &check["code"]),
        (8, &"CREDENTIALS_MISCONFIGURED".into())
    );
    assert_eq!(check["findings"][0]["code"], "wrong_account");
}

#[test]
fn what_no_file_tells_is_told_by_sts() {
    let aws = Aws::new();
    let lapse = |lapse| aws.sim.expire(&lapse, 0).expect("an order");
    lapse(Lapse::keys("session"));
    let (status, check) = aws.of_profile("session", &[]);
    assert_eq!(
        (status, &check["error"]["kind"]),
        (10, &"session_token_expired".into())
    );

    lapse(Lapse::sso_revoked("corp"));
    let (status, check) = aws.of_profile("sso", &[]);
    assert_eq!(
        (status, &check["error"]["kind"]),
        (10, &"sso_session_expired".into()),
        "{check}"
    );
    assert_eq!(check["reauth_command"], "aws sso login --profile sso");
    aws.sim.login("corp").expect("a login");
    assert_eq!(aws.of_profile("sso", &[]).0, 0);
}

#[test]
fn the_clock_is_held_against_that_of_the_server() {
    let aws = Aws::new();
    let fault = serde_json::json!({"operation": "GetCallerIdentity", "date_offset": -3600});
    aws.sim
        .add_fault(serde_json::from_value(fault).expect("a fault"));
    let (status, check) = aws.of_profile("static", &[]);
    assert_eq!(
        (status, &check["code"]),
        (8, &"CLOCK_SKEW".into()),
        "{check}"
    );
    assert!(
        check["clock_offset_seconds"].as_i64() <= Some(-3590),
        "{check}"
    );
}

#[test]
fn a_network_that_fails_says_nothing_of_credentials() {
    let aws = Aws::new();
    let mut variables = aws.sim.environment().with_profile("static");
    // Port 9 discards, where anything listens at all.
    variables.insert("AWS_ENDPOINT_URL".into(), "http://127.0.0.1:9".into());
    let (status, check) = aws.check(&variables, &[]);
    assert_eq!((status, &check["code"]), (69, &Value::Null), "{check}");
    assert_eq!(check["findings"][0]["code"], "service_unreachable");
    assert_eq!(check["error"], Value::Null);
}

#[test]
fn without_the_program_that_asks_nothing_is_known() {
    let alone = Directory::new();
    let program = alone.path().join("credlapse");
    // By another process: a file that this one has open for writing cannot be run while a thread forks.
    let mut copy = std::process::Command::new("cp");
    copy.arg(env!("CARGO_BIN_EXE_credlapse")).arg(&program);
    assert!(copy.status().is_ok_and(|status| status.success()));
    let mut command = std::process::Command::new(program);
    command
        .args(["check", "--online", "--format=json"])
        .env_clear()
        .env("HOME", alone.path())
        .current_dir(alone.path());
    let run = run_command(command, "");
    assert_eq!(run.status, 69, "{run:?}");
    assert!(
        run.stdout.contains("credlapse-online gave no answer"),
        "{run:?}"
    );
}
