//! What the command prints passes through as if nobody stood in between.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};

use crate::run::{Directory, EXPIRED, command, run, run_command};

/// `credlapse run --no-local -- sh -c SCRIPT`.
fn shell(script: &str) -> Command {
    let mut command = command(&["run", "--no-local", "--", "sh", "-c", script]);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

#[test]
fn both_streams_stay_apart() {
    let ran = run_command(shell("echo out; echo err >&2; exit 3"), "");
    assert_eq!(
        (&*ran.stdout, &*ran.stderr, ran.status),
        ("out\n", "err\n", 3)
    );
}

#[test]
fn standard_input_is_the_commands_own() {
    let ran = run_command(shell("read first; echo \"$first\"; cat"), "one\ntwo\nthree");
    assert_eq!((&*ran.stdout, ran.status), ("one\ntwo\nthree", 0));
}

#[test]
fn nothing_is_said_about_a_success() {
    let ran = run_command(
        shell(&format!("echo '{EXPIRED}'; echo '{EXPIRED}' >&2")),
        "",
    );
    assert_eq!(ran.stdout, format!("{EXPIRED}\n"));
    assert_eq!(ran.stderr, ran.stdout);
    assert_eq!(ran.status, 0);
}

#[test]
fn two_streams_into_one_pipe_keep_their_order() {
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let mut order = String::from("i=0; while [ $i -lt 500 ]; do ");
    order.push_str("echo out $i; echo err $i >&2; i=$((i+1)); done");
    let mut credlapse = shell(&order);
    let other = writer.try_clone().expect("a second end");
    let mut child = credlapse
        .stdout(writer)
        .stderr(other)
        .spawn()
        .expect("it starts");
    drop(credlapse);
    let mut text = String::new();
    reader.read_to_string(&mut text).expect("UTF-8");
    assert!(child.wait().expect("it ends").success());
    let expected: String = (0..500).map(|i| format!("out {i}\nerr {i}\n")).collect();
    assert_eq!(text, expected);
}

#[test]
fn two_streams_into_one_file_keep_their_order() {
    let directory = Directory::new();
    let path = directory.write("log", "before\n");
    let open = || {
        std::fs::OpenOptions::new()
            .append(true)
            .open(&path)
            .expect("a file")
    };
    let status = shell("echo 1; echo 2 >&2; echo 3")
        .stdout(open())
        .stderr(open())
        .status()
        .expect("it starts");
    assert!(status.success());
    assert_eq!(
        std::fs::read_to_string(&path).expect("UTF-8"),
        "before\n1\n2\n3\n"
    );
}

/// Sums of bytes and of their products with their places: a changed or moved byte shows.
fn checksum(mut source: impl Read) -> (u64, u64, u64) {
    let mut buffer = vec![0; 1 << 16];
    let (mut length, mut sum, mut places) = (0_u64, 0_u64, 0_u64);
    loop {
        let count = source.read(&mut buffer).expect("it can be read");
        if count == 0 {
            return (length, sum, places);
        }
        for byte in &buffer[..count] {
            length += 1;
            sum = sum.wrapping_add(u64::from(*byte));
            places = places.wrapping_add(u64::from(*byte).wrapping_mul(length));
        }
    }
}

fn passed(script: &str) -> (u64, u64, u64) {
    let mut child = shell(script)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let sums = checksum(child.stdout.take().expect("piped"));
    assert!(child.wait().expect("it ends").success());
    sums
}

fn direct(script: &str) -> (u64, u64, u64) {
    let mut child = Command::new("sh")
        .args(["-c", script])
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let sums = checksum(child.stdout.take().expect("piped"));
    assert!(child.wait().expect("it ends").success());
    sums
}

#[test]
fn bytes_of_any_kind_and_number_are_unchanged() {
    for script in [
        // NULs, 100 MB without a line break.
        "head -c 100000000 /dev/zero",
        // Every byte, also what begins a character and does not end it.
        "i=0; while [ $i -lt 256 ]; do printf \"\\\\$(printf %o $i)\"; i=$((i+1)); done; printf 'caf\\303'",
        // Many short lines.
        "yes 'a line' | head -n 1000000",
        // A program.
        "cat \"$(command -v sh)\"",
    ] {
        assert_eq!(passed(script), direct(script), "{script}");
    }
}

#[test]
fn many_who_write_at_once_lose_no_line() {
    let writer = "(i=0; while [ $i -lt 200 ]; do echo $w $i; i=$((i+1)); done) &";
    let script = format!("w=0; while [ $w -lt 40 ]; do {writer} w=$((w+1)); done; wait");
    let ran = run_command(shell(&script), "");
    let mut lines: Vec<_> = ran.stdout.lines().map(String::from).collect();
    let mut expected: Vec<_> = (0..40)
        .flat_map(|w| (0..200).map(move |i| format!("{w} {i}")))
        .collect();
    lines.sort();
    expected.sort();
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(lines == expected, "{} lines", lines.len());
}

#[test]
fn a_failure_is_found_however_much_is_printed_after_it() {
    let script = format!("echo '{EXPIRED}' >&2; head -c 8000000 /dev/zero >&2; exit 1");
    let output = shell(&script)
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(10));
    let end = output
        .stderr
        .rsplit(|byte| *byte == 0)
        .next()
        .expect("an end");
    let end = String::from_utf8_lossy(end);
    assert!(end.starts_with("\nAWS session expired:"), "{end}");
}

