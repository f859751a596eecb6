//! Signals on their way to the command, and statuses of commands that they end.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use crate::dispositions;
use crate::run::command;

/// A script under `run`, once it has said that it is ready.
fn started(script: &str) -> (Child, BufReader<ChildStdout>) {
    dispositions::usual();
    let mut credlapse = command(&["run", "--no-local", "--", "sh", "-c", script]);
    let mut child = credlapse
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        // A job of its own, as a shell starts it.
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let mut ready = String::new();
    stdout.read_line(&mut ready).expect("UTF-8");
    assert_eq!(ready, "ready\n");
    (child, stdout)
}

fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{signal}"), &child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
}

fn end(mut child: Child, mut stdout: impl Read) -> (String, ExitStatus) {
    let mut text = String::new();
    stdout.read_to_string(&mut text).expect("UTF-8");
    (text, child.wait().expect("it ends"))
}

#[test]
fn each_is_forwarded_once() {
    for signal in ["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "WINCH"] {
        let script = format!(
            "trap 'echo got' {signal}; trap 'echo end; exit 5' ALRM; echo ready; \
             while :; do sleep 0.02; done"
        );
        let (child, mut stdout) = started(&script);
        send(&child, signal);
        let mut got = String::new();
        stdout.read_line(&mut got).expect("UTF-8");
        assert_eq!(got, "got\n", "{signal}");
        // Time for a second one, if there were one.
        std::thread::sleep(std::time::Duration::from_millis(100));
        send(&child, "ALRM");
        let (text, status) = end(child, stdout);
        assert_eq!((&*text, status.code()), ("end\n", Some(5)), "{signal}");
    }
}

#[test]
fn a_command_that_is_killed_ends_as_a_shell_says() {
    for (signal, status) in [("TERM", 143), ("KILL", 137), ("HUP", 129)] {
        let (child, stdout) = started(&format!("echo ready; kill -{signal} $$"));
        assert_eq!(end(child, stdout).1.code(), Some(status), "{signal}");
    }
    // Of an interrupt it dies itself, so that a script around it stops too.
    let (child, stdout) = started("echo ready; kill -INT $$");
    assert_eq!(end(child, stdout).1.signal(), Some(2));
}

#[test]
fn it_stops_and_goes_on_with_the_command() {
    let (child, stdout) =
        started("trap 'echo end; exit 0' USR1; echo ready; while :; do sleep 0.02; done");
    let state = |wanted: &[char]| {
        for _ in 0..500 {
            let stat =
                std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap_or_default();
            let state = stat
                .rsplit(") ")
                .next()
                .and_then(|rest| rest.chars().next());
            if state.is_some_and(|state| wanted.contains(&state)) {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        false
    };
    if !cfg!(target_os = "linux") {
        return;
    }
    send(&child, "TSTP");
    assert!(state(&['T']), "it stops");
    send(&child, "CONT");
    assert!(state(&['S', 'R']), "it goes on");
    send(&child, "USR1");
    let (text, status) = end(child, stdout);
    assert_eq!((&*text, status.code()), ("end\n", Some(0)));
}

#[test]
fn what_was_to_be_ignored_stays_ignored() {
    // As `nohup` does it.
    let program = command::<&str>(&[]).get_program().to_owned();
    let mut child = Command::new("sh")
        .args([
            "-c",
            "trap '' HUP; exec \"$0\" run -- sh -c 'echo ready; kill -HUP $$; echo alive'",
        ])
        .arg(program)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let stdout = child.stdout.take().expect("piped");
    let (text, status) = end(child, stdout);
    assert_eq!((&*text, status.code()), ("ready\nalive\n", Some(0)));
}

#[test]
fn one_that_comes_after_the_command_ends_what_is_left() {
    if !cfg!(target_os = "linux") {
        return;
    }
    // More than the pipe to the reader holds, and less than both pipes: the command ends, its output does not.
    let (mut child, stdout) = started("echo ready; exec head -c 100000 /dev/zero");
    let children = format!("/proc/{0}/task/{0}/children", child.id());
    while !std::fs::read_to_string(&children)
        .expect("Linux")
        .is_empty()
    {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    send(&child, "TERM");
    assert_eq!(child.wait().expect("it ends").signal(), Some(15));
    drop(stdout);
}

#[test]
fn a_status_is_known_also_where_nobody_is_told_of_children() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let program = command::<&str>(&[]).get_program().to_owned();
    for untold in ["--ignore-signal=CHLD", "--block-signal=CHLD"] {
        // The streams close before the command ends: nothing else tells of it.
        let status = Command::new("env")
            .arg(untold)
            .arg(&program)
            .args(["run", "--", "sh", "-c", "exec >&- 2>&-; sleep 0.05; exit 5"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()
            .expect("it starts");
        assert_eq!(status.code(), Some(5), "{untold}");
    }
}

#[test]
fn a_stop_that_is_taken_back_at_once_stops_nothing() {
    for _ in 0..20 {
        let (child, stdout) = started("echo ready; sleep 0.05; echo end");
        // One process sends both, without a pause.
        let both = format!("kill -TSTP {0}; kill -CONT {0}", child.id());
        let sent = Command::new("sh").args(["-c", &both]).status();
        assert!(sent.expect("sh runs").success());
        let (text, status) = end(child, stdout);
        assert_eq!((&*text, status.code()), ("end\n", Some(0)));
    }
}
