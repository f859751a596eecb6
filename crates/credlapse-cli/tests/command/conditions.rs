//! The conditions of the credential-expiry challenge of the CLI Agent Spec (section 53), one test each.
//!
//! A tool that meets a failure of authentication tells expired, denied and
//! never authenticated apart, and says how to go on.

use serde_json::Value;

use crate::run::{Directory, Run, command, run_command};

/// A failed call, as a tool printed it, and the coarse class that it has.
const FAILURES: [(&str, &str); 5] = [
    (
        "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.",
        "CREDENTIALS_EXPIRED",
    ),
    (
        "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
        "CREDENTIALS_EXPIRED",
    ),
    (
        "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
        "CREDENTIALS_MISSING",
    ),
    (
        "An error occurred (InvalidAccessKeyId) when calling the ListBuckets operation: The AWS Access Key Id you provided does not exist in our records.",
        "CREDENTIALS_INVALID",
    ),
    (
        "An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:iam::123456789012:user/alice is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:PutObject action",
        "PERMISSION_DENIED",
    ),
];

const PROFILE: &str = "[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = Dev\n\
    [sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n";

/// What is told of a failure on a machine whose session has ended; of missing credentials, on one without a profile.
fn explain(text: &str) -> (Run, Value) {
    let home = Directory::new();
    home.write(".aws/config", PROFILE);
    home.write(
        ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
        r#"{"accessToken": "t", "expiresAt": "2026-01-02T03:04:05Z"}"#,
    );
    let local = if text.starts_with("Unable to locate") {
        "--no-local"
    } else {
        "--profile=dev"
    };
    let mut command = command(&["explain", "--format=json", local]);
    command
        .env("HOME", home.path())
        .env("USERPROFILE", home.path());
    let run = run_command(command, text);
    let object: Value = serde_json::from_str(&run.stdout).expect("JSON");
    (run, object["error"].clone())
}

fn is_expiry(code: &str) -> bool {
    code == "CREDENTIALS_EXPIRED"
}

#[test]
fn one_the_codes_are_distinct() {
    for (text, code) in FAILURES {
        assert_eq!(explain(text).1["code"], code, "{text}");
    }
}

#[test]
fn two_the_end_and_the_way_back_are_there_on_expiry() {
    for (text, code) in FAILURES {
        let error = explain(text).1;
        assert_eq!(error["expired"], is_expiry(code), "{text}");
        assert!(
            is_expiry(code) || error.get("expired_at").is_none(),
            "{text}"
        );
        assert!(
            is_expiry(code) || code == "CREDENTIALS_MISSING" || error["reauth_command"].is_null(),
            "{text}"
        );
    }
    // A service refuses the keys: which login made them, the profile tells; when they ended, nobody.
    for (text, expired_at) in [
        (FAILURES[0].0, None),
        (FAILURES[1].0, Some("2026-01-02T03:04:05Z")),
    ] {
        let error = explain(text).1;
        let end = error.get("expired_at").map(|end| end.as_str().expect(text));
        assert_eq!(end, expired_at, "{text}");
        assert_eq!(error["reauth_command"], "aws sso login --profile dev");
        let argv = ["aws", "sso", "login", "--profile", "dev"];
        assert_eq!(error["reauth_argv"], serde_json::json!(argv));
    }
    // Without a profile nobody knows where the keys came from: no command is made up.
    let run = run_command(
        command(&["explain", "--format=json", "--no-local"]),
        FAILURES[0].0,
    );
    let error = &serde_json::from_str::<Value>(&run.stdout).expect("JSON")["error"];
    assert_eq!(error["kind"], "session_token_expired");
    assert!(error.get("expired_at").is_none(), "{error}");
    assert!(error["reauth_command"].is_null(), "{error}");
    assert!(error["reauth_argv"].is_null(), "{error}");
    assert_eq!(error["retryable"], true);
    // Somebody has to act all the same, and is told how.
    assert!(
        error["action"]
            .as_str()
            .is_some_and(|action| !action.is_empty()),
        "{error}"
    );
}

#[test]
fn three_ten_and_eight_are_distinct_and_only_expiry_is_retryable() {
    for (text, code) in FAILURES {
        let (run, error) = explain(text);
        assert_eq!(run.status, if is_expiry(code) { 10 } else { 8 }, "{text}");
        assert_eq!(error["exit_code"], run.status, "{text}");
        assert_eq!(error["retryable"], is_expiry(code), "{text}");
    }
}

#[test]
fn four_the_variable_is_listed() {
    for (text, code) in FAILURES {
        let variable = explain(text).1["reauth_env_var"].clone();
        match code {
            // No variable lets in whom the policy keeps out.
            "PERMISSION_DENIED" => assert_eq!(variable, Value::Null, "{text}"),
            "CREDENTIALS_INVALID" => assert_eq!(variable, "AWS_ACCESS_KEY_ID", "{text}"),
            _ => assert_eq!(variable, "AWS_PROFILE", "{text}"),
        }
    }
}
