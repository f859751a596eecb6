//! `explain`: options, several inputs, exit statuses.

use crate::run::{Directory, EXPIRED, SSO_EXPIRED, run};

#[test]
fn standard_input_is_the_default() {
    for arguments in [
        &["explain", "--no-local"][..],
        &["explain", "--no-local", "-"],
    ] {
        let explained = run(arguments, EXPIRED);
        assert_eq!(explained.status, 10);
        assert!(
            explained.stdout.starts_with("AWS session expired: "),
            "{explained:?}"
        );
        assert_eq!(explained.stdout.lines().count(), 3);
        assert_eq!(explained.stderr, "");
    }
}

#[test]
fn where_nothing_is_found_one_sentence_says_so() {
    for input in ["all is well\n", "", "  \n"] {
        let explained = run(&["explain"], input);
        assert_eq!(explained.status, 0);
        assert_eq!(explained.stdout, "");
        assert_eq!(
            explained.stderr,
            "No AWS credential failure was found in standard input.\n"
        );
    }
}

#[test]
fn options_say_what_the_text_does_not() {
    let explained = run(
        &[
            "explain",
            "--no-local",
            "--profile",
            "dev",
            "--subject",
            "Datastore",
        ],
        SSO_EXPIRED,
    );
    assert!(
        explained.stdout.starts_with("Datastore session expired: "),
        "{explained:?}"
    );
    assert!(
        explained
            .stdout
            .contains("Run: aws sso login --profile dev"),
        "{explained:?}"
    );
}

#[test]
fn commands_are_quoted_for_the_shell() {
    for (shell, command) in [
        ("posix", r"--profile 'a '\''b'"),
        ("powershell", "--profile 'a ''b'"),
        ("cmd", "--profile \"a 'b\""),
    ] {
        let explained = run(
            &[
                "explain",
                "--no-local",
                "--profile",
                "a 'b",
                "--shell",
                shell,
            ],
            SSO_EXPIRED,
        );
        assert!(explained.stdout.contains(command), "{shell}: {explained:?}");
    }
}

#[test]
fn the_exit_table_decides_the_status() {
    let denied = "An error occurred (AccessDenied) when calling the PutObject operation: \
                  User: arn:aws:iam::1:user/a is not authorized to perform: s3:PutObject";
    for (table, expired, other) in [
        ("default", 10, 8),
        ("cli-agent-spec-2026-07", 8, 7),
        ("rc", 4, 4),
    ] {
        let arguments = [
            "explain",
            "--no-local",
            "--format=json",
            "--exit-table",
            table,
        ];
        for (input, status) in [(EXPIRED, expired), (denied, other)] {
            let explained = run(&arguments, input);
            assert_eq!(explained.status, status, "{table}: {explained:?}");
            let object: serde_json::Value =
                serde_json::from_str(&explained.stdout).expect("one JSON object");
            assert_eq!(object["ok"], false);
            assert_eq!(object["error"]["exit_code"], status);
        }
    }
}

#[test]
fn bad_usage_is_2() {
    for arguments in [
        &[][..],
        &["explian"],
        &["explain", "--profil"],
        &["explain", "--shell", "fish"],
        &["explain", "--exit-table", "mine"],
        &["explain", "--format", "xml"],
        &["explain", "--ndjson", "--format", "json"],
        &["explain", "--ndjson", "-v"],
        &["rules", "extra"],
    ] {
        let refused = run(arguments, EXPIRED);
        assert_eq!(refused.status, 2, "{arguments:?}");
        assert_eq!(refused.stdout, "", "{arguments:?}");
        assert!(!refused.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn several_files_are_explained_one_by_one() {
    let directory = Directory::new();
    let fine = directory.write("fine.log", "all is well");
    let sso = directory.write("sso.log", SSO_EXPIRED);
    let denied = directory.write(
        "denied.log",
        "AccessDenied: User: x is not authorized to perform: s3:GetObject",
    );
    let missing = directory.path().join("missing.log").display().to_string();

    let explained = run(
        &["explain", "--no-local", &fine, &missing, &sso, &denied],
        "",
    );
    assert_eq!(
        explained.status, 10,
        "the first diagnosis counts: {explained:?}"
    );
    let headings: Vec<_> = explained
        .stdout
        .lines()
        .filter(|line| line.starts_with('`'))
        .collect();
    assert_eq!(headings, [format!("`{sso}`"), format!("`{denied}`")]);
    assert!(
        explained.stderr.contains(&format!("found in `{fine}`")),
        "{explained:?}"
    );
    assert!(
        explained
            .stderr
            .contains(&format!("cannot read `{missing}`")),
        "{explained:?}"
    );

    let json = run(
        &[
            "explain",
            "--no-local",
            "--format=json",
            &fine,
            &missing,
            &denied,
        ],
        "",
    );
    assert_eq!(json.status, 8);
    let codes: Vec<_> = json
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|object| object["error"]["code"].clone())
        .collect();
    assert_eq!(
        codes,
        [
            serde_json::Value::Null,
            "INPUT_UNREADABLE".into(),
            "PERMISSION_DENIED".into()
        ]
    );
}

#[test]
fn an_error_object_is_read_as_data() {
    let object = r#"
        {"name": "S3OperationError", "message": "lock failed", "cause":
         {"name": "_CredentialsProviderError", "message": "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile."}}
    "#;
    let explained = run(&["explain", "--no-local", "--format=json"], object);
    assert!(
        explained.stdout.contains(r#""kind":"sso_session_expired""#),
        "{explained:?}"
    );

    // A body of the AWS CLI is one too, and so is what only looks like one.
    let body = r#"{"Code": "ExpiredToken", "Message": "The provided token has expired."}"#;
    assert_eq!(run(&["explain", "--no-local"], body).status, 10);
    let torn = r#"{"Code": "ExpiredToken", "Message": "The provided token has expired.""#;
    assert_eq!(run(&["explain", "--no-local"], torn).status, 10);
}
