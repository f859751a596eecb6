//! The pipeline, in precedence order.

use crate::{Diagnosis, Evidence};

/// Decides what lapsed, or `None` where it is not an AWS auth failure.
#[must_use]
pub fn diagnose(evidence: &Evidence) -> Option<Diagnosis> {
    let _ = evidence;
    None
}
