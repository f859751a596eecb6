//! For how long the session is good.

use alloc::format;

use super::duration;
use super::environment::Active;
use super::finding::{Finding, FindingCode};
use super::lapse;
use super::situation::Situation;
use crate::remedy::Name;
use crate::{Confidence, CredentialSource, Diagnosis, Kind, Remedy};

/// Adds that the session ends too soon; the login that helps against it.
pub(super) fn add(
    situation: &Situation,
    active: &Active,
    diagnosis: Option<&Diagnosis>,
    add: &mut dyn FnMut(Finding),
) -> Option<Remedy> {
    let wanted = i64::from(situation.expected.min_remaining?);
    if diagnosis.is_some() || active.can_refresh {
        return None;
    }
    let facts = &situation.facts;
    let Some(end) = active.expires_at else {
        if facts.has_session_token {
            add(Finding::warning(
                FindingCode::EndUnknown,
                "Nobody can tell when the temporary keys end.",
                "Set AWS_CREDENTIAL_EXPIRATION beside them, or use a profile.",
            ));
        }
        return None;
    };
    let left = end.since(situation.now?);
    if left >= wanted {
        return None;
    }
    let (kind, advice) = match facts.source {
        Some(CredentialSource::Sso) => (Kind::SsoSessionExpired, "Log in again first."),
        Some(CredentialSource::Login) => (Kind::LoginSessionExpired, "Log in again first."),
        _ => (Kind::SessionTokenExpired, "Get new temporary keys first."),
    };
    let remedy = Remedy::of(
        kind,
        Confidence::Likely,
        Name::of(
            lapse::login_profile(facts),
            facts.sso_session.as_deref(),
            |name| situation.line(name),
        ),
        false,
        &lapse::context(situation, active),
    );
    let advice = match remedy.typed_in(situation.shell) {
        Some(command) if !command.is_empty() => format!("Run: {command}   first."),
        _ => advice.into(),
    };
    let mut finding = Finding::problem(
        FindingCode::EndsTooSoon,
        format!(
            "The session ends in {}, and {} are needed.",
            duration::text(left),
            duration::text(wanted)
        ),
        advice,
    );
    finding.argv.clone_from(&remedy.argv);
    add(finding);
    (!remedy.argv.is_empty()).then_some(remedy)
}
