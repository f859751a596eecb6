//! What is wrong with the configuration, by the core's own reading of it.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};

use super::environment::Active;
use super::finding::{Finding, FindingCode, Severity};
use super::situation::Situation;
use crate::profile::ProfileProblem;

pub(super) fn add(situation: &Situation, active: &Active, add: &mut dyn FnMut(Finding)) {
    let obstacle = obstacle(situation, active);
    let works = situation.identity.is_some() || active.of_client;
    for problem in &situation.facts.problems {
        // What works all the same is no problem, unless it works in some tools only, and the
        // host has not brought its own.
        let is_obstacle = Some(problem) == obstacle && !works;
        let stops_tools = problem.stops_aws_cli() && !(works && situation.client.is_some());
        let severity = if is_obstacle || stops_tools {
            Severity::Problem
        } else {
            Severity::Warning
        };
        let mut message = capitalised(&situation.line(&problem.to_string()));
        message.push('.');
        add(Finding::new(
            severity,
            code(problem),
            message,
            advice(situation, problem),
        ));
    }
}

/// The problem for which the credentials in use cannot be had.
///
/// Keys in the environment are used whatever the profile lacks; only a profile that
/// does not exist is missed all the same.
pub(super) fn obstacle<'s>(
    situation: &'s Situation,
    active: &Active,
) -> Option<&'s ProfileProblem> {
    let obstacle = situation.facts.obstacle()?;
    (!active.overridden || matches!(obstacle, ProfileProblem::NotFound(_))).then_some(obstacle)
}

fn code(problem: &ProfileProblem) -> FindingCode {
    match problem {
        ProfileProblem::Unparsable { .. } => FindingCode::UnparsableFile,
        ProfileProblem::NotFound(_) => FindingCode::ProfileNotFound,
        ProfileProblem::SourceNotFound { .. } => FindingCode::SourceProfileNotFound,
        ProfileProblem::RoleLoop(_) => FindingCode::RoleLoop,
        ProfileProblem::BothSources(_) => FindingCode::BothSources,
        ProfileProblem::InvalidCredentialSource { .. } => FindingCode::InvalidCredentialSource,
        ProfileProblem::SsoSessionNotFound { .. } => FindingCode::SsoSessionNotFound,
        ProfileProblem::SsoSessionDiffers { .. } => FindingCode::SsoSessionDiffers,
        ProfileProblem::MissingKeys { .. } => FindingCode::MissingSettings,
        ProfileProblem::NoCredentials(_) => FindingCode::SourceWithoutCredentials,
        ProfileProblem::PartialEnvironment(_) => FindingCode::PartialEnvironment,
        ProfileProblem::SeveralSources { .. } => FindingCode::SeveralSources,
        ProfileProblem::Duplicate { .. } => FindingCode::DuplicateSetting,
    }
}

fn advice(situation: &Situation, problem: &ProfileProblem) -> Cow<'static, str> {
    let facts = &situation.facts;
    match problem {
        ProfileProblem::NotFound(_) | ProfileProblem::SourceNotFound { .. } => {
            if let Some(similar) = facts.similar_profile() {
                return format!("Was '{}' meant?", situation.line(similar)).into();
            }
            let known: String = facts
                .known_profiles
                .iter()
                .take(5)
                .map(|name| format!(" '{}'", situation.line(name)))
                .collect();
            if known.is_empty() {
                "Set up a profile with `aws configure sso` or `aws configure`.".into()
            } else {
                format!("Profiles that exist:{known}.").into()
            }
        }
        ProfileProblem::Unparsable { .. } => {
            "Correct the line: the AWS CLI and boto3 refuse the whole file.".into()
        }
        ProfileProblem::RoleLoop(_) => {
            "Let the last source_profile name one that has credentials of its own.".into()
        }
        ProfileProblem::BothSources(_) => "Remove one of the two.".into(),
        ProfileProblem::InvalidCredentialSource { .. } => {
            "It is one of Environment, Ec2InstanceMetadata and EcsContainer.".into()
        }
        ProfileProblem::SsoSessionNotFound { .. } => {
            "Add the [sso-session] section, with `aws configure sso-session` for example.".into()
        }
        ProfileProblem::SsoSessionDiffers { .. } => {
            "Leave it out of the profile: that of the sso_session counts.".into()
        }
        ProfileProblem::MissingKeys { .. } => "Add what is missing to the profile.".into(),
        ProfileProblem::NoCredentials(_) => {
            "Give that profile credentials, or let source_profile name another.".into()
        }
        ProfileProblem::PartialEnvironment(_) => {
            "Set both variables of the pair, or unset the other one too.".into()
        }
        ProfileProblem::SeveralSources { .. } => {
            "Keep one of them: the SDKs differ in which they use.".into()
        }
        ProfileProblem::Duplicate { .. } => {
            "Remove one of the two: the AWS CLI and boto3 refuse the whole file.".into()
        }
    }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let mut out = String::with_capacity(text.len());
    if let Some(first) = chars.next() {
        out.push(first.to_ascii_uppercase());
    }
    out.push_str(chars.as_str());
    out
}
