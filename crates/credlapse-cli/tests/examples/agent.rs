//! examples/agent: both wrappers do the same.

use std::path::PathBuf;
use std::process::Command;

use crate::stage::{Run, Stage, example};

const LAPSED: &str = "Error when retrieving token from sso: Token has expired and refresh failed";
const DENIED: &str =
    "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied";

/// Both wrappers, each as the program and its first argument.
fn wrappers() -> [(PathBuf, PathBuf); 2] {
    // A shim that stands for Python would put its own tools before those of the stage.
    let output = Command::new("python3")
        .args(["-c", "import sys; print(sys.executable)"])
        .output()
        .expect("python3 runs");
    let python = String::from_utf8(output.stdout).expect("UTF-8");
    [
        (python.trim().into(), example("agent/retry.py")),
        ("bash".into(), example("agent/retry.sh")),
    ]
}

/// A tool that counts its runs and fails with `failure` until somebody has logged in.
fn stage(failure: &str) -> Stage {
    let stage = Stage::new();
    stage.write("failure", failure);
    stage.tool(
        "tool",
        r#"echo run >> "$HOME/runs"
           [ -e "$HOME/logged-in" ] && { echo done; exit; }
           cat "$HOME/failure" >&2
           exit 254"#,
    );
    stage.tool(
        "aws",
        r#"printf '%s\n' "$#" "$@" >> "$HOME/logins"
           echo "a browser opens"
           touch "$HOME/logged-in""#,
    );
    stage
}

/// Runs one wrapper with the profile `dev`.
fn wrapped(stage: &Stage, wrapper: &(PathBuf, PathBuf), arguments: &[&str]) -> Run {
    wrapped_with(stage, wrapper, arguments, &[("AWS_PROFILE", "dev")], b"")
}

fn wrapped_with(
    stage: &Stage,
    (program, script): &(PathBuf, PathBuf),
    arguments: &[&str],
    environment: &[(&str, &str)],
    input: &[u8],
) -> Run {
    let mut command = stage.command(program);
    command
        .arg(script)
        .args(arguments)
        .envs(environment.iter().copied());
    stage.run(command, input)
}

#[test]
fn a_lapsed_session_costs_one_login_and_one_retry() {
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        let run = wrapped(&stage, &wrapper, &["--", "tool"]);
        assert_eq!((run.status, &*run.stdout), (0, &b"done\n"[..]), "{run:?}");
        assert_eq!(stage.lines("runs").len(), 2);
        assert_eq!(
            stage.lines("logins"),
            ["4", "sso", "login", "--profile", "dev"]
        );
        assert!(run.stderr.starts_with(LAPSED), "{run:?}");
        assert!(run.stderr.contains("AWS session expired: "), "{run:?}");
        assert!(run.stderr.contains("a browser opens"), "{run:?}");
    }
}

#[test]
fn a_login_that_does_not_help_is_not_repeated() {
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        stage.tool("aws", r#"echo login >> "$HOME/logins""#);
        let run = wrapped(&stage, &wrapper, &["tool"]);
        assert_eq!(run.status, 10, "{run:?}");
        assert_eq!(stage.lines("runs").len(), 2);
        assert_eq!(stage.lines("logins").len(), 1);
    }
}

#[test]
fn a_login_that_fails_ends_it() {
    for wrapper in wrappers() {
        for login in ["exit 1", "kill -TERM $$"] {
            let stage = stage(LAPSED);
            stage.tool("aws", login);
            let run = wrapped(&stage, &wrapper, &["tool"]);
            assert_eq!(run.status, 10, "{run:?}");
            assert_eq!(stage.lines("runs").len(), 1);
        }
    }
}

#[test]
fn a_denial_is_given_up_at_once() {
    for wrapper in wrappers() {
        let stage = stage(DENIED);
        let run = wrapped(&stage, &wrapper, &["tool"]);
        assert_eq!(run.status, 8, "{run:?}");
        assert_eq!(stage.lines("runs").len(), 1);
        assert_eq!(stage.lines("logins").len(), 0);
        assert!(run.stderr.contains("AWS permission denied: "), "{run:?}");
    }
}

#[test]
fn a_denial_after_the_login_is_given_up_too() {
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        stage.write("denied", DENIED);
        stage.tool(
            "aws",
            r#"echo login >> "$HOME/logins"; mv "$HOME/denied" "$HOME/failure""#,
        );
        let run = wrapped(&stage, &wrapper, &["tool"]);
        assert_eq!(run.status, 8, "{run:?}");
        assert_eq!(stage.lines("runs").len(), 2);
        assert_eq!(stage.lines("logins").len(), 1);
    }
}

#[test]
fn another_failure_is_none_of_their_business() {
    for wrapper in wrappers() {
        let stage = stage("disk full");
        let run = wrapped(&stage, &wrapper, &["tool"]);
        assert_eq!((run.status, &*run.stderr), (254, "disk full"), "{run:?}");
        assert_eq!(stage.lines("runs").len(), 1);
    }
}

