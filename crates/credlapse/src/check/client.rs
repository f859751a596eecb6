//! The credentials of a client that the host has made itself.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{CredentialSource, Timestamp};

/// What the host's own client tells of its credentials, where that client asked STS.
///
/// The default is a client that tells nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct ClientCredentials {
    /// What the SDK calls their provider: the keys of `$source` of the SDK for JavaScript v3, the class of v2.
    pub providers: Vec<String>,
    /// When they end.
    pub expires_at: Option<Timestamp>,
    /// Whether they have a session token.
    pub has_session_token: bool,
}

/// Names of providers: a role counts before what it is assumed with.
const PROVIDERS: [(&str, CredentialSource); 20] = [
    ("CREDENTIALS_STS_ASSUME_ROLE", CredentialSource::AssumeRole),
    (
        "CREDENTIALS_STS_ASSUME_ROLE_WEB_ID",
        CredentialSource::WebIdentity,
    ),
    ("CREDENTIALS_SSO", CredentialSource::Sso),
    ("CREDENTIALS_SSO_LEGACY", CredentialSource::Sso),
    ("CREDENTIALS_LOGIN", CredentialSource::Login),
    ("CREDENTIALS_PROCESS", CredentialSource::Process),
    ("CREDENTIALS_HTTP", CredentialSource::Container),
    ("CREDENTIALS_IMDS", CredentialSource::Instance),
    ("CREDENTIALS_ENV_VARS", CredentialSource::Environment),
    ("CREDENTIALS_PROFILE", CredentialSource::StaticProfile),
    ("CREDENTIALS_CODE", CredentialSource::Caller),
    (
        "ChainableTemporaryCredentials",
        CredentialSource::AssumeRole,
    ),
    ("TemporaryCredentials", CredentialSource::AssumeRole),
    (
        "TokenFileWebIdentityCredentials",
        CredentialSource::WebIdentity,
    ),
    ("SsoCredentials", CredentialSource::Sso),
    ("ProcessCredentials", CredentialSource::Process),
    ("RemoteCredentials", CredentialSource::Container),
    ("EC2MetadataCredentials", CredentialSource::Instance),
    ("EnvironmentCredentials", CredentialSource::Environment),
    ("Credentials", CredentialSource::Caller),
];

impl ClientCredentials {
    pub(super) fn source(&self) -> Option<CredentialSource> {
        let is_named = |name: &str| self.providers.iter().any(|known| known == name);
        PROVIDERS
            .iter()
            .find(|(name, _)| is_named(name))
            .map(|(_, source)| *source)
    }
}

/// Whether the SDK gets new keys from the source when the old ones end: their end is no end of a session.
pub(super) const fn renews(source: Option<CredentialSource>) -> bool {
    matches!(
        source,
        Some(
            CredentialSource::Sso
                | CredentialSource::Login
                | CredentialSource::AssumeRole
                | CredentialSource::WebIdentity
                | CredentialSource::Process
                | CredentialSource::Container
                | CredentialSource::Instance
        )
    )
}
