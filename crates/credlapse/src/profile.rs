//! Contents of the local AWS files to facts about a profile.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{CredentialSource, Timestamp};

/// What the local AWS files say of one profile.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct ProfileFacts {
    /// The profile in use.
    pub profile: String,
    /// Whether any file defines it.
    pub exists: bool,
    /// Where its credentials come from, source profiles followed to their end.
    pub source: Option<CredentialSource>,
    /// Whether temporary keys are in play (a session token stands beside the keys).
    pub has_session_token: bool,
    /// The `sso_session` that it uses.
    pub sso_session: Option<String>,
    /// The `sso_start_url` that it uses.
    pub sso_start_url: Option<String>,
    /// The `login_session` that it uses.
    pub login_session: Option<String>,
    /// The state of the cached token of `sso_session`, `sso_start_url` or `login_session`.
    pub token: TokenState,
    /// When the cached token, or the keys themselves, end or ended.
    pub expires_at: Option<Timestamp>,
    /// The file to read next, relative to the home directory, where its content was not given.
    pub needs: Option<String>,
    /// What is wrong with the configuration, worst first.
    pub problems: Vec<ProfileProblem>,
}

/// The state of a cached token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum TokenState {
    /// The profile uses no cached token, or its state is not known.
    #[default]
    Unknown,
    /// There is no cache file.
    Missing,
    /// The cache file cannot be read as what it should be.
    Damaged,
    /// The token has ended.
    Expired,
    /// The token is good.
    Valid,
}

/// What is wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum ProfileProblem {
    /// No file defines the profile.
    NotFound(String),
}
