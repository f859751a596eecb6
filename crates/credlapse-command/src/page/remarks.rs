//! What somebody wrote of each kind: `remarks/<kind>.md`.

use credlapse::Kind;

/// The remarks on one kind: what it means, an example, how to tell, what to run, what not to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Remarks(&'static str);

/// The remarks on `kind`.
pub(super) const fn of(kind: Kind) -> Remarks {
    Remarks(match kind {
        Kind::SsoSessionExpired => include_str!("../../remarks/sso_session_expired.md"),
        Kind::LoginSessionExpired => include_str!("../../remarks/login_session_expired.md"),
        Kind::SessionTokenExpired => include_str!("../../remarks/session_token_expired.md"),
        Kind::WebIdentityExpired => include_str!("../../remarks/web_identity_expired.md"),
        Kind::CredentialsMissing => include_str!("../../remarks/credentials_missing.md"),
        Kind::SsoNotLoggedIn => include_str!("../../remarks/sso_not_logged_in.md"),
        Kind::LoginNotLoggedIn => include_str!("../../remarks/login_not_logged_in.md"),
        Kind::InvalidAccessKey => include_str!("../../remarks/invalid_access_key.md"),
        Kind::InvalidToken => include_str!("../../remarks/invalid_token.md"),
        Kind::SignatureMismatch => include_str!("../../remarks/signature_mismatch.md"),
        Kind::WebIdentityInvalid => include_str!("../../remarks/web_identity_invalid.md"),
        Kind::ProfileNotFound => include_str!("../../remarks/profile_not_found.md"),
        Kind::ProfileMisconfigured => include_str!("../../remarks/profile_misconfigured.md"),
        Kind::CredentialProcessFailed => include_str!("../../remarks/credential_process_failed.md"),
        Kind::MfaRequired => include_str!("../../remarks/mfa_required.md"),
        Kind::MetadataUnavailable => include_str!("../../remarks/metadata_unavailable.md"),
        Kind::PermissionDenied => include_str!("../../remarks/permission_denied.md"),
        Kind::AssumeRoleDenied => include_str!("../../remarks/assume_role_denied.md"),
        Kind::SsoAccessDenied => include_str!("../../remarks/sso_access_denied.md"),
        Kind::AccountProblem => include_str!("../../remarks/account_problem.md"),
        Kind::ClockSkew => include_str!("../../remarks/clock_skew.md"),
        Kind::PresignedUrlExpired => include_str!("../../remarks/presigned_url_expired.md"),
        Kind::AmbiguousAuth => include_str!("../../remarks/ambiguous_auth.md"),
        _ => "",
    })
}

impl Remarks {
    /// What it means, the text of the example, and the rest.
    pub(super) fn parts(self) -> (&'static str, &'static str, &'static str) {
        let (meaning, rest) = self.0.split_once("\n```text\n").unwrap_or((self.0, ""));
        let (example, rest) = rest.split_once("\n```\n").unwrap_or((rest, ""));
        (meaning.trim_end(), example, rest.trim_start())
    }

    #[cfg(test)]
    pub(super) fn lines(self) -> usize {
        self.0.lines().count()
    }
}
