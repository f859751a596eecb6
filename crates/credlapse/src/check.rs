//! What is known before a call: whether the credentials will do, and for how long.
//!
//! Nothing is read here. A host gives a [`Situation`]: the facts of the
//! profile, what it expects, and optionally what STS answered to
//! GetCallerIdentity. [`Situation::check`] tells what it comes to. Where
//! nothing can come of a call, the [`Diagnosis`] is the one that the failed
//! call would get: the same function decides.

mod account;
mod client;
mod configuration;
mod duration;
mod environment;
mod expectation;
mod finding;
mod github;
mod heard;
mod json;
mod lapse;
mod problem;
mod render;
mod session;
mod situation;
mod watch;

use alloc::string::String;
use alloc::vec::Vec;

pub use client::ClientCredentials;
pub use finding::{Finding, FindingCode, Severity};
pub use json::SCHEMA;
pub use situation::{
    Expected, FileMode, Identity, OldSdk, ProgramState, Situation, cached_accounts,
};
pub use watch::Watch;

use crate::profile::{ProfileChoice, TokenState};
use crate::{Code, Confidence, CredentialSource, Diagnosis, ExitTable, Remedy, Timestamp};
use environment::Active;

/// What a [`Situation`] comes to.
///
/// Every text in it is redacted and free of control characters.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Check {
    /// The profile in use.
    pub profile: String,
    /// What chose it.
    pub chosen_by: ProfileChoice,
    /// Where the credentials come from.
    pub source: Option<CredentialSource>,
    /// What the profile would use if the environment had no keys.
    pub shadowed_source: Option<CredentialSource>,
    /// The profile that has to log in, where it is another.
    pub login_profile: Option<String>,
    /// The SSO session, its start URL, or the identity of `aws login`.
    pub session: Option<String>,
    /// The role that the profile assumes.
    pub role_arn: Option<String>,
    /// The state of the cached token, where the credentials come from one.
    pub token: TokenState,
    /// Whether an SDK can renew the token by itself.
    pub can_refresh: bool,
    /// Whether temporary keys are in play.
    pub has_session_token: bool,
    /// When the token or the keys end or ended.
    pub expires_at: Option<Timestamp>,
    /// The time of the check.
    pub now: Option<Timestamp>,
    /// The Region.
    pub region: Option<String>,
    /// The variable that names the Region, where one does.
    pub region_variable: Option<String>,
    /// The account: what STS said, else what the configuration names.
    pub account: Option<String>,
    /// Who the caller is, where STS said so.
    pub arn: Option<String>,
    /// Whether the credentials are those of the host's own client, of which the files tell nothing.
    pub of_client: bool,
    /// Whether STS was asked.
    pub online: bool,
    /// The seconds by which the server's clock is ahead of the local one, where STS was asked.
    pub clock_offset: Option<i64>,
    /// The UTC offset of local time, in seconds.
    pub utc_offset: Option<i64>,
    /// What is worth saying, problems first.
    pub findings: Vec<Finding>,
    /// Why a call fails, where one does.
    pub diagnosis: Option<Diagnosis>,
    /// The login that helps, if one does: the diagnosis', or that of a session which ends too soon.
    pub remedy: Option<Remedy>,
}

/// The status of a check that could not reach STS: `EX_UNAVAILABLE` of sysexits.
///
/// No exit table has a status for it, because it tells nothing of credentials.
pub const UNREACHABLE: u8 = 69;

