//! Why a verdict is what it is: every rule that matched, and which one decided.

use alloc::vec::Vec;

use crate::rules::Rule;
use crate::{Evidence, diagnose};

/// A rule that matched a cause.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// The rule.
    pub rule: Rule,
    /// The place of the cause in [`Trace::evidence`], from 0.
    pub cause: usize,
    /// Whether it is the one that decided.
    pub decided: bool,
}

/// What [`diagnose`](crate::diagnose) saw.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Trace {
    /// The evidence, with what its messages quote, at most [`Evidence::MAX_CAUSES`] causes.
    pub evidence: Evidence,
    /// The rules that matched: innermost cause first, the strongest rule of each cause first.
    pub hits: Vec<Hit>,
}

/// Every rule that matches the evidence, in the order in which they count.
///
/// For people who ask why; a verdict does not need it.
///
/// ```
/// use credlapse::{text, trace};
///
/// let evidence = text::read("ERROR: S3 error: 403 (AccessDenied): Access Denied");
/// let trace = trace(&evidence);
/// assert!(trace.hits.iter().any(|hit| hit.decided && hit.rule.id() == "access-denied@S3"));
/// ```
#[must_use]
pub fn trace(evidence: &Evidence) -> Trace {
    let (evidence, mut hits) = diagnose::hits(evidence);
    hits.sort_by(|left, right| {
        (right.cause, right.rule.rank()).cmp(&(left.cause, left.rule.rank()))
    });
    hits.dedup_by(|left, right| left.cause == right.cause && left.rule.rank() == right.rule.rank());
    Trace { evidence, hits }
}
