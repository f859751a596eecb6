//! The failure that a credentials provider tells only once.

use std::sync::{Mutex, PoisonError};

use aws_smithy_runtime_api::client::identity::IdentityCachePartition;
use credlapse::{Cause, Evidence};

/// How aws-config answers when a profile that could not be used is asked again.
const TAKEN: &str = "provider initialization error already taken";

/// How many providers are remembered; a client has one or two.
const CAPACITY: usize = 16;

/// The first failure of each provider.
///
/// A profile provider that could not be built gives its reason away with the
/// first call; every later call of the client fails without one.
#[derive(Debug, Default)]
pub(super) struct FirstFailure {
    seen: Mutex<Vec<(IdentityCachePartition, Vec<Cause>)>>,
}

impl FirstFailure {
    /// `evidence`, with the causes of the first failure where it refers to them.
    pub(super) fn restore(
        &self,
        partition: Option<IdentityCachePartition>,
        mut evidence: Evidence,
    ) -> Evidence {
        let Some(partition) = partition else {
            return evidence;
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known = seen.iter().position(|(known, _)| *known == partition);
        if refers_back(&evidence) {
            if let Some((_, causes)) = known.and_then(|index| seen.get(index)) {
                evidence.causes.extend(causes.iter().cloned());
            }
        } else {
            match known {
                Some(index) => drop(seen.remove(index)),
                None if seen.len() == CAPACITY => drop(seen.remove(0)),
                None => {}
            }
            seen.push((partition, evidence.causes.clone()));
        }
        evidence
    }
}

fn refers_back(evidence: &Evidence) -> bool {
    let mut messages = evidence
        .causes
        .iter()
        .filter_map(|cause| cause.message.as_deref());
    messages.any(|message| message.contains(TAKEN))
}
