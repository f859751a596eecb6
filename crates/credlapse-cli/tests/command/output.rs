//! Where answers go: colours, pipes that close.

use std::io::Read;
use std::process::Stdio;

use crate::run::{EXPIRED, command, run_command};

fn coloured(variables: &[(&str, &str)], input: &str) -> (bool, bool) {
    let mut command = command(&["explain", "--no-local", "-v"]);
    command.envs(variables.iter().copied());
    let run = run_command(command, input);
    (run.stdout.contains('\x1b'), run.stderr.contains('\x1b'))
}

#[test]
fn there_is_colour_where_it_is_wanted() {
    assert_eq!(coloured(&[], EXPIRED), (false, false));
    assert_eq!(coloured(&[("CLICOLOR_FORCE", "1")], EXPIRED), (true, false));
    assert_eq!(
        coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], EXPIRED),
        (false, false)
    );
}

#[test]
fn json_is_never_coloured() {
    let mut command = command(&["explain", "--no-local", "--format=json"]);
    command.env("CLICOLOR_FORCE", "1");
    assert!(!run_command(command, EXPIRED).stdout.contains('\x1b'));
}

#[test]
fn control_sequences_of_the_input_do_not_come_out() {
    let input = format!("\x1b]0;title\x07\x1b[2J{}\x1b[5m\x08", EXPIRED.trim_end());
    assert_eq!(coloured(&[], &input), (false, false));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    for arguments in [
        &["rules"][..],
        &["rules", "--format=json"],
        &["man"],
        &["completions", "bash"],
    ] {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .expect("piped")
            .read_to_string(&mut stderr)
            .expect("UTF-8");
        assert_eq!(stderr, "", "{arguments:?}");
        assert_eq!(
            child.wait().expect("the command ends").code(),
            Some(0),
            "{arguments:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_74() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let output = command(&["rules"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("the command ends");
    assert_eq!(output.status.code(), Some(74));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.starts_with("error: cannot write the answer: "),
        "{stderr}"
    );
}
