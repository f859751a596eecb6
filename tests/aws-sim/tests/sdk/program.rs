//! The program: its line, its orders over HTTP, its end.

use std::path::Path;
use std::process::Stdio;

use aws_sim::Environment;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::client::{Outcome, s3};
use crate::raw;

async fn start() -> Result<(Child, Environment), Box<dyn std::error::Error>> {
    let program = env!("CARGO_BIN_EXE_aws-sim");
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("a pipe"))
        .read_line(&mut line)
        .await?;
    Ok((child, serde_json::from_str(&line)?))
}

#[tokio::test]
async fn it_serves_until_its_input_closes() -> Outcome {
    let (mut child, environment) = start().await?;
    s3(&environment.with_profile("sso"))
        .await
        .list_buckets()
        .send()
        .await?;
    assert!(Path::new(&environment.home).join(".aws/config").exists());
    drop(child.stdin.take());
    assert!(child.wait().await?.success());
    assert!(!Path::new(&environment.home).exists());
    Ok(())
}

#[tokio::test]
async fn it_serves_until_it_is_terminated() -> Outcome {
    let (mut child, environment) = start().await?;
    let id = child.id().expect("a running program").to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .await?
            .success()
    );
    assert!(child.wait().await?.success());
    assert!(!Path::new(&environment.home).exists());
    Ok(())
}

#[tokio::test]
async fn it_takes_orders_over_http() -> Outcome {
    let (mut child, environment) = start().await?;
    let order = |method: &'static str, path: &'static str, body: &'static str| {
        let url = environment.url.clone();
        async move { raw::send(&url, method, &format!("/_sim/{path}"), body).await }
    };
    for (method, path, body) in [
        (
            "POST",
            "expire",
            r#"{"sso": {"session": "corp", "revoked": true}, "in_seconds": 5}"#,
        ),
        ("POST", "expire", r#"{"keys": "session"}"#),
        ("POST", "expire", r#"{"web_identity": null}"#),
        ("POST", "login", r#"{"session": "corp"}"#),
        ("POST", "logout", r#"{"session": "legacy"}"#),
        ("POST", "renew", r#"{"what": "web-identity"}"#),
        ("POST", "fail-process", r#"{"exit": 1, "stderr": "no"}"#),
        (
            "POST",
            "settings",
            r#"{"clock_offset_seconds": 60, "keys_seconds": 900}"#,
        ),
        (
            "POST",
            "faults",
            r#"{"service": "sso-oidc", "times": null, "error": {"code": "SlowDownException"}}"#,
        ),
        (
            "POST",
            "faults",
            r#"{"operation": "PutObject", "after": 3, "expire": {"keys": "*"}}"#,
        ),
        (
            "POST",
            "faults",
            r#"{"path": "/test-bucket/*", "cut": null}"#,
        ),
        ("DELETE", "faults", ""),
        (
            "POST",
            "denials",
            r#"{"action": "s3:*", "detail": "explicit"}"#,
        ),
        ("DELETE", "denials", ""),
        ("PUT", "objects/new-bucket/a%20b", "content"),
        ("DELETE", "requests", ""),
    ] {
        let answer = order(method, path, body).await?;
        assert!(
            answer.starts_with("HTTP/1.1 204 "),
            "{method} {path} {body}: {answer}"
        );
    }
    assert!(
        order("GET", "objects/new-bucket/a%20b", "")
            .await?
            .ends_with("\r\n\r\ncontent")
    );
    assert!(
        order("POST", "issue", r#"{"origin": "test", "seconds": 60}"#)
            .await?
            .contains("\"session_token\":\"IQoJ")
    );
    assert!(order("GET", "requests", "").await?.ends_with("\r\n\r\n[]"));
    let refused = order("POST", "login", r#"{"session": "nope"}"#).await?;
    assert!(
        refused.starts_with("HTTP/1.1 400 ") && refused.contains("there is no SSO session `nope`"),
        "{refused}"
    );
    assert!(
        order("POST", "nope", "")
            .await?
            .contains("there is no order POST /_sim/nope")
    );
    // Killed instead, it would leave its folder behind.
    drop(child.stdin.take());
    child.wait().await?;
    Ok(())
}
