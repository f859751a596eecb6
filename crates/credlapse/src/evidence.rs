//! All that is known of one failure, as plain data.

use alloc::string::String;
use alloc::vec::Vec;

use crate::kind::names;
use crate::{ProfileFacts, Shell, Timestamp};

/// All that is known of one failure: a chain of causes and what the host knows.
///
/// A host fills it from an error value, [`text::read`](crate::text::read) from
/// printed text. [`diagnose`](crate::diagnose) looks at no more than
/// [`Evidence::MAX_CAUSES`] causes.
///
/// ```
/// use credlapse::{Cause, Evidence, Kind, diagnose};
///
/// let mut evidence = Evidence::default();
/// evidence.causes.push(Cause::named("S3OperationError"));
/// evidence.causes.push(Cause {
///     message: Some("The SSO session associated with this profile has expired.".into()),
///     ..Cause::named("CredentialsProviderError")
/// });
/// assert_eq!(diagnose(&evidence).map(|d| d.kind), Some(Kind::SsoSessionExpired));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default)
)]
pub struct Evidence {
    /// The errors, outermost first: each is caused by the next.
    pub causes: Vec<Cause>,
    /// What the host knows and the error does not.
    pub context: Context,
}

/// One error of the chain; every field is optional.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct Cause {
    /// The name or class of the error, for example `CredentialsProviderError`.
    pub name: Option<String>,
    /// The code that the service gave, for example `ExpiredToken`.
    pub code: Option<String>,
    /// The message, as the SDK or the service worded it.
    pub message: Option<String>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The service that answered, for example `S3`.
    pub service: Option<String>,
    /// The operation that failed, for example `PutObject`.
    pub operation: Option<String>,
    /// The request id that the service gave.
    pub request_id: Option<String>,
}

/// What the host knows and the error does not.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct Context {
    /// What failed, in the host's own words: "Datastore". The default is "AWS".
    pub subject: Option<String>,
    /// The profile in use, where the host chose one.
    pub profile: Option<String>,
    /// What the local AWS files say of the profile.
    pub facts: Option<ProfileFacts>,
    /// Where the rejected credentials came from.
    pub source: Option<CredentialSource>,
    /// When the rejected credentials end or ended.
    pub expires_at: Option<Timestamp>,
    /// The time of the failure by the local clock.
    pub now: Option<Timestamp>,
    /// The `Date` of the answer.
    pub server_time: Option<Timestamp>,
    /// The shell in which a shown command will be typed.
    pub shell: Shell,
    /// Values that must never be echoed, beyond those that are recognised.
    pub secrets: Vec<String>,
}

names! {
    /// Where credentials come from.
    #[non_exhaustive]
    pub enum CredentialSource {
        /// Environment variables, for example `AWS_ACCESS_KEY_ID`.
        Environment = "environment",
        /// Keys that stand in the credentials or config file.
        StaticProfile = "static_profile",
        /// IAM Identity Center (`sso_session` or `sso_start_url`).
        Sso = "sso",
        /// A session made by `aws login` (`login_session`).
        Login = "login",
        /// A role that is assumed with other credentials (`role_arn`).
        AssumeRole = "assume_role",
        /// A role that is assumed with an OIDC token.
        WebIdentity = "web_identity",
        /// An external command (`credential_process`).
        Process = "process",
        /// The container credential endpoint (ECS, EKS Pod Identity).
        Container = "container",
        /// The instance metadata service (IMDS).
        Instance = "instance",
        /// Keys that the caller stores itself, for example an alias of a client.
        Caller = "caller",
    }
}

impl Evidence {
    /// How many causes are looked at; the outermost and the innermost are kept.
    pub const MAX_CAUSES: usize = 64;
}

impl Default for Cause {
    // Called from everywhere, and many stores: so it is one copy.
    #[inline(never)]
    fn default() -> Self {
        Self {
            name: None,
            code: None,
            message: None,
            status: None,
            service: None,
            operation: None,
            request_id: None,
        }
    }
}

impl Cause {
    /// A cause of which only the name is known.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::default()
        }
    }

    /// A cause of which only the message is known.
    #[must_use]
    pub fn message(message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            ..Self::default()
        }
    }
}
