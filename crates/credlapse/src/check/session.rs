//! For how long the session is good.

use alloc::format;

use super::client::renews;
use super::duration;
use super::environment::Active;
use super::expectation;
use super::finding::{Finding, FindingCode};
use super::lapse;
use super::situation::Situation;
use crate::{Confidence, CredentialSource, Diagnosis, Kind, Remedy};

/// Adds that the session ends too soon; the login that helps against it.
pub(super) fn add(
    situation: &Situation,
    active: &Active,
    diagnosis: Option<&Diagnosis>,
    add: &mut dyn FnMut(Finding),
) -> Option<Remedy> {
    let wanted = i64::from(situation.expected.min_remaining?);
    if diagnosis.is_some() || active.can_refresh || !expectation::names_who(situation) {
        return None;
    }
    let Some(end) = active.expires_at else {
        if active.of_client {
            of_client(active, add);
        } else if active.has_session_token {
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
    let (kind, advice) = match active.source {
        Some(CredentialSource::Sso) => (Kind::SsoSessionExpired, "Log in again first."),
        Some(CredentialSource::Login) => (Kind::LoginSessionExpired, "Log in again first."),
        _ => (Kind::SessionTokenExpired, "Get new temporary keys first."),
    };
    let remedy = Remedy::of(
        kind,
        Confidence::Likely,
        lapse::login_name(situation, active),
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

/// Adds that a client does not tell for how long it can go on.
fn of_client(active: &Active, add: &mut dyn FnMut(Finding)) {
    let is_known = match active.source {
        None | Some(CredentialSource::Sso | CredentialSource::Login) => false,
        source => renews(source) || !active.has_session_token,
    };
    if !is_known {
        add(Finding::warning(
            FindingCode::EndUnknown,
            "Nobody can tell when the credentials of the client end.",
            "Give the client its keys with their `expiration`, or name the profile that it uses.",
        ));
    }
}