impl Situation {
    /// What the situation comes to.
    ///
    /// ```
    /// use credlapse::check::{Expected, FindingCode, Situation};
    /// use credlapse::profile::{LocalAws, facts, settings};
    /// use credlapse::{ExitTable, Timestamp};
    ///
    /// let config = "[profile dev]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 111111111111\n\
    ///     sso_role_name = Dev\n[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n";
    /// let token = r#"{"accessToken": "t", "expiresAt": "2026-11-21T14:15:00Z"}"#;
    /// let local = LocalAws {
    ///     profile: Some("dev"),
    ///     files: &[
    ///         (".aws/config", Some(config)),
    ///         (".aws/credentials", None),
    ///         (".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", Some(token)),
    ///     ],
    ///     now: Timestamp::parse("2026-11-21T14:00:00Z"),
    ///     ..LocalAws::default()
    /// };
    /// let mut situation = Situation {
    ///     facts: facts(&local),
    ///     settings: settings(&local),
    ///     now: local.now,
    ///     ..Situation::default()
    /// };
    /// let check = situation.check();
    /// assert_eq!(check.status(&ExitTable::DEFAULT), 0);
    /// assert_eq!(check.headline(), "The AWS credentials of profile 'dev' look good: valid for 15 min.");
    ///
    /// situation.expected.min_remaining = Some(3600);
    /// let check = situation.check();
    /// assert_eq!(check.findings[0].code, FindingCode::EndsTooSoon);
    /// assert_eq!(check.status(&ExitTable::DEFAULT), 10);
    ///
    /// situation.expected = Expected { account: Some("222222222222".into()), ..Expected::default() };
    /// let check = situation.check();
    /// assert_eq!(check.headline(), "The account is 111111111111, not 222222222222.");
    /// assert_eq!(check.status(&ExitTable::DEFAULT), 8);
    /// ```
    #[must_use]
    pub fn check(&self) -> Check {
        let local = Active::of(self);
        let (active, told) = match &self.failure {
            Some(failure) => heard::of_failure(self, local, failure),
            None => (local, None),
        };
        let diagnosis = match (&self.identity, &self.failure) {
            // What works has not lapsed, whatever the files say.
            (Some(_), _) => None,
            (None, None) => lapse::foreseen(self, &active).filter(|_| expectation::names_who(self)),
            // A failure of the network changes nothing of what the files are sure of; of a
            // client that the host has made they are sure of nothing.
            (None, Some(_)) => told.clone().or_else(|| {
                lapse::foreseen(self, &active).filter(|foreseen| {
                    foreseen.confidence > Confidence::Possible && self.client.is_none()
                })
            }),
        };
        let mut findings = Vec::new();
        let mut add = |finding: Finding| findings.push(finding);
        expectation::add(self, &mut add);
        problem::add(self, &active, &mut add);
        environment::add(self, &active, diagnosis.as_ref(), &mut add);
        configuration::add(self, &active, &mut add);
        account::add(self, &active, &mut add);
        let too_soon = session::add(self, &active, diagnosis.as_ref(), &mut add);
        if let (Some(failure), None) = (&self.failure, &told) {
            add(account::unreachable(self, failure));
        }
        findings.sort_by_key(|finding| finding.severity);
        let facts = &self.facts;
        let line = |text: &String| self.line(text);
        let of_profile = |text: &Option<String>| match text {
            Some(text) if !active.of_client => Some(self.line(text)),
            _ => None,
        };
        let session = [
            &facts.sso_session,
            &facts.sso_start_url,
            &facts.login_session,
        ];
        let remedy = diagnosis.as_ref().map(|diagnosis| &diagnosis.remedy);
        Check {
            profile: self.line(&facts.profile),
            chosen_by: facts.chosen_by,
            source: active.source,
            shadowed_source: facts.shadowed_source.filter(|_| !active.of_client),
            login_profile: of_profile(&facts.source_profile),
            session: session.into_iter().find_map(of_profile),
            role_arn: of_profile(&facts.role_arn),
            token: active.token,
            // Who was asked to renew it, and refused, knows better than the file.
            can_refresh: active.can_refresh && diagnosis.is_none(),
            has_session_token: active.has_session_token,
            expires_at: active.expires_at,
            now: self.now,
            region: self.settings.region.as_ref().map(line),
            region_variable: self.settings.region_variable.as_ref().map(line),
            account: account::known(self, &active).map(|account| self.line(account)),
            arn: self
                .identity
                .as_ref()
                .and_then(|identity| identity.arn.as_ref())
                .map(line),
            of_client: active.of_client,
            online: self.identity.is_some() || self.failure.is_some(),
            clock_offset: self.clock_offset(),
            utc_offset: self.utc_offset(),
            findings,
            remedy: remedy
                .filter(|remedy| !remedy.argv.is_empty())
                .cloned()
                .or(too_soon),
            diagnosis,
        }
    }
}

impl Check {
    /// What a program may do about it; `None` where nothing stands in the way.
    ///
    /// That of the diagnosis, else that of the first problem.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        let diagnosed = self.diagnosis.as_ref().map(Diagnosis::code);
        diagnosed.or_else(|| self.problems().find_map(|finding| finding.code.implies()))
    }

    /// The exit status: 0 where nothing stands in the way, [`UNREACHABLE`] where
    /// STS was asked and could not be reached, else that of [`code`](Self::code).
    #[must_use]
    pub fn status(&self, exits: &ExitTable) -> u8 {
        match (&self.diagnosis, self.code()) {
            (Some(diagnosis), _) => exits.status(diagnosis.kind),
            (None, Some(code)) => exits.of_code(code),
            (None, None) if self.problems().next().is_some() => UNREACHABLE,
            (None, None) => 0,
        }
    }

    /// The seconds that are left; 0 where it has ended, `None` where no end is known.
    #[must_use]
    pub fn remaining(&self) -> Option<i64> {
        Some(self.expires_at?.since(self.now?).max(0))
    }

    fn problems(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Problem)
    }
}
