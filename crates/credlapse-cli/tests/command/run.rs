//! One run of the command, apart from this machine's environment.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use crate::schemas;

/// The command with nothing of this machine's environment.
pub(crate) fn command<A: AsRef<OsStr>>(arguments: &[A]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_credlapse"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", "/nonexistent");
    // Windows programs do not start without it.
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

/// Runs the command with `input` on standard input.
pub(crate) fn run(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    run_command(command(arguments), input)
}

/// Runs a prepared command with `input` on standard input.
pub(crate) fn run_command(mut command: Command, input: impl AsRef<[u8]>) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let input = input.as_ref();
    let output = thread::scope(|scope| {
        // A command that does not read its input closes the pipe.
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().expect("the command ends")
    });
    let run = Run::from(output);
    // What a child of `run` prints is its own.
    if command.get_args().next() != Some(OsStr::new("run")) {
        schemas::hold(&run.stdout);
    }
    run
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).expect("answers are UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
            status: output.status.code().expect("the command ends by itself"),
        }
    }
}

/// A directory that is removed with its content in the end.
#[derive(Debug)]
pub(crate) struct Directory(PathBuf);

impl Directory {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("credlapse-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a temporary directory");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, with the directories above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a directory"))
            .expect("a directory");
        std::fs::write(&path, content).expect("a file");
        path.into_os_string()
            .into_string()
            .expect("a path in UTF-8")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a failed tool prints when temporary keys have ended.
pub(crate) const EXPIRED: &str = "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.\n";
/// What a failed tool prints when the profile's SSO session has ended.
pub(crate) const SSO_EXPIRED: &str =
    "Error when retrieving token from sso: Token has expired and refresh failed\n";