#[test]
fn a_failure_on_standard_output_is_found_too() {
    let ran = run_command(
        shell(&format!("printf %s '{}'; exit 7", EXPIRED.trim())),
        "",
    );
    assert_eq!(ran.stdout, EXPIRED.trim());
    assert_eq!(ran.status, 10);
    assert!(ran.stderr.starts_with("AWS session expired:"), "{ran:?}");
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_command() {
    let mut child = shell("yes")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut some = [0; 4];
    let mut stdout = child.stdout.take().expect("piped");
    stdout.read_exact(&mut some).expect("output");
    drop(stdout);
    // As a shell has it: killed by SIGPIPE.
    assert_eq!(child.wait().expect("it ends").code(), Some(128 + 13));
}

#[test]
fn what_is_left_in_the_background_does_not_hold_it_up_and_is_passed_on() {
    let directory = Directory::new();
    let flag = directory.path().join("flag");
    let script = format!(
        "(while [ ! -e '{}' ]; do sleep 0.02; done; echo later) & echo now",
        flag.display()
    );
    let mut child = shell(&script)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    assert!(child.wait().expect("it ends").success());
    File::create(&flag).expect("a file");
    let mut text = String::new();
    let mut stdout = child.stdout.take().expect("piped");
    stdout.read_to_string(&mut text).expect("UTF-8");
    assert_eq!(text, "now\nlater\n");
}

#[test]
fn a_place_that_others_made_non_blocking_is_waited_for() {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair().expect("sockets");
    theirs.set_nonblocking(true).expect("a flag");
    let mut credlapse = shell("head -c 3000000 /dev/zero");
    let mut child = credlapse
        .stdin(Stdio::null())
        .stdout(OwnedFd::from(theirs))
        .spawn()
        .expect("it starts");
    drop(credlapse);
    assert_eq!(checksum(ours), (3_000_000, 0, 0));
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_slow_reader_of_a_pipe_misses_nothing() {
    use rustix::fs::{OFlags, fcntl_setfl};

    let script = "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; \
        head -c 300000 /dev/zero | tr '\\0' x; cat \"$(command -v sh)\"";
    let expected = direct(script);
    for flags in [OFlags::empty(), OFlags::NONBLOCK] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        fcntl_setfl(&writer, flags).expect("a flag");
        let mut credlapse = shell(script);
        let mut child = credlapse.stdout(writer).spawn().expect("it starts");
        drop(credlapse);
        // The pipe is full before the first byte is read, and again and again.
        std::thread::sleep(std::time::Duration::from_millis(200));
        let slow = std::io::BufReader::with_capacity(777, reader);
        assert_eq!(checksum(slow), expected, "{flags:?}");
        assert!(child.wait().expect("it ends").success());
    }
}

#[test]
fn output_that_cannot_be_written_is_not_a_success() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let output = shell("trap '' PIPE; echo lost")
        .stdin(Stdio::null())
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("it starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.contains("cannot pass on what the command printed"),
        "{stderr}"
    );
    assert_eq!(output.status.code(), Some(74));
}

#[test]
fn statuses_of_commands_that_do_not_start_are_those_of_a_shell() {
    let missing = run(&["run", "--", "/nonexistent/tool"], "");
    assert_eq!(missing.status, 127);
    assert_eq!(missing.stderr, "error: `/nonexistent/tool` is not found\n");
    let directory = Directory::new();
    let plain = directory.write("plain", "no program");
    let refused = run(&["run", "--", &plain], "");
    assert_eq!(refused.status, 126);
    assert!(
        refused.stderr.starts_with("error: cannot run `"),
        "{refused:?}"
    );
}

#[test]
fn a_script_without_an_interpreter_is_read_by_the_shell() {
    let directory = Directory::new();
    let script = directory.write("script", "echo \"$1\"; exit 4\n");
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("a program");
    let ran = run(&["run", "--", &script, "a b"], "");
    assert_eq!((&*ran.stdout, ran.status), ("a b\n", 4));
}

#[test]
fn an_argument_is_an_argument() {
    let mut credlapse = command(&[
        "run",
        "--",
        "printf",
        "%s|",
        "--profile",
        "a b",
        "$(id)",
        "",
    ]);
    credlapse.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    assert_eq!(run_command(credlapse, "").stdout, "--profile|a b|$(id)||");
}

#[test]
fn without_dashes_it_says_what_is_missing() {
    let usage = run(&["run", "aws", "s3", "ls"], "");
    assert_eq!(usage.status, 2);
    assert!(usage.stderr.contains("-- <CMD>"), "{usage:?}");
}

#[test]
fn output_comes_at_once() {
    let mut child = shell("echo question; read answer; echo \"$answer\"")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdout = child.stdout.take().expect("piped");
    let mut question = [0; 9];
    // It would wait for ever if the question waited for the answer.
    stdout.read_exact(&mut question).expect("the question");
    assert_eq!(&question, b"question\n");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(b"answer\n").expect("the answer");
    let mut text = String::new();
    stdout.read_to_string(&mut text).expect("UTF-8");
    assert_eq!(text, "answer\n");
    assert!(child.wait().expect("it ends").success());
}
