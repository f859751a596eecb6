//! What a hostile command prints stays what it printed.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::run::{Directory, EXPIRED, Run, SSO_EXPIRED, command, run_command};

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

/// Names of a profile that a shell, a parser of options or a reader of lines would take for more.
const HOSTILE_NAMES: [&str; 11] = [
    "x; touch pwned",
    "$(touch pwned)",
    "`touch pwned`",
    "x && aws iam delete-user",
    "a b",
    "*",
    "it's \"x\" \\",
    "--endpoint-url=http://x",
    "--",
    "-x",
    "x\n{\"ok\": true}",
];

/// What chooses a profile.
#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    Option,
    Variable,
    Output,
}

/// What `aws` got as its arguments, one by one, where `tool` fails for want of a login; `None` where it did not run.
fn login(name: &str, by: By) -> Option<Vec<String>> {
    let directory = Directory::new();
    let here = directory.path().display();
    for (program, script) in [
        ("aws", format!("printf '%s\\0' \"$@\" >> '{here}/login'")),
        ("tool", "cat >&2; exit 255".to_owned()),
    ] {
        let path = directory.write(program, format!("#!/bin/sh\n{script}\n"));
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).expect("a program");
    }
    let printed = match by {
        By::Output => format!("Cached credentials not found under {name} profile.\n"),
        _ => SSO_EXPIRED.to_owned(),
    };
    let input = directory.write("input", &printed);
    let work = directory.path().join("work");
    std::fs::create_dir(&work).expect("a directory");
    let option = format!("--profile={name}");
    let mut words = vec!["run", "--reauth=always", "--json-file=../answer"];
    if by == By::Option {
        words.push(&option);
    }
    words.extend(["--", "tool"]);
    let mut path = directory.path().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut command = command(&words);
    command.env("PATH", path).current_dir(&work);
    if by == By::Variable {
        command.env("AWS_PROFILE", name);
    }
    let ran: Run = command
        .stdin(std::fs::File::open(input).expect("a file"))
        .output()
        .expect("it starts")
        .into();
    assert!([8, 10, 255].contains(&ran.status), "{ran:?}");
    let left = std::fs::read_dir(&work).expect("a directory").count();
    assert_eq!(left, 0, "{name:?} {by:?}");
    let answer = std::fs::read_to_string(directory.path().join("answer")).expect("a file");
    crate::schemas::hold(&answer);
    assert_eq!(answer.lines().count(), 1, "{answer}");
    let recorded = std::fs::read_to_string(directory.path().join("login")).ok()?;
    Some(recorded.split_terminator('\0').map(String::from).collect())
}

#[test]
fn a_profile_name_adds_no_word_and_no_flag() {
    for name in HOSTILE_NAMES {
        for by in [By::Option, By::Variable, By::Output] {
            let words = login(name, by);
            // A name that cannot be shown as it is stands in no command.
            if name.contains('\n') {
                assert_eq!(words, None, "{name:?} {by:?}");
                continue;
            }
            let words = words.expect(name);
            let flag = words.last().expect(name).strip_prefix("--profile=");
            let (given, start): (&str, &[&str]) = match flag {
                Some(given) => (given, &["sso", "login"]),
                None => (words.last().expect(name), &["sso", "login", "--profile"]),
            };
            let before = words.len() - 1;
            assert_eq!(words[..before], *start, "{name:?} {by:?}");
            assert_eq!(flag.is_some(), name.starts_with('-'), "{name:?} {by:?}");
            // Quotes and brackets around a name in a sentence are none of its own.
            let is_whole = given == name || by == By::Output && name.contains(given);
            assert!(is_whole, "{name:?} {by:?} {given:?}");
        }
    }
}

#[test]
fn ten_thousand_errors_are_one() {
    let (added, object) = added(&EXPIRED.repeat(10_000));
    assert_eq!(added.lines().count(), 3, "{added}");
    assert_eq!(object["error"]["kind"], "session_token_expired");
}
