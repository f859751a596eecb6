//! `explain --ndjson`.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::run::{EXPIRED, Run, SSO_EXPIRED, command, run};

fn answers(run: &Run) -> Vec<Value> {
    run.stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn asked(lines: &[Value]) -> Vec<Value> {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    answers(&run(&["explain", "--ndjson", "--no-local"], input))
}

#[test]
fn one_answer_a_line_in_order() {
    let lines: Vec<Value> = (0..500)
        .map(|id| json!({"id": id, "text": if id % 2 == 0 { EXPIRED } else { "fine" }}))
        .collect();
    let answers = asked(&lines);
    assert_eq!(answers.len(), lines.len());
    for (id, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], id);
        assert_eq!(answer["diagnosis"].is_null(), id % 2 == 1, "{answer}");
        assert_eq!(answer.get("error"), None);
    }
    assert_eq!(answers[0]["diagnosis"]["kind"], "session_token_expired");
    assert_eq!(answers[0]["diagnosis"]["exit_code"], 10);
}

#[test]
fn any_id_comes_back_as_it_went_in() {
    for id in [
        json!(null),
        json!("a\n\"b"),
        json!(1.50),
        json!([1, {"a": 2}]),
        json!(u64::MAX),
    ] {
        let answer = asked(&[json!({"id": id, "text": EXPIRED})]).remove(0);
        assert_eq!(answer["id"], id);
    }
    assert!(asked(&[json!({"text": EXPIRED})])[0]["id"].is_null());
}

#[test]
fn a_bad_line_costs_only_itself() {
    let input = [
        &format!("{}\n", json!({"id": 1, "text": EXPIRED})),
        "not JSON\n",
        "\n",
        "[]\n",
        "{\"id\": 5}\n",
        "{\"id\": 6, \"text\": 7}\n",
        "{\"id\": 7, \"text\": \"x\", \"context\": {\"now\": \"yesterday\"}}\n",
        "{\"id\": 8, \"text\": \"torn\n",
        "{\"id\": 9, \"text\": \"\u{fffd}\"}\n",
        &json!({"id": 10, "text": EXPIRED}).to_string(),
    ]
    .concat();
    let run = run(&["explain", "--ndjson", "--no-local"], input);
    assert_eq!(run.status, 10, "{run:?}");
    let answers = answers(&run);
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(
        json!(ids),
        json!([1, null, null, null, 5, 6, 7, null, 9, 10])
    );
    for bad in &answers[1..8] {
        assert!(bad["diagnosis"].is_null(), "{bad}");
        assert_eq!(bad["error"]["code"], "INVALID_LINE", "{bad}");
    }
    assert_eq!(
        answers[1]["error"]["message"],
        "line 2, column 2: expected ident"
    );
    assert!(answers[8].get("error").is_none(), "{}", answers[8]);
    assert!(!answers[9]["diagnosis"].is_null());
}

#[test]
fn bad_lines_alone_are_65() {
    assert_eq!(run(&["explain", "--ndjson"], "nonsense\n").status, 65);
    assert_eq!(
        run(&["explain", "--ndjson"], "{\"text\": \"fine\"}\n").status,
        0
    );
    assert_eq!(run(&["explain", "--ndjson"], "").status, 0);
}

#[test]
fn an_error_is_read_by_its_fields() {
    let sso = "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.";
    for error in [
        json!({"name": "ExpiredToken", "message": "The provided token has expired."}),
        json!({"name": "Error", "Code": "ExpiredToken", "$metadata": {"httpStatusCode": 400}}),
        json!({"code": "ExpiredToken", "statusCode": 400, "time": "now", "stack": ["a", "b"]}),
        json!({"message": "lock failed", "cause": {"code": "ExpiredToken"}}),
        json!({"message": "", "errors": [{"message": "x"}, {"code": "ExpiredToken"}]}),
        json!({"message": "x", "originalError": {"originalError": {"code": "ExpiredToken"}}}),
        json!({"reason": {"name": "ExpiredTokenException"}}),
        json!({"error": {"Code": "ExpiredToken"}}),
        json!({"Error": {"Code": "ExpiredToken", "Message": "The provided token has expired."}}),
        json!("ExpiredToken: The provided token has expired."),
    ] {
        let answer = asked(&[json!({"error": error})]).remove(0);
        assert_eq!(
            answer["diagnosis"]["kind"], "session_token_expired",
            "{error} {answer}"
        );
    }
    let wrapped =
        json!({"name": "_CredentialsProviderError", "message": sso, "tryNextLink": false});
    let answer =
        asked(&[json!({"error": {"name": "S3OperationError", "cause": wrapped}})]).remove(0);
    assert_eq!(answer["diagnosis"]["kind"], "sso_session_expired");
    for error in [
        json!(null),
        json!(7),
        json!([]),
        json!({}),
        json!({"name": "Error"}),
    ] {
        let answer = asked(&[json!({"text": "", "error": error})]).remove(0);
        assert!(
            answer["diagnosis"].is_null() && answer.get("error").is_none(),
            "{answer}"
        );
    }
}

