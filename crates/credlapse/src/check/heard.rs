//! Whose credentials STS or the SDK refused, and why.
//!
//! The files tell of the profile that the environment chooses. A client that the host has made may
//! use another, and does not say which: what is known of the profile holds for it only where the
//! two tell the same.

use super::client::ClientCredentials;
use super::environment::Active;
use super::lapse;
use super::situation::Situation;
use crate::profile::{ProfileChoice, TokenState};
use crate::{CredentialSource, Diagnosis, Evidence, Kind};

/// A command would name the wrong profile, or none where one is needed.
const LOGIN_OF_CLIENT: &str = "Log in to the profile that the client uses, by its name (`aws sso login --profile NAME` or `aws login --profile NAME`): a check that is given the profile shows the command.";

/// The credentials that failed, and the verdict; `None` where nothing was learnt of them.
pub(super) fn of_failure(
    situation: &Situation,
    local: Active,
    failure: &Evidence,
) -> (Active, Option<Diagnosis>) {
    let told = lapse::of_failure(situation, &local, failure);
    let (Some(client), Some(known)) = (own_client(situation), &told) else {
        return (local, told);
    };
    let client = Active::of_client(client);
    let own = lapse::of_failure(situation, &client, failure);
    let named = own.as_ref().and_then(|own| own.profile.as_deref());
    let is_of_profile = match named {
        Some(name) => name == situation.line(&situation.facts.profile),
        None => {
            lapse::foreseen(situation, &local).is_some_and(|seen| is_same(seen.kind, known.kind))
        }
    };
    if is_of_profile {
        return (local, told);
    }
    let is_named = named.is_some();
    (client, own.map(|own| without_guess(own, &local, is_named)))
}

/// The client, where nobody said which profile is its.
fn own_client(situation: &Situation) -> Option<&ClientCredentials> {
    let is_said = situation.facts.chosen_by == ProfileChoice::Argument;
    situation.client.as_ref().filter(|_| !is_said)
}

/// Takes the login away that cannot be the client's.
///
/// One without a name is a login to the profile of the environment: worth a try only where the
/// token of that has ended, and could be the one that the SDK did not renew.
fn without_guess(mut diagnosis: Diagnosis, local: &Active, is_named: bool) -> Diagnosis {
    if let (Some(source), false) = (session(diagnosis.kind), is_named) {
        if local.source != Some(source) || local.token != TokenState::Expired {
            diagnosis.remedy.argv.clear();
        }
        diagnosis.remedy.advice = LOGIN_OF_CLIENT;
    }
    diagnosis
}

/// Whether what the files foresee is what happened: an SDK may call a missing session an ended one.
fn is_same(foreseen: Kind, told: Kind) -> bool {
    foreseen == told || session(told).is_some_and(|of| session(foreseen) == Some(of))
}

/// What a session belongs to that a login makes.
const fn session(kind: Kind) -> Option<CredentialSource> {
    match kind {
        Kind::SsoSessionExpired | Kind::SsoNotLoggedIn => Some(CredentialSource::Sso),
        Kind::LoginSessionExpired | Kind::LoginNotLoggedIn => Some(CredentialSource::Login),
        _ => None,
    }
}
