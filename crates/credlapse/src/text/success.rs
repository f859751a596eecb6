//! Lines that tell of a success or of what may be: what they name did not fail.
//!
//! A test that is called "says that the token has expired" passed where such a
//! line stands, whatever else failed beside it.

use super::class::Class;
use super::scan::{self, List};

/// What a line of a success begins with: marks of test runners and of tools, TAP apart.
const HEADS: List = List("✓ |✔ |√ |✅ |--- PASS: |PASS ");

/// Whether the line tells of a success and nothing else.
pub(super) fn is_told(line: &str) -> bool {
    let is_tap = line
        .strip_prefix("ok ")
        .is_some_and(|rest| Class::DIGIT.begins(rest));
    let is_marked = const { Class::BEYOND.with(b"-P") }.begins(line);
    is_tap
        || is_marked && HEADS.begins(line)
        || line.ends_with(" ... ok")
        || line.ends_with(" PASSED")
        || line.ends_with("%]") && scan::contains(line, "PASSED [")
        || is_manual(line)
}

/// A sentence that tells a person what an error means: "If you see `ExpiredToken`, ...".
fn is_manual(line: &str) -> bool {
    (line.starts_with("If ") || line.starts_with("When "))
        && line
            .split_once(['"', '`'])
            .is_some_and(|(before, _)| scan::contains(before, " you"))
}
