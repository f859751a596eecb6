//! Whether the environment or the profile provides the credentials.

use alloc::format;

use super::finding::{Finding, FindingCode};
use super::situation::Situation;
use crate::profile::{ProfileChoice, TokenState};
use crate::{Code, CredentialSource, Diagnosis, Timestamp};

/// What is so of the credentials that are used: those of the environment hide what is known of the profile's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Active {
    /// Whether keys in the environment win over a profile that has credentials too.
    pub(super) overridden: bool,
    pub(super) token: TokenState,
    pub(super) can_refresh: bool,
    pub(super) expires_at: Option<Timestamp>,
}

impl Active {
    pub(super) fn of(situation: &Situation) -> Self {
        let Situation {
            facts, settings, ..
        } = situation;
        let from_environment = settings.environment_keys
            && facts.source == Some(CredentialSource::Environment)
            && facts.chosen_by != ProfileChoice::Argument;
        if from_environment {
            return Self {
                overridden: facts.shadowed_source.is_some(),
                token: TokenState::Unknown,
                can_refresh: false,
                expires_at: settings.environment_expires_at,
            };
        }
        Self {
            overridden: false,
            token: facts.token,
            can_refresh: facts.can_refresh,
            expires_at: facts.expires_at,
        }
    }

    /// Whether the end is known and past.
    pub(super) fn has_ended(&self, now: Option<Timestamp>) -> bool {
        matches!((self.expires_at, now), (Some(end), Some(now)) if end <= now)
    }
}

const UNSET: &str =
    "To use the profile, unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.";

pub(super) fn add(
    situation: &Situation,
    active: &Active,
    diagnosis: Option<&Diagnosis>,
    add: &mut dyn FnMut(Finding),
) {
    let Situation {
        facts, settings, ..
    } = situation;
    let profile = situation.line(&facts.profile);
    let keys = if settings.environment_token {
        "The keys and the AWS_SESSION_TOKEN in the environment"
    } else {
        "The keys in the environment"
    };
    if active.overridden {
        let refused = diagnosis.is_some_and(|diagnosis| {
            matches!(
                diagnosis.code(),
                Code::CredentialsExpired | Code::CredentialsInvalid
            )
        });
        let of_profile = match facts.token {
            TokenState::Valid => format!("the profile '{profile}', whose login is fresh"),
            _ => format!("the profile '{profile}'"),
        };
        add(if refused {
            Finding::problem(
                FindingCode::StaleEnvironment,
                format!("{keys} are stale, and they win over {of_profile}."),
                UNSET,
            )
        } else {
            Finding::warning(
                FindingCode::EnvironmentOverridesProfile,
                format!("{keys} win over {of_profile}."),
                format!(
                    "{UNSET} The SDK for JavaScript takes the profile where AWS_PROFILE is set."
                ),
            )
        });
    } else if settings.environment_keys && facts.chosen_by == ProfileChoice::Argument {
        add(Finding::warning(
            FindingCode::EnvironmentIgnored,
            format!(
                "{keys} would win over '{profile}' in a tool that is not told the profile as an argument."
            ),
            UNSET,
        ));
    }
}
