//! What is wrong with a configuration.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What is wrong with a configuration.
///
/// The names come from the files and from the environment as they are: what
/// shows them redacts and quotes them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum ProfileProblem {
    /// A line that is no section, no property and no comment. The AWS CLI and
    /// boto3 refuse the whole file, other SDKs leave the line out.
    Unparsable {
        /// The file, as [`ProfileFacts::needs`](super::ProfileFacts::needs) would name it.
        file: String,
        /// The number of the line, from 1.
        line: u32,
    },
    /// No file defines the profile.
    NotFound(String),
    /// `source_profile` names a profile that no file defines.
    SourceNotFound {
        /// The profile with the `source_profile`.
        profile: String,
        /// The profile that is not there.
        source_profile: String,
    },
    /// The `source_profile` of this profile leads back to where the way began,
    /// or the way is longer than 16 profiles.
    RoleLoop(String),
    /// The profile has both `source_profile` and `credential_source`.
    BothSources(String),
    /// `credential_source` is not one that exists.
    InvalidCredentialSource {
        /// The profile with the `credential_source`.
        profile: String,
        /// Its value.
        credential_source: String,
    },
    /// `sso_session` names a section that the config file does not have.
    SsoSessionNotFound {
        /// The profile with the `sso_session`.
        profile: String,
        /// The session that is not there.
        sso_session: String,
    },
    /// The profile and its SSO session differ in a property that both have.
    SsoSessionDiffers {
        /// The profile.
        profile: String,
        /// The property.
        key: String,
    },
    /// The profile lacks properties that what it uses needs.
    MissingKeys {
        /// The profile.
        profile: String,
        /// The properties.
        keys: Vec<String>,
    },
    /// A profile that is the source of a role has no credentials.
    NoCredentials(String),
    /// The environment has one half of a pair, for example an access key id
    /// without the secret key; this variable is the other half.
    PartialEnvironment(String),
    /// The profile has credentials of several kinds, and the SDKs differ in which they use.
    SeveralSources {
        /// The profile.
        profile: String,
        /// One property of each kind, the one taken here first.
        keys: Vec<String>,
    },
    /// A section or a property of the profile stands twice. The AWS CLI and
    /// boto3 refuse the whole file, other SDKs take the later one.
    Duplicate {
        /// The file, as [`ProfileFacts::needs`](super::ProfileFacts::needs) would name it.
        file: String,
        /// The number of the later line, from 1.
        line: u32,
    },
}

impl ProfileProblem {
    /// Whether no SDK gets credentials from the profile while this is so.
    ///
    /// ```
    /// use credlapse::profile::ProfileProblem;
    ///
    /// assert!(ProfileProblem::NotFound("dev".into()).is_fatal());
    /// assert!(!ProfileProblem::Duplicate { file: ".aws/config".into(), line: 4 }.is_fatal());
    /// ```
    #[must_use]
    pub const fn is_fatal(&self) -> bool {
        !matches!(
            self,
            Self::Unparsable { .. }
                | Self::PartialEnvironment(_)
                | Self::SsoSessionDiffers { .. }
                | Self::SeveralSources { .. }
                | Self::Duplicate { .. }
        )
    }

    /// Whether the AWS CLI and boto3 stop for this where other SDKs may go on.
    ///
    /// Half a pair without the key id is no pair to them.
    pub(crate) fn stops_aws_cli(&self) -> bool {
        match self {
            Self::Unparsable { .. } | Self::Duplicate { .. } => true,
            Self::PartialEnvironment(missing) => missing == "AWS_SECRET_ACCESS_KEY",
            _ => false,
        }
    }

    /// Less is worse; the order of the variants.
    pub(super) const fn rank(&self) -> u8 {
        match self {
            Self::Unparsable { .. } => 0,
            Self::NotFound(_) => 1,
            Self::SourceNotFound { .. }
            | Self::RoleLoop(_)
            | Self::BothSources(_)
            | Self::InvalidCredentialSource { .. }
            | Self::SsoSessionNotFound { .. }
            | Self::SsoSessionDiffers { .. } => 2,
            Self::MissingKeys { .. } | Self::NoCredentials(_) => 3,
            Self::PartialEnvironment(_) => 4,
            Self::SeveralSources { .. } => 5,
            Self::Duplicate { .. } => 6,
        }
    }
}

impl fmt::Display for ProfileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unparsable { file, line } => {
                write!(
                    f,
                    "line {line} of {file} is neither a section nor a property"
                )
            }
            Self::NotFound(profile) => write!(f, "no file defines the profile '{profile}'"),
            Self::SourceNotFound {
                profile,
                source_profile,
            } => write!(
                f,
                "the source_profile '{source_profile}' of the profile '{profile}' does not exist"
            ),
            Self::RoleLoop(profile) => {
                write!(
                    f,
                    "the source_profile of the profile '{profile}' leads in a circle"
                )
            }
            Self::BothSources(profile) => write!(
                f,
                "the profile '{profile}' has both source_profile and credential_source"
            ),
            Self::InvalidCredentialSource {
                profile,
                credential_source,
            } => write!(
                f,
                "the credential_source '{credential_source}' of the profile '{profile}' is not one that exists"
            ),
            Self::SsoSessionNotFound {
                profile,
                sso_session,
            } => write!(
                f,
                "the sso_session '{sso_session}' of the profile '{profile}' does not exist"
            ),
            Self::SsoSessionDiffers { profile, key } => write!(
                f,
                "the profile '{profile}' and its sso_session differ in {key}"
            ),
            Self::MissingKeys { profile, keys } => {
                write!(f, "the profile '{profile}' lacks {}", keys.join(", "))
            }
            Self::NoCredentials(profile) => write!(
                f,
                "the profile '{profile}' is the source of a role and has no credentials"
            ),
            Self::PartialEnvironment(missing) => {
                write!(f, "the environment variable {missing} is missing")
            }
            Self::SeveralSources { profile, keys } => write!(
                f,
                "the profile '{profile}' has credentials of several kinds: {}",
                keys.join(", ")
            ),
            Self::Duplicate { file, line } => {
                write!(f, "line {line} of {file} repeats a section or a property")
            }
        }
    }
}
