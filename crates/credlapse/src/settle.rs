//! Facts decide where the SDK erased the cause.
//!
//! The end of a provider chain, a status without a body and a few overloaded
//! codes support several kinds. What the host knows beside the error (the
//! profile and its cached token, the end of the credentials, the clock of the
//! server) settles some of them; the rest stays as it was.

use crate::diagnose::Finding;
use crate::profile::{ProfileProblem, TokenState};
use crate::rules::Verdict;
use crate::{Confidence, Context, CredentialSource, Kind, ProfileFacts, Timestamp, mention};

/// What the evidence comes to once the facts have been heard.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settled {
    pub(crate) kind: Kind,
    pub(crate) confidence: Confidence,
    pub(crate) expired_at: Option<Timestamp>,
    /// The fact that decided, as a clause.
    pub(crate) by: Option<&'static str>,
}

/// The clock is wrong where it is off by at least this many seconds: the SDKs' own threshold.
pub(crate) const SKEW: i64 = 4 * 60;

/// `None` where the finding is no failure of credentials after all.
pub(crate) fn settle(finding: &Finding<'_>, context: &Context) -> Option<Settled> {
    let (kind, erased) = match finding.rule.verdict {
        Verdict::Is(kind) => (kind, is_open(kind, finding)),
        Verdict::ChainEnd(kind) => (kind, true),
        Verdict::Wrapper => (Kind::AmbiguousAuth, true),
        Verdict::NotAuth | Verdict::Transport => return None,
    };
    let facts = context.facts.as_ref();
    let told = Settled {
        kind,
        confidence: finding.rule.confidence,
        expired_at: ended(kind, finding, context),
        by: None,
    };
    let settled = skew(kind, finding, context)
        .or_else(|| erased.then(|| by_facts(kind, finding, facts?)).flatten())
        .or_else(|| by_config(kind, facts?))
        .or_else(|| by_expiry(kind, context));
    Some(settled.map_or(told, |(kind, by)| Settled {
        kind,
        confidence: Confidence::Likely,
        expired_at: ended(kind, finding, context),
        by: Some(by),
    }))
}

/// Whether a kind that a signal names still leaves room for facts.
fn is_open(kind: Kind, finding: &Finding<'_>) -> bool {
    matches!(
        kind,
        Kind::AmbiguousAuth | Kind::MetadataUnavailable | Kind::CredentialsMissing
    ) || finding.rule.confidence == Confidence::Possible
        || kind == Kind::ProfileNotFound && finding.rule.confidence < Confidence::Definite
}

type Clause = (Kind, &'static str);

/// A refused signature or date is the clock's fault where the server's `Date` proves it.
fn skew(kind: Kind, finding: &Finding<'_>, context: &Context) -> Option<Clause> {
    let off = context.server_time?.since(context.now?);
    let suspect = matches!(kind, Kind::SignatureMismatch | Kind::AmbiguousAuth)
        || kind == Kind::PermissionDenied && finding.rule.confidence < Confidence::Definite;
    (suspect && off.saturating_abs() >= SKEW).then_some((
        Kind::ClockSkew,
        "the Date of the answer is minutes away from the local clock",
    ))
}

fn by_facts(kind: Kind, finding: &Finding<'_>, facts: &ProfileFacts) -> Option<Clause> {
    // A service that answered has seen credentials: then only their end is in question.
    let answered = finding.status.is_some() && kind == Kind::AmbiguousAuth;
    if answered {
        return None;
    }
    if let Some(problem) = facts.obstacle() {
        return Some(match problem {
            ProfileProblem::NotFound(_) => {
                (Kind::ProfileNotFound, "no local file defines the profile")
            }
            _ => (
                Kind::ProfileMisconfigured,
                "the local configuration of the profile is incomplete",
            ),
        });
    }
    if facts.mfa_serial.is_some() {
        return Some((
            Kind::MfaRequired,
            "the role of the profile wants a multi-factor code",
        ));
    }
    // Where the profile has several sources, this is the one that botocore takes. An SDK that takes
    // another comes to the end of its chain only if that one gave nothing either, and a source that
    // fails says so itself: `SeveralSources` makes the token of this one no less the likely cause.
    let login = facts.source == Some(CredentialSource::Login);
    match (facts.token, facts.source) {
        (TokenState::Expired, Some(CredentialSource::Sso)) => Some((
            Kind::SsoSessionExpired,
            "the cached SSO token of the profile has expired",
        )),
        (TokenState::Missing | TokenState::Damaged, Some(CredentialSource::Sso)) => Some((
            Kind::SsoNotLoggedIn,
            "the profile uses SSO and no usable token is cached",
        )),
        // The keys of a login live for minutes: while they can be renewed, that
        // they have ended says nothing of the session.
        (TokenState::Expired, _) if login && !facts.can_refresh => Some((
            Kind::LoginSessionExpired,
            "the cached login session of the profile has expired",
        )),
        (TokenState::Missing | TokenState::Damaged, _) if login => Some((
            Kind::LoginNotLoggedIn,
            "the profile uses aws login and no session is cached",
        )),
        (_, Some(CredentialSource::Process)) => Some((
            Kind::CredentialProcessFailed,
            "the profile gets its credentials from a credential_process",
        )),
        (_, Some(CredentialSource::Instance | CredentialSource::Container)) => Some((
            Kind::MetadataUnavailable,
            "the profile gets its credentials from a metadata service",
        )),
        (TokenState::Expired, Some(CredentialSource::WebIdentity)) => Some((
            Kind::WebIdentityExpired,
            "the web identity token in the file has expired",
        )),
        (_, Some(CredentialSource::WebIdentity)) => Some((
            Kind::WebIdentityInvalid,
            "the profile gets its credentials from a web identity token",
        )),
        _ => None,
    }
}

/// Some SDKs call a profile missing where its file cannot be read, or the reverse.
fn by_config(kind: Kind, facts: &ProfileFacts) -> Option<Clause> {
    match (kind, facts.obstacle()?) {
        (Kind::ProfileNotFound, ProfileProblem::Unparsable { .. }) => Some((
            Kind::ProfileMisconfigured,
            "the local configuration cannot be parsed",
        )),
        (Kind::ProfileMisconfigured, ProfileProblem::NotFound(_)) => {
            Some((Kind::ProfileNotFound, "no local file defines the profile"))
        }
        _ => None,
    }
}

/// A known end before now settles an answer that names no cause.
fn by_expiry(kind: Kind, context: &Context) -> Option<Clause> {
    (kind == Kind::AmbiguousAuth && context.expires_at? <= context.now?).then_some((
        Kind::SessionTokenExpired,
        "the credentials had ended before the call",
    ))
}

/// When what this kind speaks of ended, where that is known and past.
fn ended(kind: Kind, finding: &Finding<'_>, context: &Context) -> Option<Timestamp> {
    let facts = context.facts.as_ref();
    let token = facts.and_then(|facts| facts.expires_at);
    let known = match kind {
        Kind::SsoSessionExpired | Kind::LoginSessionExpired => token,
        Kind::WebIdentityExpired => {
            let source = facts.and_then(|facts| facts.source);
            let is_its = source == Some(CredentialSource::WebIdentity);
            context.expires_at.or(token.filter(|_| is_its))
        }
        Kind::SessionTokenExpired => context.expires_at,
        _ => return None,
    };
    let is_past = |end: &Timestamp| context.now.is_none_or(|now| *end <= now);
    let printed = || mention::end(finding.cause.message.as_deref()?);
    known.filter(is_past).or_else(|| printed().filter(is_past))
}
