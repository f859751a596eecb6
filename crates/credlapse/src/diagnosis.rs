//! The verdict on a failure.

use alloc::string::String;

use crate::diagnose::Finding;
use crate::remedy::Name;
use crate::settle::Settled;
use crate::text::scan::{self, List};
use crate::{
    Cause, Code, Confidence, Context, CredentialSource, DETAIL_MAX, Kind, Remedy, Retry, Shell,
    Timestamp, mention, phrase, redact,
};

/// The verdict: what lapsed, how sure that is, and what repairs it.
///
/// Every text in it is redacted and free of control characters.
///
/// ```
/// use credlapse::{Confidence, diagnose, text};
///
/// let evidence = text::read("botocore.exceptions.SSOTokenLoadError: Error loading SSO Token: Token for dev does not exist");
/// let diagnosis = diagnose(&evidence).unwrap();
/// assert_eq!(diagnosis.confidence, Confidence::Definite);
/// assert_eq!(diagnosis.remedy.argv, ["aws", "sso", "login"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The fine class.
    pub kind: Kind,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// What repairs it.
    pub remedy: Remedy,
    /// When the credentials ended, where that is known.
    pub expired_at: Option<Timestamp>,
    /// Whether a host may delete the credentials that it stored itself.
    ///
    /// True only for a definite expiry of temporary keys from
    /// [`CredentialSource::Caller`](crate::CredentialSource::Caller).
    pub safe_to_discard: bool,
    /// What failed, in the host's own words; "AWS" where the host gave none.
    pub subject: String,
    /// The profile in use, where known.
    pub profile: Option<String>,
    /// The cause that decided; service, operation, status and request id also from around it.
    pub cause: Cause,
    /// The name of the outermost error, where it differs from the deciding cause's.
    pub outer: Option<String>,
    /// The permission that is lacking, for example `s3:PutObject`.
    pub required_permission: Option<String>,
    /// The resource that the permission is for, usually an ARN.
    pub resource: Option<String>,
    /// The fact that settled what the error left open, as one clause.
    pub settled_by: Option<&'static str>,
    /// The stable id of the rule that decided.
    pub rule: String,
    /// The shell for which commands are shown.
    pub shell: Shell,
}

impl Diagnosis {
    /// The coarse class.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.kind.code()
    }

    /// What has to happen before a retry makes sense.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        self.kind.retry()
    }

    /// Whether a program may act on it by itself, once: run the remedy, then the call again.
    ///
    /// True for an expiry that is more than a guess: a guess must send nobody to a login.
    ///
    /// ```
    /// use credlapse::{diagnose, text};
    ///
    /// let denied = "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied";
    /// assert!(!diagnose(&text::read(denied)).unwrap().is_retryable());
    /// let expired = "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.";
    /// assert!(diagnose(&text::read(expired)).unwrap().is_retryable());
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.confidence > Confidence::Possible && self.retry().is_retryable()
    }

    /// The verdict in full, from the finding and what the facts made of it.
    pub(crate) fn of(
        finding: &Finding<'_>,
        settled: Settled,
        causes: &[Cause],
        context: &Context,
    ) -> Self {
        let clean = |text: &str| redact::redact(text, &context.secrets);
        let clean_line = |text: &str| redact::line(text, &context.secrets);
        let message = finding.cause.message.as_deref().unwrap_or("");
        let named = captured(finding, "{profile}").or_else(|| mention::profile(message));
        let profile = named
            .or(context.profile.as_deref())
            .or_else(|| named_profile(context));
        let facts = context.facts.as_ref();
        let session = captured(finding, "{session}").or_else(|| facts?.sso_session.as_deref());
        // Behind a role stands the profile whose session it is.
        let login_profile = login_profile(context, profile).or(profile);
        let (permission, resource) = match settled.kind.code() {
            Code::PermissionDenied => mention::permission(message),
            _ => (None, None),
        };
        let cause = Cause {
            name: finding.cause.name.as_deref().map(clean_line),
            code: finding.cause.code.as_deref().map(clean_line),
            message: finding.cause.message.as_deref().map(|message| {
                // The end of a long dump decides as often as its head: what decided comes first.
                let is_dump = message.len() > DETAIL_MAX && !finding.from.is_empty();
                clean(if is_dump { finding.from } else { message })
            }),
            status: finding.status,
            service: finding.service.map(clean_line),
            operation: finding.operation.map(clean_line),
            request_id: request_id(finding, causes).map(clean_line),
        };
        let outer = causes
            .iter()
            .find_map(|cause| cause.name.as_deref())
            .filter(|name| is_class(name) && Some(*name) != finding.cause.name.as_deref())
            .map(clean_line)
            .filter(|name| Some(name) != cause.name.as_ref());
        Self {
            kind: settled.kind,
            confidence: settled.confidence,
            remedy: Remedy::of(
                settled.kind,
                settled.confidence,
                Name::of(login_profile, session, clean_line),
                settled.kind == Kind::AssumeRoleDenied && is_web_identity(finding),
                context,
            ),
            expired_at: settled.expired_at,
            safe_to_discard: settled.kind == Kind::SessionTokenExpired
                && settled.confidence == Confidence::Definite
                && context.source == Some(CredentialSource::Caller),
            subject: clean_line(context.subject.as_deref().unwrap_or("AWS")),
            profile: profile.map(clean_line),
            cause,
            outer,
            required_permission: permission.map(clean_line),
            resource: resource.map(clean_line),
            settled_by: settled.by,
            rule: finding.rule.id(),
            shell: context.shell,
        }
    }
}

/// Whether an OIDC token asked for the role.
fn is_web_identity(finding: &Finding<'_>) -> bool {
    let message = finding.cause.message.as_deref().unwrap_or("");
    finding.operation == Some("AssumeRoleWithWebIdentity")
        || scan::contains(message, "AssumeRoleWithWebIdentity")
}

/// Whether a name is one of a wrapper; a code of another record of the same text is none.
fn is_class(name: &str) -> bool {
    List("Error|Exception|Failure|Fault").ends(name)
}

/// What a hole of the deciding phrase holds.
fn captured<'e>(finding: &Finding<'e>, hole: &str) -> Option<&'e str> {
    // A code has no holes.
    if finding.from.is_empty() {
        return None;
    }
    let phrase = finding.rule.packed();
    let has_holes = phrase.as_bytes().contains(&b'{');
    has_holes.then(|| phrase::capture(finding.from, phrase, hole))?
}

/// The profile of the facts, where it is one that somebody chose.
fn named_profile(context: &Context) -> Option<&str> {
    let profile = context.facts.as_ref()?.profile.as_str();
    (!profile.is_empty() && profile != "default").then_some(profile)
}

/// The profile that has to log in for `profile`, where it is another.
fn login_profile<'c>(context: &'c Context, profile: Option<&str>) -> Option<&'c str> {
    let facts = context.facts.as_ref()?;
    let meant = profile.is_none_or(|profile| profile == facts.profile);
    facts.source_profile.as_deref().filter(|_| meant)
}

fn request_id<'e>(finding: &Finding<'e>, causes: &'e [Cause]) -> Option<&'e str> {
    let own = finding.cause.request_id.as_deref();
    own.or_else(|| {
        causes
            .iter()
            .rev()
            .find_map(|cause| cause.request_id.as_deref())
    })
}
