//! What is known of one profile.

use alloc::string::String;
use alloc::vec::Vec;

use super::{ProfileProblem, nearness};
use crate::kind::names;
use crate::{CredentialSource, Timestamp};

/// What the local AWS files say of one profile.
///
/// Strings are as the files and the environment have them: what shows them
/// redacts and quotes them.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct ProfileFacts {
    /// The profile in use.
    pub profile: String,
    /// What chose it.
    pub chosen_by: ProfileChoice,
    /// Whether any file defines it.
    pub exists: bool,
    /// Where its credentials come from, source profiles followed to their end.
    ///
    /// Keys in the environment come first, as in most SDKs, unless the profile
    /// was chosen explicitly; then variables of a web identity, of a container
    /// and of the metadata service, where the profile itself has nothing.
    pub source: Option<CredentialSource>,
    /// What the profile would use if no keys stood in the environment.
    ///
    /// The SDK for JavaScript uses it where `AWS_PROFILE` is set.
    pub shadowed_source: Option<CredentialSource>,
    /// The profile at the end of its `source_profile` chain, where it is another:
    /// a login has to name this one.
    pub source_profile: Option<String>,
    /// The role that the profile assumes, the first one of a chain.
    pub role_arn: Option<String>,
    /// The MFA device that has to vouch for that.
    pub mfa_serial: Option<String>,
    /// Whether temporary keys are in play (a session token stands beside the keys).
    pub has_session_token: bool,
    /// The `sso_session` that it uses.
    pub sso_session: Option<String>,
    /// The `sso_start_url` that it uses.
    pub sso_start_url: Option<String>,
    /// The `login_session` that it uses.
    pub login_session: Option<String>,
    /// The state of the cached token of `sso_session`, `sso_start_url` or
    /// `login_session`, or of the file of a web identity.
    pub token: TokenState,
    /// Whether an SDK can renew the cached token by itself: then that it has
    /// ended does not yet mean that the session has.
    pub can_refresh: bool,
    /// When the cached token or, where there is none, the keys themselves end or ended.
    pub expires_at: Option<Timestamp>,
    /// The file to read next, where its content was not given.
    ///
    /// The path is one of [`LocalAws::files`](super::LocalAws::files); while there is one, what it would
    /// tell is not known, and nothing is called missing. At most three files
    /// are asked for, one after another.
    pub needs: Option<String>,
    /// What is wrong with the configuration, worst first.
    pub problems: Vec<ProfileProblem>,
    /// Where a profile was not found: up to 16 that exist, nearest name first.
    pub known_profiles: Vec<String>,
}

names! {
    /// What chose a profile.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum ProfileChoice {
        /// Nothing did: it is `default`.
        #[default]
        Default = "default",
        /// An argument or an option.
        Argument = "argument",
        /// `AWS_PROFILE`.
        AwsProfile = "aws_profile",
        /// `AWS_DEFAULT_PROFILE`, which the AWS CLI, boto3 and Go read.
        AwsDefaultProfile = "aws_default_profile",
    }
}

names! {
    /// The state of a cached token.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum TokenState {
        /// The profile uses no cached token, or its state is not known.
        #[default]
        Unknown = "unknown",
        /// There is no cache file.
        Missing = "missing",
        /// The cache file cannot be read as what it should be.
        Damaged = "damaged",
        /// The token has ended.
        Expired = "expired",
        /// The token is good.
        Valid = "valid",
    }
}

impl ProfileFacts {
    /// The problem for which no SDK gets credentials from the profile, if there is one.
    ///
    /// Of a profile that is not found in a file with an unreadable line it is
    /// that line. Half a pair of variables is none while the profile offers
    /// something else.
    ///
    /// ```
    /// use credlapse::profile::{LocalAws, ProfileProblem, facts};
    ///
    /// let config = "[profile dev]\ncredential_process = a\ncredential_process = b\n";
    /// let facts = facts(&LocalAws {
    ///     profile: Some("dev"),
    ///     files: &[(".aws/config", Some(config)), (".aws/credentials", None)],
    ///     ..LocalAws::default()
    /// });
    /// assert!(matches!(facts.problems[..], [ProfileProblem::Duplicate { line: 3, .. }]));
    /// assert_eq!(facts.obstacle(), None);
    /// ```
    #[must_use]
    pub fn obstacle(&self) -> Option<&ProfileProblem> {
        use ProfileProblem::{
            NotFound, PartialEnvironment, SourceNotFound, SsoSessionNotFound, Unparsable,
        };
        let worst = self.problems.iter().find(|problem| match problem {
            PartialEnvironment(_) => {
                matches!(self.source, None | Some(CredentialSource::Environment))
            }
            problem => problem.is_fatal(),
        })?;
        let hides = matches!(
            worst,
            NotFound(_) | SourceNotFound { .. } | SsoSessionNotFound { .. }
        );
        let unparsable = self
            .problems
            .iter()
            .find(|problem| matches!(problem, Unparsable { .. }));
        Some(unparsable.filter(|_| hides).unwrap_or(worst))
    }

    /// The profile that was probably meant by one that does not exist.
    ///
    /// ```
    /// use credlapse::profile::{LocalAws, facts};
    ///
    /// let facts = facts(&LocalAws {
    ///     profile: Some("prod-admim"),
    ///     files: &[
    ///         (".aws/config", Some("[profile dev]\n[profile prod-admin]\n")),
    ///         (".aws/credentials", None),
    ///     ],
    ///     ..LocalAws::default()
    /// });
    /// assert_eq!(facts.similar_profile(), Some("prod-admin"));
    /// ```
    #[must_use]
    pub fn similar_profile(&self) -> Option<&str> {
        let wanted = self.problems.iter().find_map(|problem| match problem {
            ProfileProblem::NotFound(name) => Some(name),
            ProfileProblem::SourceNotFound { source_profile, .. } => Some(source_profile),
            _ => None,
        })?;
        let nearest = self.known_profiles.first()?;
        nearness::is_near(wanted, nearest).then_some(nearest)
    }
}
