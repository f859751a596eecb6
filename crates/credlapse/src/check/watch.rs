//! What is worth saying to those who stay: changes, and an end that comes near.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, FindingCode, Situation};
use crate::profile::TokenState;
use crate::{Kind, Timestamp};

/// Looks at one situation after the other and tells of those that differ.
///
/// ```
/// use credlapse::check::{Situation, Watch};
///
/// let mut watch = Watch::default();
/// let mut situation = Situation::default();
/// assert!(watch.news(situation.clone()).is_some());
/// assert!(watch.news(situation.clone()).is_none());
/// situation.facts.profile = "dev".into();
/// assert!(watch.news(situation).is_some());
/// ```
#[derive(Debug, Default)]
pub struct Watch {
    known: Option<State>,
}

impl Watch {
    /// For how many seconds a session has to be good where nobody says.
    pub const MIN_REMAINING: u32 = 10 * 60;

    /// What the situation comes to, where that differs from what the last one came to.
    pub fn news(&mut self, mut situation: Situation) -> Option<Check> {
        let expected = &mut situation.expected;
        expected.min_remaining.get_or_insert(Self::MIN_REMAINING);
        let check = situation.check();
        let state = State::of(&check);
        let is_known = self.known.as_ref() == Some(&state);
        self.known = Some(state);
        (!is_known).then_some(check)
    }
}

/// What is worth a line when it changes; the time that is left is not.
#[derive(Debug, PartialEq, Eq)]
struct State {
    profile: String,
    token: TokenState,
    expires_at: Option<Timestamp>,
    account: Option<String>,
    kind: Option<Kind>,
    findings: Vec<FindingCode>,
}

impl State {
    fn of(check: &Check) -> Self {
        Self {
            profile: check.profile.clone(),
            token: check.token,
            expires_at: check.expires_at,
            account: check.account.clone(),
            kind: check.diagnosis.as_ref().map(|diagnosis| diagnosis.kind),
            findings: check.findings.iter().map(|finding| finding.code).collect(),
        }
    }
}
