//! Whether the environment or the profile provides the credentials.

use alloc::format;

use super::client::{ClientCredentials, renews};
use super::finding::{Finding, FindingCode};
use super::problem;
use super::situation::Situation;
use crate::profile::{ProfileChoice, TokenState};
use crate::{Code, CredentialSource, Diagnosis, Timestamp};

/// What is so of the credentials that are used: those of the environment hide what is known of the profile's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Active {
    /// Whether keys in the environment win over a profile that has credentials too.
    pub(super) overridden: bool,
    pub(super) source: Option<CredentialSource>,
    pub(super) has_session_token: bool,
    pub(super) token: TokenState,
    pub(super) can_refresh: bool,
    pub(super) expires_at: Option<Timestamp>,
    /// Whether they are those of the host's own client, and others than the files tell of.
    pub(super) of_client: bool,
}

impl Active {
    pub(super) fn of(situation: &Situation) -> Self {
        let local = Self::of_files(situation);
        match (&situation.client, &situation.identity) {
            (Some(client), Some(_)) if local.is_not_of(client, situation) => {
                Self::of_client(client)
            }
            _ => local,
        }
    }

    /// Whether a client with which STS has spoken has other credentials, or knows more of them.
    fn is_not_of(&self, client: &ClientCredentials, situation: &Situation) -> bool {
        let source = client.source();
        // The files name where the keys come from with which a role is assumed.
        let has_role = situation.facts.role_arn.is_some();
        let is_role = has_role && source == Some(CredentialSource::AssumeRole);
        let is_another = source.is_some() && source != self.source && !is_role;
        let has_lapsed = match self.token {
            TokenState::Missing | TokenState::Damaged => true,
            _ => !self.can_refresh && self.has_ended(situation.now),
        };
        let knows_more = client.expires_at.is_some()
            && self.expires_at.is_none()
            && !self.can_refresh
            && !has_role
            && !renews(self.source);
        let asked = situation
            .identity
            .as_ref()
            .map(|identity| &identity.account);
        let is_elsewhere = matches!(
            (asked, &situation.settings.account),
            (Some(Some(asked)), Some(named)) if asked != named && !self.overridden
        );
        is_another
            || is_elsewhere
            || has_lapsed
            || knows_more
            || self.source.is_none()
            || problem::obstacle(situation, self).is_some()
    }

    pub(super) fn of_client(client: &ClientCredentials) -> Self {
        let source = client.source();
        Self {
            overridden: false,
            source,
            has_session_token: client.has_session_token,
            token: TokenState::Unknown,
            can_refresh: false,
            expires_at: client.expires_at.filter(|_| !renews(source)),
            of_client: true,
        }
    }

    fn of_files(situation: &Situation) -> Self {
        let Situation {
            facts, settings, ..
        } = situation;
        let from_environment = settings.environment_keys
            && facts.source == Some(CredentialSource::Environment)
            && facts.chosen_by != ProfileChoice::Argument;
        if from_environment {
            return Self {
                overridden: facts.shadowed_source.is_some(),
                source: facts.source,
                has_session_token: facts.has_session_token,
                token: TokenState::Unknown,
                can_refresh: false,
                expires_at: settings.environment_expires_at,
                of_client: false,
            };
        }
        Self {
            overridden: false,
            source: facts.source,
            has_session_token: facts.has_session_token,
            token: facts.token,
            can_refresh: facts.can_refresh,
            expires_at: facts.expires_at,
            of_client: false,
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
    if active.of_client {
        return;
    }
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
