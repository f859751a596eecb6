//! The verb `run`.

#[cfg(unix)]
mod child;
#[cfg(not(unix))]
#[path = "run/plain.rs"]
mod child;
mod end;
mod json_file;
mod manual;
mod named;
mod reauth;
mod verdict;

use std::ffi::OsString;
use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::Command;

use credlapse::{Diagnosis, redact};

use crate::host::HostOptions;
use crate::status::Status;
use crate::style;
use child::{Runner, Stdin};
use end::{End, Ran};
use json_file::JsonFile;
use reauth::{Reauth, When};

#[cfg(unix)]
pub(crate) use child::lead;
use manual::manual;

/// What `run --help` begins with.
const ABOUT: &str = "\
Run a command, and say what lapsed if it fails for want of AWS credentials.

The command runs as if it were run directly: its output passes through unchanged and at once, a
terminal stays a terminal, signals reach it, and its exit status is kept. If it succeeds, nothing is
added, whatever it printed. If it fails and its output tells of an AWS credential failure, the three
parts follow on standard error, and the exit status says what a script may do.";

// What to run, and what to do if it fails.
#[derive(Debug, clap::Args)]
#[command(long_about = ABOUT, after_long_help = manual())]
pub(crate) struct Options {
    /// Run the login that repairs it, then the command again; asks first unless `always`
    #[arg(
        long,
        value_name = "ask|always",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "ask",
        hide_possible_values = true,
    )]
    reauth: Option<When>,

    /// How often to log in, at most
    #[arg(long, value_name = "N", default_value_t = 1, requires = "reauth")]
    max_reauth: u32,

    /// Write the answer as one JSON object into this file
    #[arg(long, value_name = "FILE")]
    json_file: Option<PathBuf>,

    #[command(flatten)]
    host: HostOptions,

    /// The command and its arguments; no shell reads them
    #[arg(last = true, required = true, value_name = "CMD")]
    command: Vec<OsString>,
}

/// Runs the command; after a login, once more.
pub(crate) fn run(options: Options) -> io::Result<Status> {
    let json_file = match options.json_file.map(JsonFile::prepare).transpose() {
        Ok(json_file) => json_file,
        Err(error) => {
            style::complain(&error.to_string());
            return Ok(Status::CANNOT_WRITE);
        }
    };
    let named = named::profile(&options.command);
    let host_options = options.host.or_profile(named);
    let mut reauth = Reauth::new(options.reauth, options.max_reauth);
    let stdin = Stdin::now();
    // The system takes back at once what would be taken back piece by piece.
    let mut runner = ManuallyDrop::new(Runner::new()?);
    loop {
        let mut ran = match start(&mut runner, &options.command) {
            Ok(ran) => ran,
            Err((status, message)) => {
                style::complain(&message);
                return answer(json_file.as_ref(), None, &host_options, status);
            }
        };
        let status = ran.end.status();
        if let Some(error) = &ran.trouble {
            style::complain(&format!("cannot pass on what the command printed: {error}"));
        }
        if ran.end == End::SUCCESS {
            let status = ran.trouble.map_or(status, |_| Status::CANNOT_WRITE);
            return answer(json_file.as_ref(), None, &host_options, status);
        }
        let seen = std::mem::take(&mut ran.seen);
        let diagnosis = verdict::of(seen, &mut host_options.host());
        if let Some(diagnosis) = &diagnosis {
            verdict::show(diagnosis, ran.is_mid_line)?;
            if matches!(ran.end, End::Exited(_)) && reauth.repair(diagnosis, &mut runner, stdin)? {
                continue;
            }
        }
        let status = verdict::status(ran.end, diagnosis.as_ref(), &host_options.exit_table);
        let status = answer(
            json_file.as_ref(),
            diagnosis.as_ref(),
            &host_options,
            status,
        )?;
        #[cfg(unix)]
        ran.repeat_interrupt();
        return Ok(status);
    }
}

/// What Unix systems say of a file that is executable and no program.
const ENOEXEC: i32 = 8;

/// Starts the command and waits for it; as a shell, 127 where there is none and 126 where it cannot start.
fn start(runner: &mut Runner, words: &[OsString]) -> Result<Ran, (Status, String)> {
    let (program, arguments) = words
        .split_first()
        .map_or((None, words), |(program, rest)| (Some(program), rest));
    let program = program.cloned().unwrap_or_default();
    let mut ran = runner.watch(Command::new(&program).args(arguments));
    let is_path = Path::new(&program).components().nth(1).is_some();
    if cfg!(unix) && is_path && matches!(&ran, Err(error) if error.raw_os_error() == Some(ENOEXEC))
    {
        // A script that does not say by what it is to be read.
        ran = runner.watch(Command::new("/bin/sh").arg(&program).args(arguments));
    }
    ran.map_err(|error| {
        let name = redact::line(&program.to_string_lossy(), &[]);
        match error.kind() {
            io::ErrorKind::NotFound => (Status::NOT_FOUND, format!("`{name}` is not found")),
            _ => (Status::CANNOT_RUN, format!("cannot run `{name}`: {error}")),
        }
    })
}

/// Writes the answer for programs, if they asked for it.
fn answer(
    json_file: Option<&JsonFile>,
    diagnosis: Option<&Diagnosis>,
    host_options: &HostOptions,
    status: Status,
) -> io::Result<Status> {
    let Some(json_file) = json_file else {
        return Ok(status);
    };
    match json_file.write(diagnosis, &host_options.exit_table) {
        Ok(()) => Ok(status),
        Err(error) => {
            style::complain(&error.to_string());
            Ok(if status == Status::SUCCESS {
                Status::CANNOT_WRITE
            } else {
                status
            })
        }
    }
}
