//! Input of any size takes the same memory.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::run::{EXPIRED, command};

/// Memory of its own in KiB; the address space would count the code of the program too.
const LIMIT: u32 = 12 * 1024;

/// How much is read, in pieces of 1 MiB: more than the limit.
const PIECES: usize = 24;

fn limited(arguments: &str) -> Command {
    let program = command::<&str>(&[]).get_program().to_owned();
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("ulimit -d {LIMIT} && exec \"$0\" {arguments}"))
        .arg(program)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    shell
}

fn fed(arguments: &str, piece: &[u8], last: &[u8]) -> std::process::Output {
    let mut child = limited(arguments).spawn().expect("the shell starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for _ in 0..PIECES {
                stdin.write_all(piece)?;
            }
            stdin.write_all(last)
        });
        child.wait_with_output().expect("the command ends")
    })
}

#[test]
fn a_log_of_any_size() {
    let line = b"2026-11-21T14:02:07Z INFO request completed, path=/api/v1/users status=200\n";
    let piece: Vec<u8> = line.iter().copied().cycle().take(1 << 20).collect();
    let output = fed("explain --no-local", &piece, EXPIRED.as_bytes());
    assert_eq!(output.status.code(), Some(10), "{output:?}");
}

#[cfg(unix)]
#[test]
fn what_a_command_prints() {
    let line = b"2026-11-21T14:02:07Z INFO request completed, path=/api/v1/users status=200\n";
    let piece: Vec<u8> = line.iter().copied().cycle().take(1 << 20).collect();
    let output = fed(
        "run --no-local -- sh -c 'cat; exit 1'",
        &piece,
        EXPIRED.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(10), "{:?}", output.stderr);
    assert_eq!(output.stdout.len(), PIECES * piece.len() + EXPIRED.len());
}

#[test]
fn a_log_full_of_errors() {
    let piece: Vec<u8> = EXPIRED.bytes().cycle().take(1 << 20).collect();
    let output = fed("explain --no-local", &piece, b"");
    assert_eq!(output.status.code(), Some(10), "{output:?}");
}

#[test]
fn many_failures() {
    let line = format!(
        "{}\n",
        serde_json::json!({"id": 1, "text": "x".repeat(4096)})
    );
    let piece = line.repeat((1 << 20) / line.len());
    let output = fed("explain --no-local --ndjson", piece.as_bytes(), b"");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{:?}",
        String::from_utf8_lossy(&output.stderr)
    );
    let answers = String::from_utf8(output.stdout).expect("text");
    let first = answers.lines().next().expect("an answer");
    crate::schemas::hold(first);
    assert!(answers.lines().all(|answer| answer == first));
}

#[test]
fn one_line_without_an_end() {
    for byte in [b'x', 0] {
        let output = fed(
            "explain --no-local",
            &vec![byte; 1 << 20],
            EXPIRED.as_bytes(),
        );
        assert_eq!(output.status.code(), Some(10), "{output:?}");
    }
}
