//! What lapsed, in one line.

use alloc::string::String;

use super::{HEADLINE_MAX, cut, shortened};
use crate::{Confidence, Diagnosis, Kind, digits};

impl Diagnosis {
    /// What lapsed: the first line, at most [`HEADLINE_MAX`] characters.
    #[must_use]
    pub fn headline(&self) -> String {
        let mut line = String::with_capacity(HEADLINE_MAX);
        line.push_str(&shortened(&self.subject, 40));
        let (what, why) = self.words();
        line.extend([" ", what, ": "]);
        if self.confidence == Confidence::Possible && self.kind != Kind::AmbiguousAuth {
            line.push_str("it seems that ");
        }
        for part in why.split('{') {
            let (hole, text) = part.split_once('}').unwrap_or(("", part));
            self.fill(&mut line, hole);
            line.push_str(text);
        }
        line.push('.');
        cut(line, HEADLINE_MAX)
    }

    /// What is to be said of the kind in two words, and in a sentence with holes.
    fn words(&self) -> (&'static str, &'static str) {
        match self.kind {
            Kind::SsoSessionExpired => (
                "session expired",
                "the SSO session{of} is no longer valid{since}",
            ),
            Kind::LoginSessionExpired => (
                "session expired",
                "the `aws login` session{of} is no longer valid{since}",
            ),
            Kind::SessionTokenExpired => (
                "session expired",
                "the temporary credentials{of} have expired{since}",
            ),
            Kind::WebIdentityExpired => (
                "session expired",
                "the web identity token has expired{since}",
            ),
            Kind::CredentialsMissing => {
                ("credentials missing", "no source provided credentials{for}")
            }
            Kind::SsoNotLoggedIn => (
                "login missing",
                "there is no SSO session{of} on this machine",
            ),
            Kind::LoginNotLoggedIn => (
                "login missing",
                "there is no `aws login` session{of} on this machine",
            ),
            Kind::InvalidAccessKey => (
                "credentials rejected",
                "the access key{of} is not known to the service",
            ),
            Kind::InvalidToken => (
                "credentials rejected",
                "the session token{of} is not valid for the key",
            ),
            Kind::SignatureMismatch => (
                "credentials rejected",
                "the signature made with the keys{of} does not match",
            ),
            Kind::WebIdentityInvalid => (
                "credentials rejected",
                "the web identity token was not accepted",
            ),
            Kind::ProfileNotFound => ("profile missing", "{the}AWS profile{name} does not exist"),
            Kind::ProfileMisconfigured if self.profile.is_none() => (
                "configuration wrong",
                "a setting or a package that credentials need is missing or wrong",
            ),
            Kind::ProfileMisconfigured => (
                "configuration wrong",
                "{the}AWS profile{name} cannot provide credentials as it is configured",
            ),
            Kind::CredentialProcessFailed => (
                "credentials unavailable",
                "the credential_process{of} failed",
            ),
            Kind::MfaRequired => (
                "credentials unavailable",
                "a multi-factor code is needed{for}",
            ),
            Kind::MetadataUnavailable => (
                "credentials unavailable",
                "the metadata service provided none",
            ),
            Kind::PermissionDenied | Kind::AssumeRoleDenied
                if self.required_permission.is_some() =>
            {
                ("permission denied", "the identity lacks {permission}")
            }
            Kind::PermissionDenied => (
                "permission denied",
                "the credentials are valid but may not do this",
            ),
            Kind::AssumeRoleDenied => (
                "permission denied",
                "the role may not be assumed with these credentials",
            ),
            Kind::SsoAccessDenied => (
                "permission denied",
                "the SSO user is not assigned the account and role{of}",
            ),
            Kind::AccountProblem => (
                "account problem",
                "the account, its sign-up or its Region stands in the way",
            ),
            Kind::ClockSkew => ("request refused", "the local clock is too far off"),
            Kind::PresignedUrlExpired => ("URL expired", "the presigned URL is past its end"),
            Kind::AmbiguousAuth => (
                "access refused",
                "probably over credentials, but the answer{status} does not say why",
            ),
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
