//! What a failure is called, and what each name implies.

use alloc::string::String;

use crate::texts::Texts;

macro_rules! names {
    (
        $(#[$meta:meta])*
        pub enum $enum:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $name:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum $enum {
            $(
                $(#[$variant_meta])*
                #[cfg_attr(feature = "serde", serde(rename = $name))]
                $variant,
            )+
        }

        impl $enum {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, the one that JSON and exit tables use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                static NAMES: $crate::texts::Texts<{ $enum::ALL.len() }> =
                    $crate::texts::Texts::new(concat!($($name),+), &[$($name.len()),+]);
                NAMES.get(self as usize)
            }

            /// The value with this stable name, or `None`.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }

        impl core::fmt::Display for $enum {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use names;

/// A text for each kind, in the order of [`Kind::ALL`].
macro_rules! by_kind {
    ($($kind:ident: $text:literal,)+) => {
        $crate::kind::in_order(
            &[$($crate::Kind::$kind),+],
            concat!($($text),+),
            &[$($text.len()),+],
        )
    };
}

pub(crate) use by_kind;

/// The texts of [`by_kind`].
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time alone, where a mistake is a compile error"
)]
pub(crate) const fn in_order<const N: usize>(
    kinds: &[Kind; N],
    texts: &'static str,
    lengths: &[usize; N],
) -> Texts<N> {
    let mut at = 0;
    while at < N {
        assert!(kinds[at] as usize == at, "the kinds are in their order");
        at += 1;
    }
    Texts::new(texts, lengths)
}

names! {
    /// The fine class of a failure: it says what to tell a person.
    ///
    /// ```
    /// use credlapse::{Code, Kind};
    ///
    /// assert_eq!(Kind::SsoSessionExpired.as_str(), "sso_session_expired");
    /// assert_eq!(Kind::SsoSessionExpired.code(), Code::CredentialsExpired);
    /// assert_eq!(Kind::from_name("clock_skew"), Some(Kind::ClockSkew));
    /// ```
    #[non_exhaustive]
    pub enum Kind {
        /// The IAM Identity Center session of the profile has ended.
        SsoSessionExpired = "sso_session_expired",
        /// The session made by `aws login` has ended.
        LoginSessionExpired = "login_session_expired",
        /// Temporary credentials were sent and the service says that they are expired.
        SessionTokenExpired = "session_token_expired",
        /// The OIDC token that was to be exchanged for credentials has expired.
        WebIdentityExpired = "web_identity_expired",
        /// No source produced credentials.
        CredentialsMissing = "credentials_missing",
        /// IAM Identity Center is configured, but nobody has logged in here.
        SsoNotLoggedIn = "sso_not_logged_in",
        /// `aws login` is configured, but nobody has logged in here.
        LoginNotLoggedIn = "login_not_logged_in",
        /// The access key id is unknown, deleted, inactive or of another partition or store.
        InvalidAccessKey = "invalid_access_key",
        /// The session token is malformed or does not belong to the key.
        InvalidToken = "invalid_token",
        /// The signature was made with another secret, path or set of headers.
        SignatureMismatch = "signature_mismatch",
        /// The OIDC token or the identity provider behind it is not accepted.
        WebIdentityInvalid = "web_identity_invalid",
        /// The named profile does not exist.
        ProfileNotFound = "profile_not_found",
        /// The profile exists but contradicts itself or lacks a key.
        ProfileMisconfigured = "profile_misconfigured",
        /// The external credential process failed.
        CredentialProcessFailed = "credential_process_failed",
        /// A multi-factor code is needed, or was refused.
        MfaRequired = "mfa_required",
        /// The instance or container credential endpoint did not provide credentials.
        MetadataUnavailable = "metadata_unavailable",
        /// The identity is known and not allowed to do this.
        PermissionDenied = "permission_denied",
        /// STS refused to let the identity assume the role.
        AssumeRoleDenied = "assume_role_denied",
        /// The SSO session is good, but the account and role are not assigned to the user.
        SsoAccessDenied = "sso_access_denied",
        /// The account, its sign-up or its Region opt-in stands in the way.
        AccountProblem = "account_problem",
        /// The local clock is too far off.
        ClockSkew = "clock_skew",
        /// A presigned URL is past its end.
        PresignedUrlExpired = "presigned_url_expired",
        /// An auth failure whose evidence supports several kinds.
        AmbiguousAuth = "ambiguous_auth",
    }
}

names! {
    /// The coarse class of a failure: it says what a program may do.
    #[non_exhaustive]
    pub enum Code {
        /// Credentials were good and have ended: reauthenticate, then retry.
        CredentialsExpired = "CREDENTIALS_EXPIRED",
        /// There are no credentials.
        CredentialsMissing = "CREDENTIALS_MISSING",
        /// The credentials are not accepted and will not be.
        CredentialsInvalid = "CREDENTIALS_INVALID",
        /// The configuration keeps credentials from being made.
        CredentialsMisconfigured = "CREDENTIALS_MISCONFIGURED",
        /// The source of the credentials cannot be reached.
        CredentialsUnavailable = "CREDENTIALS_UNAVAILABLE",
        /// The identity is known and not allowed.
        PermissionDenied = "PERMISSION_DENIED",
        /// The local clock is wrong.
        ClockSkew = "CLOCK_SKEW",
        /// A presigned URL has ended.
        UrlExpired = "URL_EXPIRED",
        /// An auth failure that the evidence does not name.
        AuthAmbiguous = "AUTH_AMBIGUOUS",
    }
}

names! {
    /// How sure a diagnosis is; a greater value is surer.
    #[non_exhaustive]
    pub enum Confidence {
        /// Shown with its doubt; never drives a command that changes anything.
        Possible = "possible",
        /// Facts or scope settled it.
        Likely = "likely",
        /// The signal can mean nothing else.
        Definite = "definite",
    }
}

names! {
    /// What has to happen before the same call can succeed.
    #[non_exhaustive]
    pub enum Retry {
        /// A person logs in again.
        AfterReauth = "after_reauth",
        /// The source of the credentials is asked again; where it cannot, a person acts.
        AfterRefresh = "after_refresh",
        /// A person logs in or sets up credentials for the first time.
        AfterLogin = "after_login",
        /// Other credentials are provided.
        AfterNewCredentials = "after_new_credentials",
        /// The configuration is corrected.
        AfterFix = "after_fix",
        /// Nothing is known to be wrong for long: later it may work.
        MaybeLater = "maybe_later",
        /// Never, until somebody else grants it.
        Never = "never",
        /// The clock is set.
        AfterClock = "after_clock",
        /// A new URL is presigned.
        WithNewUrl = "with_new_url",
        /// Unknown: look before retrying.
        NeverBlindly = "never_blindly",
    }
}

impl Kind {
    /// The coarse class that this kind belongs to.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::SsoSessionExpired
            | Self::LoginSessionExpired
            | Self::SessionTokenExpired
            | Self::WebIdentityExpired => Code::CredentialsExpired,
            Self::CredentialsMissing | Self::SsoNotLoggedIn | Self::LoginNotLoggedIn => {
                Code::CredentialsMissing
            }
            Self::InvalidAccessKey
            | Self::InvalidToken
            | Self::SignatureMismatch
            | Self::WebIdentityInvalid => Code::CredentialsInvalid,
            Self::ProfileNotFound
            | Self::ProfileMisconfigured
            | Self::CredentialProcessFailed
            | Self::MfaRequired => Code::CredentialsMisconfigured,
            Self::MetadataUnavailable => Code::CredentialsUnavailable,
            Self::PermissionDenied
            | Self::AssumeRoleDenied
            | Self::SsoAccessDenied
            | Self::AccountProblem => Code::PermissionDenied,
            Self::ClockSkew => Code::ClockSkew,
            Self::PresignedUrlExpired => Code::UrlExpired,
            Self::AmbiguousAuth => Code::AuthAmbiguous,
        }
    }

    /// What has to happen before a retry makes sense.
    #[must_use]
    pub const fn retry(self) -> Retry {
        match self {
            Self::SsoSessionExpired | Self::LoginSessionExpired => Retry::AfterReauth,
            Self::SessionTokenExpired | Self::WebIdentityExpired => Retry::AfterRefresh,
            _ => match self.code() {
                Code::CredentialsExpired => Retry::AfterReauth,
                Code::CredentialsMissing => Retry::AfterLogin,
                Code::CredentialsInvalid => Retry::AfterNewCredentials,
                Code::CredentialsMisconfigured => Retry::AfterFix,
                Code::CredentialsUnavailable => Retry::MaybeLater,
                Code::PermissionDenied => Retry::Never,
                Code::ClockSkew => Retry::AfterClock,
                Code::UrlExpired => Retry::WithNewUrl,
                Code::AuthAmbiguous => Retry::NeverBlindly,
            },
        }
    }

    /// Where the documentation tells of this kind, from the root of the repository.
    ///
    /// ```
    /// assert_eq!(credlapse::Kind::ClockSkew.help(), "docs/kinds/clock_skew.md");
    /// ```
    #[must_use]
    pub fn help(self) -> String {
        ["docs/kinds/", self.as_str(), ".md"].concat()
    }
}

impl Retry {
    /// Whether the same call succeeds once the remedy has run.
    ///
    /// True for expiry alone: a program may act on it by itself, once.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::AfterReauth | Self::AfterRefresh)
    }
}
