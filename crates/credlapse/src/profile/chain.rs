//! From a profile to the credentials at the end of its `source_profile` chain.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::ProfileProblem;
use super::section::{Dialect, Name, Properties};
use crate::CredentialSource;

/// How many profiles are followed.
const MAX_PROFILES: usize = 16;

/// The contents of the two files, where they are known and exist.
pub(super) struct Sources<'a> {
    pub(super) config: Option<&'a str>,
    pub(super) credentials: Option<&'a str>,
    pub(super) config_path: String,
    pub(super) credentials_path: String,
    /// Whether a profile that is not there could stand in a file that is not known.
    pub(super) complete: bool,
}

/// The end of the chain and what was seen on the way.
#[derive(Debug, Default)]
pub(super) struct End<'a> {
    /// Whether the first profile exists.
    pub(super) exists: bool,
    pub(super) profile: Cow<'a, str>,
    pub(super) properties: Properties<'a>,
    pub(super) source: Option<CredentialSource>,
    pub(super) role_arn: Option<&'a str>,
    pub(super) mfa_serial: Option<&'a str>,
    /// A profile that is asked for and that no file defines.
    pub(super) not_found: Option<Cow<'a, str>>,
    pub(super) problems: Vec<ProfileProblem>,
}

impl<'a> Sources<'a> {
    /// Follows `profile` to its end.
    pub(super) fn follow(&self, profile: &'a str) -> End<'a> {
        let mut end = End::default();
        let mut visited: Vec<&str> = Vec::new();
        let mut name = profile;
        loop {
            let properties = self.profile(name, &mut end.problems);
            let source = match visited.last().copied() {
                None => {
                    end.exists = properties.exists;
                    if !properties.exists {
                        end.not_found = Some(name.into());
                    }
                    None
                }
                // A profile may be the source of its own role, with its own keys.
                Some(before) if before == name && properties.has_keys() => {
                    Some(CredentialSource::StaticProfile)
                }
                Some(before) if visited.contains(&name) || visited.len() >= MAX_PROFILES => {
                    end.problems.push(ProfileProblem::RoleLoop(before.into()));
                    Some(CredentialSource::AssumeRole)
                }
                Some(before) if !properties.exists => {
                    if self.complete {
                        end.problems.push(ProfileProblem::SourceNotFound {
                            profile: before.into(),
                            source_profile: name.into(),
                        });
                    }
                    end.not_found = Some(name.into());
                    Some(CredentialSource::AssumeRole)
                }
                Some(_) if properties.has_keys() => Some(CredentialSource::StaticProfile),
                Some(_) => None,
            };
            let role = properties
                .role_arn
                .filter(|_| source.is_none() && properties.web_identity_token_file.is_none());
            if let Some(role_arn) = role {
                end.role_arn = end.role_arn.or(Some(role_arn));
                end.mfa_serial = end.mfa_serial.or(properties.mfa_serial);
                if let (Some(next), None) =
                    (properties.source_profile, properties.credential_source)
                {
                    visited.push(name);
                    name = next;
                    continue;
                }
            }
            end.source = source.or_else(|| {
                if role.is_some() {
                    Some(role_source(name, &properties, &mut end.problems))
                } else {
                    self.own_source(name, &properties, &mut end.problems)
                }
            });
            if end.source == Some(CredentialSource::StaticProfile) {
                require_keys(name, &properties, &mut end.problems);
            }
            if end.source.is_none() && !visited.is_empty() && self.complete {
                end.problems
                    .push(ProfileProblem::NoCredentials(name.into()));
            }
            end.profile = name.into();
            end.properties = properties;
            return end;
        }
    }

    /// The properties of a profile, those of its SSO session not included.
    pub(super) fn profile(&self, name: &str, problems: &mut Vec<ProfileProblem>) -> Properties<'a> {
        let mut properties = Properties::default();
        let name = Name::Profile(name.into());
        for (content, dialect, path) in [
            (self.config, Dialect::Config, &self.config_path),
            (
                self.credentials,
                Dialect::Credentials,
                &self.credentials_path,
            ),
        ] {
            if let Some(line) = content.and_then(|text| properties.read(text, dialect, &name)) {
                problems.push(ProfileProblem::Duplicate {
                    file: path.clone(),
                    line,
                });
            }
        }
        properties
    }

