//! What is expected and cannot be checked.

use alloc::format;

use super::finding::{Finding, FindingCode};
use super::situation::{Expected, Situation};

/// The expected account, where it can be one.
pub(super) fn account(expected: &Expected) -> Option<&str> {
    expected
        .account
        .as_deref()
        .filter(|account| account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether it is known whose credentials are meant; else nothing may be foreseen of them.
pub(super) fn names_who(situation: &Situation) -> bool {
    let mut unreadable = situation.expected.unreadable.iter();
    !unreadable.any(|name| matches!(name.as_str(), "client" | "options" | "profile"))
}

pub(super) fn add(situation: &Situation, add: &mut dyn FnMut(Finding)) {
    let expected = &situation.expected;
    let is_no_account = expected.account.is_some() && account(expected).is_none();
    let unreadable = expected.unreadable.iter().map(|name| situation.line(name));
    for name in is_no_account
        .then(|| "account".into())
        .into_iter()
        .chain(unreadable)
    {
        let (wanted, advice) = match name.as_str() {
            "account" => ("a text of 12 digits", CORRECT),
            "client" => (
                "one that can ask STS",
                "Pass an `STS` of the SDK, which has getCallerIdentity(); an `STSClient` needs \
                 @aws-sdk/client-sts beside the script, or in the bundle.",
            ),
            "minRemaining" => ("a number of seconds", CORRECT),
            "now" => ("a time", CORRECT),
            "options" => ("an object", CORRECT),
            _ => ("a text", CORRECT),
        };
        add(Finding::problem(
            FindingCode::InvalidExpectation,
            format!("Nobody can check what is expected: `{name}` is not {wanted}."),
            advice,
        ));
    }
}

const CORRECT: &str = "Correct it, or leave it out where nothing is expected.";
