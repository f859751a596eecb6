//! Why a call fails: the verdict of the failure, or that which a failure would get.

use alloc::string::ToString;

use super::environment::Active;
use super::problem;
use super::situation::Situation;
use crate::diagnose::{self, Finding};
use crate::profile::{ProfileChoice, TokenState};
use crate::remedy::Name;
use crate::rules::{Rule, Verdict};
use crate::{Cause, Confidence, Context, CredentialSource, Diagnosis, Evidence, Kind, settle};

/// What an SDK says where its chain of providers ends with nothing.
const CHAIN_END: Rule = Rule::of_facts(
    Verdict::ChainEnd(Kind::CredentialsMissing),
    Confidence::Likely,
);
/// The same where a metadata service that nobody asked may still have some.
const CHAIN_MAY_END: Rule = Rule::of_facts(
    Verdict::ChainEnd(Kind::CredentialsMissing),
    Confidence::Possible,
);
/// What a service says of keys that it refuses.
const REFUSED: Rule = Rule::of_facts(Verdict::Is(Kind::AmbiguousAuth), Confidence::Likely);

/// What the AWS CLI and boto3 say of a configuration that they refuse.
const MISCONFIGURED: Rule =
    Rule::of_facts(Verdict::Is(Kind::ProfileMisconfigured), Confidence::Likely);

/// The verdict on the failure of GetCallerIdentity.
pub(super) fn of_failure(
    situation: &Situation,
    active: &Active,
    failure: &Evidence,
) -> Option<Diagnosis> {
    let given = failure.context.clone();
    let known = context(situation, active);
    diagnose::diagnose(&Evidence {
        causes: failure.causes.clone(),
        context: Context {
            source: given.source.or(known.source),
            expires_at: given.expires_at.or(known.expires_at),
            server_time: given.server_time.or(situation.server_time),
            ..known
        },
    })
}

/// What leaves an SDK without credentials where no other fact does.
const NO_SOURCE: &str = "no variable and no profile names a source of credentials";

/// The verdict that a call would get: whether it fails is decided here, with which verdict is not.
pub(super) fn foreseen(situation: &Situation, active: &Active) -> Option<Diagnosis> {
    let facts = &situation.facts;
    let obstacle = problem::obstacle(situation, active);
    let mut problems = facts.problems.iter();
    let stop = problems.find(|problem| problem.stops_aws_cli());
    let lapsed = match active.token {
        TokenState::Expired => !active.can_refresh,
        TokenState::Missing | TokenState::Damaged => true,
        TokenState::Unknown | TokenState::Valid => false,
    };
    // What a file would tell that was not read is not missing.
    let nothing = facts.source.is_none() && facts.needs.is_none();
    let rule = if obstacle.is_none() && stop.is_some() {
        // Before a login, which is mostly the AWS CLI's.
        MISCONFIGURED
    } else if obstacle.is_some() || lapsed || nothing && situation.settings.metadata_disabled {
        CHAIN_END
    } else if nothing {
        CHAIN_MAY_END
    } else if active.token == TokenState::Unknown && active.has_ended(situation.now) {
        REFUSED
    } else {
        return None;
    };
    let mut evidence = Evidence {
        context: context(situation, active),
        ..Evidence::default()
    };
    // The session or the keys of the source are asked for before the code of the role.
    if let Some(facts) = &mut evidence.context.facts {
        facts.mfa_serial = None;
    }
    let cause = Cause::default();
    let finding = Finding {
        rule,
        cause: &cause,
        from: "",
        status: None,
        operation: None,
        service: None,
    };
    let settled = settle::settle(&finding, &evidence.context)?;
    let mut diagnosis = Diagnosis::of(&finding, settled, &evidence.causes, &evidence.context);
    // No SDK has said anything: the fact that decided takes its place.
    diagnosis.cause.message = Some(match obstacle.or(stop) {
        Some(problem) => situation.line(&problem.to_string()),
        None => settled.by.unwrap_or(NO_SOURCE).into(),
    });
    Some(diagnosis)
}

/// What is known beside the error, as for any failure.
pub(super) fn context(situation: &Situation, active: &Active) -> Context {
    let facts = &situation.facts;
    let of_profile = !active.of_client;
    Context {
        subject: situation.subject.clone(),
        profile: (of_profile && facts.chosen_by == ProfileChoice::Argument)
            .then(|| facts.profile.clone()),
        facts: of_profile.then(|| facts.clone()),
        source: active.source,
        // The end of a cached token is that of the session, not that of the keys.
        expires_at: active.expires_at.filter(|_| {
            active.token == TokenState::Unknown
                || facts.source == Some(CredentialSource::WebIdentity)
        }),
        now: situation.now,
        server_time: None,
        shell: situation.shell,
        secrets: situation.secrets.clone(),
    }
}

/// The profile that a login names, or its session.
pub(super) fn login_name(situation: &Situation, active: &Active) -> Option<Name> {
    let facts = &situation.facts;
    if active.of_client {
        return None;
    }
    let own = (facts.profile != "default").then_some(&*facts.profile);
    Name::of(
        facts.source_profile.as_deref().or(own),
        facts.sso_session.as_deref(),
        |name| situation.line(name),
    )
}
