//! Staying: one line when something changes or is about to lapse.

use std::io::{self, Write};
use std::thread;

use credlapse::check::{FindingCode, Situation};
use credlapse::profile::TokenState;
use credlapse::{Check, Kind, Timestamp};

use super::{Format, Options, situation};
use crate::status::Status;

/// How many seconds before the end a warning comes, where nobody says.
const WARN_BEFORE: u32 = 10 * 60;

/// Prints a line whenever what is found differs; it ends by a signal or with its reader.
pub(super) fn stay(options: &Options) -> io::Result<Status> {
    let mut known = None;
    loop {
        let check = warned(situation::look(options)).check();
        let state = State::of(&check);
        if known.as_ref() != Some(&state) {
            tell(options, &check)?;
            known = Some(state);
        }
        thread::sleep(options.every);
    }
}

fn warned(mut situation: Situation) -> Situation {
    situation.expected.min_remaining.get_or_insert(WARN_BEFORE);
    situation
}

/// What is worth a line when it changes; the time that is left is not.
#[derive(PartialEq, Eq)]
struct State {
    profile: String,
    token: TokenState,
    expires_at: Option<Timestamp>,
    account: Option<String>,
    kind: Option<Kind>,
    findings: Vec<FindingCode>,
}

impl State {
    fn of(check: &Check) -> Self {
        Self {
            profile: check.profile.clone(),
            token: check.token,
            expires_at: check.expires_at,
            account: check.account.clone(),
            kind: check.diagnosis.as_ref().map(|diagnosis| diagnosis.kind),
            findings: check.findings.iter().map(|finding| finding.code).collect(),
        }
    }
}

fn tell(options: &Options, check: &Check) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match options.format {
        Format::Json => writeln!(out, "{}", check.to_json(&options.exit_table)),
        Format::Github => writeln!(out, "{}", check.to_github()),
        Format::Human => writeln!(out, "{}", check.line()),
    }?;
    out.flush()
}
