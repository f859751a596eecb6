//! The question to STS, asked by `credlapse-online`, which lies beside this program.

use std::env::{self, consts::EXE_SUFFIX};
use std::io;
use std::process::{Command, Stdio};

use credlapse::check::Situation;
use credlapse::profile::ProfileChoice;
use credlapse::{Cause, Evidence};

/// STS answers in every Region; this one where none is configured.
const ANY_REGION: &str = "us-east-1";

/// Adds to `situation` who the caller is, or how the question failed.
pub(super) fn ask(situation: &mut Situation) {
    match answer(situation) {
        Ok(answer) => {
            situation.identity = answer.identity;
            situation.failure = answer.failure;
            situation.server_time = answer.server_time;
        }
        Err(error) => {
            let mut failure = Evidence::default();
            let message = format!("credlapse-online gave no answer: {error}");
            failure.causes.push(Cause::message(message));
            situation.failure = Some(failure);
        }
    }
}

/// The answer, which has the shape of the part of a situation that it fills.
fn answer(situation: &Situation) -> io::Result<Situation> {
    let name = format!("credlapse-online{EXE_SUFFIX}");
    let mut command = Command::new(env::current_exe()?.with_file_name(name));
    command.arg(situation.settings.region.as_deref().unwrap_or(ANY_REGION));
    // One that a variable chooses is found by the SDK itself.
    if situation.facts.chosen_by == ProfileChoice::Argument {
        command.arg(&situation.facts.profile);
    }
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(output.status.to_string()));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
