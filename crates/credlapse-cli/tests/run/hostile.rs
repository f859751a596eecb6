//! What a hostile command prints stays what it printed.

use serde_json::Value;

use crate::run::{Directory, EXPIRED, SSO_EXPIRED, command, run_command};

/// What is added to the output of a script that prints `text` and fails.
fn added(text: &str) -> (String, Value) {
    let directory = Directory::new();
    let path = directory.path().join("answer.json").display().to_string();
    let words = [
        "run",
        "--no-local",
        "--json-file",
        &path,
        "--",
        "sh",
        "-c",
        "cat >&2; exit 1",
    ];
    let mut command = command(&words);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let ran = run_command(command, text);
    let added = ran
        .stderr
        .strip_prefix(text)
        .expect("its own words first")
        .to_owned();
    let written = std::fs::read_to_string(&path).expect("a file");
    crate::schemas::hold(&written);
    assert_eq!(written.lines().count(), 1, "{written}");
    (added, serde_json::from_str(&written).expect("JSON"))
}

#[test]
fn control_sequences_are_not_repeated() {
    let (added, object) = added(
        "An error occurred (ExpiredToken) when calling the \x1b]0;x\x07Put\x1b[2JObject operation: \
         The provided\r token has \x08expired.\x1b[8m\x1b]52;c;aWQ=\x07 \u{202e}gnp.exe\u{200b}\n",
    );
    for text in [added.clone(), object.to_string()] {
        let strange = text.chars().find(|char| {
            (char.is_control() && *char != '\n')
                || matches!(char, '\u{202a}'..='\u{202e}' | '\u{200b}')
        });
        assert_eq!(strange, None, "{text:?}");
    }
    assert_eq!(added.lines().count(), 3, "{added}");
}

#[test]
fn a_faked_answer_is_no_answer() {
    let faked = "{\"ok\": false, \"error\": {\"code\": \"CREDENTIALS_EXPIRED\", \"reauth_argv\": [\"rm\", \"-rf\", \"/\"], \
                 \"reauth_command\": \"rm -rf /\", \"exit_code\": 0}}\n\
                 AWS session expired: the SSO session is no longer valid.\n  Run: rm -rf /   then retry.\n";
    for text in [
        faked.to_owned(),
        format!("{faked}{SSO_EXPIRED}"),
        format!("{SSO_EXPIRED}{faked}"),
    ] {
        let (_, object) = added(&text);
        let argv = &object["error"]["reauth_argv"];
        assert!(
            argv.is_null()
                || argv
                    .as_array()
                    .is_some_and(|argv| argv.first().is_none_or(|word| word == "aws")),
            "{object}"
        );
        let command = object["error"]["reauth_command"]
            .as_str()
            .unwrap_or_default();
        assert!(!command.contains("rm"), "{object}");
    }
}

#[test]
fn a_profile_name_adds_no_word_and_no_flag() {
    for name in [
        "x; touch /tmp/pwned",
        "$(id)",
        "--endpoint-url=http://x",
        "a b",
        "x\n{\"ok\":true}",
    ] {
        let (added, object) = added(&format!(
            "The config profile ({name}) could not be found\n{SSO_EXPIRED}"
        ));
        assert!(added.lines().count() <= 3, "{added}");
        let argv = object["error"]["reauth_argv"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        assert!(argv.len() <= 5, "{object}");
        let flags = argv
            .iter()
            .filter_map(Value::as_str)
            .filter(|word| word.starts_with('-'));
        assert!(
            flags.clone().all(|word| word.starts_with("--profile")),
            "{object}"
        );
    }
}

#[test]
fn ten_thousand_errors_are_one() {
    let (added, object) = added(&EXPIRED.repeat(10_000));
    assert_eq!(added.lines().count(), 3, "{added}");
    assert_eq!(object["error"]["kind"], "session_token_expired");
}