    /// Where a profile that assumes no role gets its credentials.
    fn own_source(
        &self,
        name: &str,
        properties: &Properties<'a>,
        problems: &mut Vec<ProfileProblem>,
    ) -> Option<CredentialSource> {
        use CredentialSource::{Login, Process, Sso, StaticProfile, WebIdentity};
        let keys = |wanted: bool| {
            (properties.has_keys() && properties.keys_in_credentials == wanted)
                .then_some("aws_access_key_id")
        };
        let sso = properties
            .uses_sso()
            .then_some(if properties.sso_session.is_some() {
                "sso_session"
            } else {
                "sso_start_url"
            });
        // In the order of botocore.
        let mut found = [
            (
                WebIdentity,
                properties
                    .web_identity_token_file
                    .map(|_| "web_identity_token_file"),
            ),
            (Sso, sso),
            (StaticProfile, keys(true)),
            (Login, properties.login_session.map(|_| "login_session")),
            (
                Process,
                properties.credential_process.map(|_| "credential_process"),
            ),
            (StaticProfile, keys(false)),
        ]
        .into_iter()
        .filter_map(|(source, key)| Some((source, key?)));
        let (source, key) = found.next()?;
        if let Some((_, other)) = found.next() {
            problems.push(ProfileProblem::SeveralSources {
                profile: name.into(),
                keys: [key, other].map(String::from).into(),
            });
        }
        if source == WebIdentity && properties.role_arn.is_none() {
            problems.push(missing(name, &["role_arn"]));
        }
        Some(source)
    }

    /// Adds to an SSO profile what its session says, and reports what is lacking.
    pub(super) fn add_session(&self, end: &mut End<'a>) {
        let properties = &mut end.properties;
        if let Some(session) = properties.sso_session {
            let mut said = Properties::default();
            let repeated = self.config.and_then(|text| {
                said.read(text, Dialect::Config, &Name::SsoSession(session.into()))
            });
            if let Some(line) = repeated {
                end.problems.push(ProfileProblem::Duplicate {
                    file: self.config_path.clone(),
                    line,
                });
            }
            if !said.exists {
                if self.complete {
                    end.problems.push(ProfileProblem::SsoSessionNotFound {
                        profile: end.profile.to_string(),
                        sso_session: session.into(),
                    });
                }
                return;
            }
            for (key, own, said) in [
                (
                    "sso_start_url",
                    &mut properties.sso_start_url,
                    said.sso_start_url,
                ),
                ("sso_region", &mut properties.sso_region, said.sso_region),
            ] {
                if own.is_some() && said.is_some() && *own != said {
                    end.problems.push(ProfileProblem::SsoSessionDiffers {
                        profile: end.profile.to_string(),
                        key: key.into(),
                    });
                }
                *own = said.or(*own);
            }
        }
        let lacking: Vec<&str> = [
            ("sso_start_url", properties.sso_start_url),
            ("sso_region", properties.sso_region),
            ("sso_account_id", properties.sso_account_id),
            ("sso_role_name", properties.sso_role_name),
        ]
        .into_iter()
        .filter(|(_, value)| value.is_none())
        .map(|(key, _)| key)
        .collect();
        if !lacking.is_empty() && self.complete {
            end.problems.push(missing(&end.profile, &lacking));
        }
    }
}

/// Where a role with no `source_profile`, or with more than that, gets its credentials.
fn role_source(
    name: &str,
    properties: &Properties<'_>,
    problems: &mut Vec<ProfileProblem>,
) -> CredentialSource {
    match (properties.source_profile, properties.credential_source) {
        (Some(_), _) => problems.push(ProfileProblem::BothSources(name.into())),
        (None, None) => problems.push(missing(name, &["source_profile"])),
        (None, Some("Environment")) => return CredentialSource::Environment,
        (None, Some("Ec2InstanceMetadata")) => return CredentialSource::Instance,
        (None, Some("EcsContainer")) => return CredentialSource::Container,
        (None, Some(other)) => problems.push(ProfileProblem::InvalidCredentialSource {
            profile: name.into(),
            credential_source: other.into(),
        }),
    }
    CredentialSource::AssumeRole
}

fn require_keys(name: &str, properties: &Properties<'_>, problems: &mut Vec<ProfileProblem>) {
    let lacking = match (
        properties.aws_access_key_id,
        properties.aws_secret_access_key,
    ) {
        (Some(_), None) => "aws_secret_access_key",
        (None, Some(_)) => "aws_access_key_id",
        _ => return,
    };
    problems.push(missing(name, &[lacking]));
}

fn missing(profile: &str, keys: &[&str]) -> ProfileProblem {
    ProfileProblem::MissingKeys {
        profile: profile.into(),
        keys: keys.iter().copied().map(String::from).collect(),
    }
}