#[test]
fn text_and_error_of_one_failure_are_read_together() {
    let answer = asked(&[json!({"text": "upload failed", "error": {"code": "ExpiredToken"}})]);
    assert_eq!(answer[0]["diagnosis"]["kind"], "session_token_expired");
    let answer = asked(&[json!({"text": EXPIRED, "error": {"name": "CalledProcessError"}})]);
    assert_eq!(answer[0]["diagnosis"]["kind"], "session_token_expired");
}

#[test]
fn an_error_without_bounds_is_read_within_them() {
    let depth = 10_000;
    let deep = format!(
        "{{\"id\":1,\"error\":{}{{}}{}}}\n",
        "{\"name\":\"CredentialsProviderError\",\"cause\":".repeat(depth),
        "}".repeat(depth)
    );
    let arrays = format!(
        "{{\"id\":2,\"error\":{{\"errors\":{}{}}}}}\n",
        "[".repeat(depth),
        "]".repeat(depth)
    );
    let wide = json!({"id": 3, "error": {
        "code": "ExpiredToken",
        "errors": (0..100_000).map(|n| json!({"message": n.to_string()})).collect::<Vec<_>>(),
    }});
    let long =
        json!({"id": 4, "error": {"name": "ExpiredToken", "message": "x".repeat(5_000_000)}});
    let run = run(
        &["explain", "--ndjson", "--no-local"],
        [&deep, &arrays, &format!("{wide}\n"), &format!("{long}\n")]
            .map(String::as_str)
            .concat(),
    );
    let answers = answers(&run);
    assert_eq!(answers.len(), 4, "{}", run.stderr);
    assert!(answers.iter().all(|answer| answer.get("error").is_none()));
    assert_eq!(answers[2]["diagnosis"]["kind"], "session_token_expired");
    assert_eq!(answers[3]["diagnosis"]["kind"], "session_token_expired");
}

#[test]
fn a_line_can_describe_the_machine() {
    let erased = "Unable to locate credentials";
    let config = "[profile dev]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n\
                  sso_account_id = 1\nsso_role_name = Dev\n";
    let answers = asked(&[
        json!({"text": erased, "context": {
            "env": {"AWS_PROFILE": "dev"},
            "home_files": {".aws/config": config},
        }}),
        json!({"text": erased, "context": {"profile": "dev", "home_files": {".aws/config": config}}}),
        json!({"text": erased, "context": {"env": {"AWS_PROFILE": "dev"}}}),
        json!({"text": SSO_EXPIRED, "context": {"profile": "prod", "subject": "Vault"}}),
        json!({"text": erased, "context": {"unknown": [1]}}),
    ]);
    assert_eq!(
        answers[0]["diagnosis"]["kind"], "sso_not_logged_in",
        "{}",
        answers[0]
    );
    assert_eq!(
        answers[1]["diagnosis"]["kind"], "sso_not_logged_in",
        "{}",
        answers[1]
    );
    assert_eq!(
        answers[2]["diagnosis"]["kind"], "credentials_missing",
        "{}",
        answers[2]
    );
    assert_eq!(answers[3]["diagnosis"]["profile"], "prod");
    let message = answers[3]["diagnosis"]["message"]
        .as_str()
        .unwrap_or_default();
    assert!(message.starts_with("Vault "), "{message}");
    assert_eq!(answers[4]["diagnosis"]["kind"], "credentials_missing");
}

#[test]
fn now_decides_what_has_ended() {
    let context = |now: &str| {
        json!({"text": "Unable to locate credentials", "context": {
            "now": now,
            "profile": "dev",
            "env": {},
            "home_files": {
                ".aws/config": "[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = D\n\
                                [sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n",
                ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json":
                    "{\"accessToken\": \"t\", \"expiresAt\": \"2026-11-21T14:15:00Z\"}",
            },
        }})
    };
    let answers = asked(&[
        context("2026-11-21T14:14:00Z"),
        context("2026-11-21T16:16:00+01:00"),
    ]);
    assert_ne!(answers[0]["diagnosis"]["kind"], "sso_session_expired");
    assert_eq!(answers[1]["diagnosis"]["kind"], "sso_session_expired");
    assert_eq!(
        answers[1]["diagnosis"]["expired_at"],
        "2026-11-21T14:15:00Z"
    );
}

#[test]
fn whoever_asks_one_by_one_is_answered_at_once() {
    let mut child = command(&["explain", "--ndjson", "--no-local"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut questions = child.stdin.take().expect("standard input is piped");
    let mut answers = BufReader::new(child.stdout.take().expect("standard output is piped"));
    for id in 0..3 {
        writeln!(questions, "{}", json!({"id": id, "text": EXPIRED})).expect("asked");
        let mut answer = String::new();
        answers.read_line(&mut answer).expect("answered");
        assert!(answer.starts_with(&format!("{{\"id\":{id},")), "{answer}");
    }
    drop(questions);
    assert_eq!(child.wait().expect("the command ends").code(), Some(10));
}
