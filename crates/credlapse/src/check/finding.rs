//! One thing that is worth saying.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Code;
use crate::kind::names;

/// One thing that is worth saying, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// How bad it is.
    pub severity: Severity,
    /// What is so, in one sentence.
    pub message: String,
    /// What to do, in full sentences.
    pub advice: Cow<'static, str>,
    /// The command that repairs it, as separate arguments; empty where there is none.
    pub argv: Vec<Cow<'static, str>>,
}

impl Finding {
    pub(super) fn new(
        severity: Severity,
        code: FindingCode,
        message: impl Into<String>,
        advice: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            advice: advice.into(),
            argv: Vec::new(),
        }
    }

    pub(super) fn problem(
        code: FindingCode,
        message: impl Into<String>,
        advice: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(Severity::Problem, code, message, advice)
    }

    pub(super) fn warning(
        code: FindingCode,
        message: impl Into<String>,
        advice: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(Severity::Warning, code, message, advice)
    }
}

names! {
    /// How bad a finding is.
    #[non_exhaustive]
    pub enum Severity {
        /// A call fails, or does what was not meant.
        Problem = "problem",
        /// It may surprise somebody.
        Warning = "warning",
    }
}

names! {
    /// What a finding is.
    #[non_exhaustive]
    pub enum FindingCode {
        /// What is expected cannot be checked: it is not of its type.
        InvalidExpectation = "invalid_expectation",
        /// No file defines the profile.
        ProfileNotFound = "profile_not_found",
        /// A `source_profile` does not exist.
        SourceProfileNotFound = "source_profile_not_found",
        /// A `source_profile` leads in a circle.
        RoleLoop = "role_loop",
        /// The profile has both `source_profile` and `credential_source`.
        BothSources = "both_sources",
        /// A `credential_source` is not one that exists.
        InvalidCredentialSource = "invalid_credential_source",
        /// An `sso_session` does not exist.
        SsoSessionNotFound = "sso_session_not_found",
        /// The profile and its SSO session differ.
        SsoSessionDiffers = "sso_session_differs",
        /// The profile lacks properties, of SSO for example.
        MissingSettings = "missing_settings",
        /// The source of a role has no credentials.
        SourceWithoutCredentials = "source_without_credentials",
        /// The environment has one half of a pair of variables.
        PartialEnvironment = "partial_environment",
        /// The profile has credentials of several kinds.
        SeveralSources = "several_sources",
        /// A section or a property stands twice.
        DuplicateSetting = "duplicate_setting",
        /// A line of a file cannot be read.
        UnparsableFile = "unparsable_file",
        /// Keys in the environment win over the profile.
        EnvironmentOverridesProfile = "environment_overrides_profile",
        /// Keys in the environment have ended and win over the profile all the same.
        StaleEnvironment = "stale_environment",
        /// Keys in the environment would win if the profile were chosen by a variable.
        EnvironmentIgnored = "environment_ignored",
        /// There is no Region.
        MissingRegion = "missing_region",
        /// The Region is not the expected one.
        WrongRegion = "wrong_region",
        /// The program of `credential_process` does not exist.
        CredentialProcessNotFound = "credential_process_not_found",
        /// The program of `credential_process` may not be executed.
        CredentialProcessNotExecutable = "credential_process_not_executable",
        /// Others may read secrets, or write the configuration.
        FileOpenToOthers = "file_open_to_others",
        /// An old SDK does not read the config file.
        OldSdkIgnoresConfig = "old_sdk_ignores_config",
        /// The role wants a multi-factor code.
        MfaRequired = "mfa_required",
        /// The account is not the expected one.
        WrongAccount = "wrong_account",
        /// `cdk.context.json` has lookups of another account.
        CachedAccountDiffers = "cached_account_differs",
        /// The session ends before it may.
        EndsTooSoon = "ends_too_soon",
        /// Nobody knows when the keys end.
        EndUnknown = "end_unknown",
        /// The local clock is minutes away from the server's.
        ClockSkew = "clock_skew",
        /// STS was asked and could not be reached.
        ServiceUnreachable = "service_unreachable",
    }
}

impl FindingCode {
    /// What a program may do about a problem of this code, the exit status with it.
    ///
    /// A login makes a session that ends too soon a long one: it counts as
    /// expired. `None` where it says nothing of credentials.
    #[must_use]
    pub const fn implies(self) -> Option<Code> {
        match self {
            Self::EndsTooSoon | Self::StaleEnvironment => Some(Code::CredentialsExpired),
            Self::ClockSkew => Some(Code::ClockSkew),
            Self::ServiceUnreachable => None,
            _ => Some(Code::CredentialsMisconfigured),
        }
    }
}