#[test]
fn a_guess_decides_nothing() {
    let guess = "An error occurred (403) when calling the HeadObject operation: Forbidden";
    for wrapper in wrappers() {
        let stage = stage(guess);
        // Nothing that the files say settles it.
        stage.write(
            ".aws/config",
            "[profile dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n",
        );
        let run = wrapped(&stage, &wrapper, &["tool"]);
        assert_eq!(run.status, 254, "{run:?}");
        assert!(run.stderr.contains("AWS access refused: "), "{run:?}");
        assert_eq!(stage.lines("runs").len(), 1);
        assert_eq!(stage.lines("logins").len(), 0);
    }
}

#[test]
fn a_success_is_one_whatever_was_printed() {
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        stage.tool(
            "tool",
            r#"echo run >> "$HOME/runs"; cat "$HOME/failure" >&2"#,
        );
        let run = wrapped(&stage, &wrapper, &["tool"]);
        assert_eq!((run.status, &*run.stderr), (0, LAPSED), "{run:?}");
        assert_eq!(stage.lines("runs").len(), 1);
    }
}

#[test]
fn streams_and_arguments_pass_through() {
    let input: Vec<u8> = (0..=u8::MAX).cycle().take(300_000).collect();
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        stage.tool("tool", r#"cat; printf '<%s>' "$@" >&2"#);
        let arguments = ["tool", "a b", "", "*", "--", "-x"];
        let run = wrapped_with(&stage, &wrapper, &arguments, &[], &input);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stdout == input, "the output is another");
        assert_eq!(run.stderr, "<a b><><*><--><-x>");
    }
}

#[test]
fn no_name_of_a_profile_becomes_a_command() {
    let hostile = r#"a "b' $(touch "$HOME/x");`touch x` \" \\ \n ],"é"#;
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        let environment = [("AWS_PROFILE", hostile)];
        let run = wrapped_with(&stage, &wrapper, &["tool"], &environment, b"");
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(
            stage.lines("logins"),
            ["4", "sso", "login", "--profile", hostile]
        );
        assert!(!stage.path("x").exists());
    }
}

#[test]
fn nothing_that_a_tool_prints_is_taken_for_an_answer() {
    let posing = format!(
        r#"{LAPSED} {{"ok":false,"error":{{"kind":"x","retryable":true,"reauth_argv":["touch","x"],"exit_code":0}}}}"#
    );
    for wrapper in wrappers() {
        let stage = stage(&posing);
        let run = wrapped(&stage, &wrapper, &["tool"]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(stage.lines("logins")[1..3], ["sso", "login"]);
        assert!(!stage.path("x").exists());
    }
}

#[test]
fn where_nobody_can_log_in_they_only_tell() {
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        let environment = [("AWS_PROFILE", "dev"), ("CI", "true")];
        let run = wrapped_with(&stage, &wrapper, &["tool"], &environment, b"");
        assert_eq!(run.status, 10, "{run:?}");
        assert_eq!(stage.lines("runs").len(), 1);
        assert_eq!(stage.lines("logins").len(), 0);
        let action = "Run: aws sso login --profile dev";
        assert!(run.stderr.contains(action), "{run:?}");
    }
}

#[test]
fn statuses_are_those_of_a_shell() {
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        stage.tool("ends", r#"cat "$HOME/failure" >&2; kill -TERM $$"#);
        assert_eq!(wrapped(&stage, &wrapper, &["ends"]).status, 128 + 15);
        stage.write("data", "");
        assert_eq!(wrapped(&stage, &wrapper, &["./data"]).status, 126);
        assert_eq!(wrapped(&stage, &wrapper, &["no-such-tool"]).status, 127);
        assert_eq!(wrapped(&stage, &wrapper, &[]).status, 2);
        assert_eq!(stage.lines("logins").len(), 0);
    }
}

#[test]
fn whoever_ends_the_wrapper_in_python_ends_the_command() {
    let [python, _] = wrappers();
    let stage = stage(LAPSED);
    stage.tool(
        "waits",
        r#"trap 'echo ended > "$HOME/end"; exit 3' TERM
           touch "$HOME/started"
           for _ in {1..600}; do sleep 0.1; done"#,
    );
    let mut command = stage.command(python.0);
    let mut wrapper = command
        .arg(python.1)
        .arg("waits")
        .spawn()
        .expect("the wrapper starts");
    while !stage.path("started").exists() {
        assert_eq!(wrapper.try_wait().expect("a state"), None);
        std::thread::yield_now();
    }
    let pid = wrapper.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &pid]).status();
    assert!(killed.expect("kill runs").success());
    assert_eq!(wrapper.wait().expect("an end").code(), Some(3));
    assert_eq!(stage.lines("end"), ["ended"]);
}

#[test]
fn without_credlapse_the_failure_stays_what_it_was() {
    for wrapper in wrappers() {
        let stage = stage(LAPSED);
        std::fs::remove_file(stage.path("bin/credlapse")).expect("it is removed");
        let run = wrapped(&stage, &wrapper, &["tool"]);
        assert_eq!(run.status, 254, "{run:?}");
        assert!(run.stderr.starts_with(LAPSED), "{run:?}");
        assert!(run.stderr.contains("cannot ask credlapse"), "{run:?}");
    }
}
