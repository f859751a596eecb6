//! A home directory and a `PATH` of one's own.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// Where the tools play; removed in the end.
pub(crate) struct Stage(PathBuf);

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
    /// The exit status, as a shell gives it.
    pub(crate) status: i32,
}

impl Stage {
    /// A stage with `credlapse` on its `PATH`, beside what every system has.
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("credlapse-examples-{}-{number}", std::process::id());
        let stage = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(stage.path("bin")).expect("a directory");
        symlink(env!("CARGO_BIN_EXE_credlapse"), stage.path("bin/credlapse")).expect("a link");
        stage
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Puts a tool on the `PATH`: a bash script that finds the stage in `$HOME`.
    pub(crate) fn tool(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        // Written beside and renamed: a script that is still open for writing cannot be run.
        let draft = self.path(name);
        fs::write(&draft, format!("#!/usr/bin/env bash\n{script}\n")).expect("a script");
        fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).expect("permissions");
        fs::rename(draft, path).expect("the script is put in place");
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, content).expect("a file");
    }

    /// The lines that tools have written into a file of the stage.
    pub(crate) fn lines(&self, name: &str) -> Vec<String> {
        let content = fs::read_to_string(self.path(name)).unwrap_or_default();
        content.lines().map(String::from).collect()
    }

    /// A program with nothing of this machine's environment but the system's tools.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .env("HOME", &self.0)
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", self.path("bin").display()),
            )
            .env("LC_ALL", "C.UTF-8")
            .current_dir(&self.0);
        command
    }

    /// Runs a program with nobody at its standard input.
    pub(crate) fn run_alone(&self, mut command: Command) -> Run {
        command
            .stdin(Stdio::null())
            .output()
            .expect("the program ends")
            .into()
    }

    /// Runs a program with `input` on its standard input.
    pub(crate) fn run(&self, mut command: Command, input: &[u8]) -> Run {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let output = thread::scope(|scope| {
            // A program that does not read its input closes the pipe.
            scope.spawn(move || stdin.write_all(input).ok());
            child.wait_with_output().expect("the program ends")
        });
        output.into()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let ended = output.status;
        Self {
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
            status: ended
                .code()
                .or_else(|| ended.signal().map(|signal| 128 + signal))
                .expect("an end"),
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A file of examples/.
pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples")
        .join(name)
}
