//! What lapsed, in one line.

use alloc::string::String;

use super::{HEADLINE_MAX, cut, shortened};
use crate::kind::by_kind;
use crate::text::scan;
use crate::texts::Texts;
use crate::{Confidence, Diagnosis, Kind, digits};

/// What has lapsed, and what is to be said of it.
static WORDS: Texts<{ Kind::ALL.len() }> = by_kind! {
    SsoSessionExpired: "session expired: the SSO session{of} is no longer valid{since}",
    LoginSessionExpired: "session expired: the `aws login` session{of} is no longer valid{since}",
    SessionTokenExpired: "session expired: the temporary credentials{of} have expired{since}",
    WebIdentityExpired: "session expired: the web identity token has expired{since}",
    CredentialsMissing: "credentials missing: no source provided credentials{for}",
    SsoNotLoggedIn: "login missing: there is no SSO session{of} on this machine",
    LoginNotLoggedIn: "login missing: there is no `aws login` session{of} on this machine",
    InvalidAccessKey: "credentials rejected: the access key{of} is not known to the service",
    InvalidToken: "credentials rejected: the session token{of} is not valid for the key",
    SignatureMismatch: "credentials rejected: the signature made with the keys{of} does not match",
    WebIdentityInvalid: "credentials rejected: the web identity token was not accepted",
    ProfileNotFound: "profile missing: {the}AWS profile{name} does not exist",
    ProfileMisconfigured: "configuration wrong: {the}AWS profile{name} cannot provide credentials as it is configured",
    CredentialProcessFailed: "credentials unavailable: the credential_process{of} failed",
    MfaRequired: "credentials unavailable: a multi-factor code is needed{for}",
    MetadataUnavailable: "credentials unavailable: the metadata service provided none",
    PermissionDenied: "permission denied: the credentials are valid but may not do this",
    AssumeRoleDenied: "permission denied: the role may not be assumed with these credentials",
    SsoAccessDenied: "permission denied: the SSO user is not assigned the account and role{of}",
    AccountProblem: "account problem: the account, its sign-up or its Region stands in the way",
    ClockSkew: "request refused: the local clock is too far off",
    PresignedUrlExpired: "URL expired: the presigned URL is past its end",
    AmbiguousAuth: "access refused: probably over credentials, but the answer{status} does not say why",
};

impl Diagnosis {
    /// What lapsed: the first line, at most [`HEADLINE_MAX`] characters.
    #[must_use]
    pub fn headline(&self) -> String {
        let mut line = String::with_capacity(HEADLINE_MAX);
        line.push_str(&shortened(&self.subject, 40));
        let (what, why) = scan::until(self.words(), b':');
        line.extend([" ", what, ": "]);
        if self.confidence == Confidence::Possible && self.kind != Kind::AmbiguousAuth {
            line.push_str("it seems that ");
        }
        let mut rest = scan::from(why, 2);
        while !rest.is_empty() {
            let (text, hole) = scan::until(rest, b'{');
            line.push_str(text);
            let (hole, after) = scan::until(scan::from(hole, 1), b'}');
            self.fill(&mut line, hole);
            rest = scan::from(after, 1);
        }
        line.push('.');
        cut(line, HEADLINE_MAX)
    }

    /// What is to be said of the kind in two words, and in a sentence with holes.
    fn words(&self) -> &'static str {
        match self.kind {
            Kind::ProfileMisconfigured if self.profile.is_none() => {
                "configuration wrong: a setting or a package that credentials need is missing or wrong"
            }
            Kind::PermissionDenied | Kind::AssumeRoleDenied
                if self.required_permission.is_some() =>
            {
                "permission denied: the identity lacks {permission}"
            }
            kind => WORDS.get(kind as usize),
        }
    }

    /// Appends what a hole of the sentence stands for; nothing, where it is not known.
    fn fill(&self, line: &mut String, hole: &str) {
        let profile = self.profile.as_deref();
        match (hole, profile) {
            ("of", Some(_)) => line.push_str(" of AWS profile"),
            ("for", Some(_)) => line.push_str(" for AWS profile"),
            ("the", None) => line.push_str("the "),
            _ => {}
        }
        match (hole, profile, &self.required_permission) {
            ("of" | "for" | "name", Some(profile), _) => {
                line.extend([" '", &shortened(profile, 60), "'"]);
            }
            ("permission", _, Some(permission)) => line.push_str(&shortened(permission, 80)),
            _ => {}
        }
        match (hole, self.expired_at, self.cause.status) {
            ("since", Some(end), _) => {
                line.push_str(" (ended ");
                end.push_to(line);
                line.push(')');
            }
            ("status", _, Some(status)) => {
                line.push_str(" (HTTP ");
                digits::push(line, status.into(), 1);
                line.push(')');
            }
            _ => {}
        }
    }
}
