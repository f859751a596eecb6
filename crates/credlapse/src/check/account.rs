//! Whose account it is, and whether STS could tell.

use alloc::format;
use alloc::string::String;

use super::duration;
use super::environment::Active;
use super::expectation;
use super::finding::{Finding, FindingCode};
use super::situation::Situation;
use crate::Evidence;
use crate::settle::SKEW;

/// The account that STS named, else the one that the configuration names.
pub(super) fn known<'s>(situation: &'s Situation, active: &Active) -> Option<&'s str> {
    match &situation.identity {
        Some(identity) => identity.account.as_deref(),
        None if active.overridden || active.of_client => None,
        None => situation.settings.account.as_deref(),
    }
}

pub(super) fn add(situation: &Situation, active: &Active, add: &mut dyn FnMut(Finding)) {
    let expected = &situation.expected;
    let account = known(situation, active);
    let wanted = expectation::account(expected).or(account);
    let cached: String = expected
        .cached_accounts
        .iter()
        .filter(|cached| wanted.is_some_and(|wanted| cached.as_str() != wanted))
        .map(|cached| format!(" {}", situation.line(cached)))
        .collect();
    if let (Some(account), Some(wanted)) = (account, wanted)
        && account != wanted
    {
        let cached = if cached.is_empty() {
            String::new()
        } else {
            format!(
                " Then run `cdk context --clear`, unless the app deploys to several accounts: \
                 cdk.context.json has lookups of{cached}."
            )
        };
        add(Finding::problem(
            FindingCode::WrongAccount,
            format!(
                "The account is {}, not {}.",
                situation.line(account),
                situation.line(wanted)
            ),
            format!(
                "Choose a profile of the expected account; a login does not change it.{cached}"
            ),
        ));
    }
    if !cached.is_empty() {
        let mut finding = Finding::warning(
            FindingCode::CachedAccountDiffers,
            format!("cdk.context.json has lookups of another account:{cached}."),
            "Run `cdk context --clear`, unless the app deploys to several accounts.",
        );
        finding.argv = ["cdk", "context", "--clear"].map(Into::into).into();
        add(finding);
    }
    if let Some(offset) = situation.clock_offset()
        && offset.saturating_abs() >= SKEW
    {
        let behind = if offset > 0 { "behind" } else { "ahead of" };
        add(Finding::problem(
            FindingCode::ClockSkew,
            format!(
                "The local clock is {} {behind} that of AWS.",
                duration::text(offset.saturating_abs())
            ),
            "Set the clock: AWS refuses requests of another time.",
        ));
    }
}

/// That STS was asked and nothing was learnt of the credentials.
pub(super) fn unreachable(situation: &Situation, failure: &Evidence) -> Finding {
    let reason = failure
        .causes
        .iter()
        .rev()
        .find_map(|cause| cause.message.as_deref().or(cause.code.as_deref()));
    let reason: String = situation
        .line(reason.unwrap_or("no reason was given"))
        .chars()
        .take(300)
        .collect();
    Finding::problem(
        FindingCode::ServiceUnreachable,
        format!("STS could not be asked: {}.", reason.trim_end_matches('.')),
        "Look at the network, the proxy and the endpoint; nothing is known against the credentials.",
    )
}
