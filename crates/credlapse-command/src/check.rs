//! The verb `check`: what is typed, and what is said.

use std::time::Duration;

use credlapse::{Check, ExitTable};
use jiff::SignedDuration;

use crate::explain::Format;
use crate::style;

/// What is said of a check: a table for people, one object for programs, or annotations for GitHub Actions.
#[must_use]
pub fn said(check: &Check, format: Format, exits: &ExitTable) -> String {
    match format {
        Format::Human => human(check),
        Format::Json => format!("{}\n", check.to_json(exits)),
        Format::Github => format!("{}\n", check.to_github()),
    }
}

/// What is said by one who stays: for people one line.
#[must_use]
pub fn news(check: &Check, format: Format, exits: &ExitTable) -> String {
    match format {
        Format::Human => format!("{}\n", check.line()),
        Format::Json | Format::Github => said(check, format, exits),
    }
}

fn human(check: &Check) -> String {
    let text = check.to_string();
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let style = if check.status(&ExitTable::DEFAULT) == 0 {
        style::TITLE
    } else {
        style::HEADLINE
    };
    format!("{style}{first}{style:#}\n{rest}\n")
}

/// An account.
///
/// # Errors
///
/// Where it is anything but 12 digits.
pub fn account(text: &str) -> Result<String, &'static str> {
    let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_account
        .then(|| text.to_owned())
        .ok_or("an account is 12 digits")
}

/// The seconds of a time: "90s", "30m", "1h 30m".
///
/// # Errors
///
/// Where it is no span of time, or one that nobody can mean.
pub fn seconds(text: &str) -> Result<u32, String> {
    let time: SignedDuration = text.parse().map_err(|error| format!("{error}"))?;
    u32::try_from(time.as_secs()).map_err(|_| "it is negative or longer than 136 years".into())
}

/// How long to wait before the next look: from 10 ms to a day.
///
/// # Errors
///
/// Where it is no span of time, a shorter or a longer one.
pub fn interval(text: &str) -> Result<Duration, String> {
    let time: SignedDuration = text.parse().map_err(|error| format!("{error}"))?;
    let time = Duration::try_from(time).map_err(|error| format!("{error}"))?;
    if time < Duration::from_millis(10) {
        return Err("it is shorter than 10 ms".into());
    }
    // Timers of Node.js that are to wait for 25 days do not wait at all.
    if time > Duration::from_hours(24) {
        return Err("it is longer than a day".into());
    }
    Ok(time)
}

/// The [`interval`] where nobody says one.
pub const INTERVAL: &str = "15s";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_ever_or_not_at_all() {
        assert_eq!(interval("10ms"), Ok(Duration::from_millis(10)));
        assert_eq!(interval("24h"), Ok(Duration::from_hours(24)));
        for text in ["9ms", "-15s", "24h 1s", "30 days", "soon", ""] {
            assert!(interval(text).is_err(), "{text}");
        }
    }
}
