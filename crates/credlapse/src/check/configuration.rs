//! What is wrong around the profile: Region, program, permissions, old SDKs.

use alloc::format;

use super::environment::Active;
use super::finding::{Finding, FindingCode};
use super::situation::{ProgramState, Situation};
use crate::CredentialSource;

/// Who is neither the owner nor reads.
const OTHERS_WRITE: u32 = 0o022;
/// Who is not the owner.
const OTHERS: u32 = 0o077;

pub(super) fn add(situation: &Situation, active: &Active, add: &mut dyn FnMut(Finding)) {
    region(situation, add);
    process(situation, active, add);
    files(situation, add);
    let Situation {
        facts, settings, ..
    } = situation;
    let profile = situation.line(&facts.profile);
    if let (Some(device), false) = (&facts.mfa_serial, active.overridden || active.of_client) {
        add(Finding::warning(
            FindingCode::MfaRequired,
            format!(
                "The role of '{profile}' wants a code of the device {}.",
                situation.line(device)
            ),
            "A tool that cannot ask for the code fails: log in with one that can, or export its temporary keys.",
        ));
    }
    if let (Some(sdk), true, false) = (
        situation.old_sdk,
        settings.in_config_only,
        settings.load_config,
    ) {
        add(Finding::warning(
            FindingCode::OldSdkIgnoresConfig,
            format!(
                "The {} does not find '{profile}': it leaves the config file unread.",
                sdk.name()
            ),
            "Set AWS_SDK_LOAD_CONFIG=1 for that program; newer SDKs do not need it.",
        ));
    }
}

fn region(situation: &Situation, add: &mut dyn FnMut(Finding)) {
    let Situation {
        facts,
        settings,
        expected,
        ..
    } = situation;
    match (&settings.region, &expected.region) {
        (None, _) if facts.needs.is_none() => add(Finding::warning(
            FindingCode::MissingRegion,
            "No Region is configured.",
            "Set AWS_REGION, or `region` in the profile.",
        )),
        (Some(region), Some(expected)) if region != expected => {
            let from = match &settings.region_variable {
                Some(variable) => format!(" (by {})", situation.line(variable)),
                None => alloc::string::String::new(),
            };
            add(Finding::problem(
                FindingCode::WrongRegion,
                format!(
                    "The Region is {}{from}, not {}.",
                    situation.line(region),
                    situation.line(expected)
                ),
                "Set AWS_REGION, or choose another profile.",
            ));
        }
        _ => {}
    }
}

fn process(situation: &Situation, active: &Active, add: &mut dyn FnMut(Finding)) {
    let Situation {
        facts, settings, ..
    } = situation;
    let Some(program) = &settings.credential_process else {
        return;
    };
    let works = situation.identity.is_some() || active.of_client;
    if facts.source != Some(CredentialSource::Process) || works {
        return;
    }
    let program = situation.line(program);
    match situation.program {
        ProgramState::Missing => add(Finding::problem(
            FindingCode::CredentialProcessNotFound,
            format!("The program `{program}` of credential_process does not exist."),
            "Install it, or correct credential_process in the profile.",
        )),
        ProgramState::NotExecutable => add(Finding::problem(
            FindingCode::CredentialProcessNotExecutable,
            format!("The program `{program}` of credential_process may not be executed."),
            "Make it executable.",
        )),
        ProgramState::Unknown | ProgramState::Executable => {}
    }
}

fn files(situation: &Situation, add: &mut dyn FnMut(Finding)) {
    for file in &situation.files {
        let is_config = file.path == situation.settings.config_file;
        let path = situation.line(&file.path);
        // A config file has no secrets, but names a program that is run.
        let what = if file.mode & OTHERS_WRITE != 0 {
            "write"
        } else if !is_config && file.mode & OTHERS != 0 {
            "read"
        } else {
            continue;
        };
        let mode = file.mode & 0o777;
        add(Finding::warning(
            FindingCode::FileOpenToOthers,
            format!("Others may {what} {path} (mode {mode:04o})."),
            "Take the permission from everybody but the owner, with `chmod 600`.",
        ));
    }
}
