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

pub(super) fn add(situation: &Situation, add: &mut dyn FnMut(Finding)) {
    let expected = &situation.expected;
    let is_no_account = expected.account.is_some() && account(expected).is_none();
    let unreadable = expected.unreadable.iter().map(|name| situation.line(name));
    for name in is_no_account
        .then(|| "account".into())
        .into_iter()
        .chain(unreadable)
    {
        let wanted = match name.as_str() {
            "account" => "a text of 12 digits",
            "minRemaining" => "a number of seconds",
            "now" => "a time",
            "options" => "an object",
            _ => "a text",
        };
        add(Finding::problem(
            FindingCode::InvalidExpectation,
            format!("Nobody can check what is expected: `{name}` is not {wanted}."),
            "Correct it, or leave it out where nothing is expected.",
        ));
    }
}
