//! The id of a rule: its signal, and where that counts.

use alloc::string::String;

use super::scope::Packed;
use crate::text::scan;

/// The id for a signal as the tables pack it.
///
/// `signature-expired-{}-is-now-earlier-than` is `signature-expired-is-now-earlier-than`.
/// Where it counts in one place alone, the first name of that follows:
/// `ExpiredToken@AssumeRoleWithWebIdentity`.
pub(super) fn of(signal: &str, scope: Packed) -> String {
    let mut id = String::with_capacity(signal.len().saturating_add(32));
    let mut rest = signal;
    while !rest.is_empty() {
        let (words, hole) = scan::until(rest, b'{');
        let words = words.strip_prefix("-").unwrap_or(words);
        let words = words.strip_suffix("-").unwrap_or(words);
        if !(id.is_empty() || words.is_empty()) {
            id.push('-');
        }
        id.push_str(words);
        rest = scan::from(scan::until(hole, b'}').1, 1);
    }
    if let Some(name) = scope.name() {
        id.push('@');
        id.push_str(name);
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_signal_and_its_first_place() {
        for (signal, scope, id) in [
            ("the-{profile}-has-{}-expired", "", "the-has-expired"),
            ("{}-expired", "", "expired"),
            (
                "ExpiredToken",
                "O|AssumeRole|GetRole",
                "ExpiredToken@AssumeRole",
            ),
            ("403", "silent", "403@silent"),
        ] {
            assert_eq!(of(signal, Packed(scope)), id);
        }
    }
}
