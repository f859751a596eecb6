//! Which place in the cache stands for which resolver.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use aws_smithy_runtime_api::client::identity::IdentityCachePartition;

use super::CredentialRefresh;

/// More resolvers than a client has; each override of a call's credentials makes one.
const CAPACITY: usize = 64;

/// For each partition that the client asks for, the one that is looked up.
///
/// To forget an identity is to look it up in a new partition: the cache needs no
/// method for it, and the identities of other resolvers stay.
#[derive(Debug, Default)]
pub(super) struct Slots {
    slots: RwLock<HashMap<IdentityCachePartition, Slot>>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    current: IdentityCachePartition,
    renewed_at: Option<SystemTime>,
}

impl Slots {
    /// The partition to look up; from now on the asked one is known.
    pub(super) fn enter(&self, asked: IdentityCachePartition) -> IdentityCachePartition {
        if let Some(current) = self.current(asked) {
            return current;
        }
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= CAPACITY {
            slots.retain(|_, slot| slot.renewed_at.is_some());
        }
        if slots.len() >= CAPACITY {
            slots.clear();
        }
        let slot = slots.entry(asked).or_insert(Slot {
            current: asked,
            renewed_at: None,
        });
        slot.current
    }

    /// The partition to look up, or `None` for a resolver that never came here.
    pub(super) fn current(&self, asked: IdentityCachePartition) -> Option<IdentityCachePartition> {
        let slots = self.slots.read().unwrap_or_else(PoisonError::into_inner);
        slots.get(&asked).map(|slot| slot.current)
    }

    /// Forgets the identity that was at `before`; false where that comes too soon.
    ///
    /// Where it is no longer there, another call was quicker, and that is as good.
    pub(super) fn renew(
        &self,
        asked: IdentityCachePartition,
        before: IdentityCachePartition,
        now: SystemTime,
    ) -> bool {
        let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
        let Some(slot) = slots.get_mut(&asked) else {
            return false;
        };
        if slot.current != before {
            return true;
        }
        let too_soon = slot
            .renewed_at
            .and_then(|then| now.duration_since(then).ok())
            .is_some_and(|passed| passed < CredentialRefresh::MIN_INTERVAL);
        if too_soon {
            return false;
        }
        *slot = Slot {
            current: IdentityCachePartition::new(),
            renewed_at: Some(now),
        };
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn renews_once_for_calls_that_fail_together() {
        let slots = Slots::default();
        let asked = IdentityCachePartition::new();
        let before = slots.enter(asked);
        assert_eq!(before, asked);

        let now = SystemTime::UNIX_EPOCH;
        assert!(slots.renew(asked, before, now));
        let after = slots.enter(asked);
        assert_ne!(after, before);
        assert!(slots.renew(asked, before, now));
        assert_eq!(slots.enter(asked), after);
    }

    #[test]
    fn waits_before_it_renews_again() {
        let slots = Slots::default();
        let asked = IdentityCachePartition::new();
        let now = SystemTime::UNIX_EPOCH;
        assert!(slots.renew(asked, slots.enter(asked), now));

        let soon = now + CredentialRefresh::MIN_INTERVAL - Duration::from_millis(1);
        assert!(!slots.renew(asked, slots.enter(asked), soon));
        let later = now + CredentialRefresh::MIN_INTERVAL;
        assert!(slots.renew(asked, slots.enter(asked), later));
    }

    #[test]
    fn knows_nothing_of_a_client_that_has_another_cache() {
        let slots = Slots::default();
        let asked = IdentityCachePartition::new();
        assert_eq!(slots.current(asked), None);
        assert!(!slots.renew(asked, asked, SystemTime::UNIX_EPOCH));
    }

    #[test]
    fn stays_bounded() {
        let slots = Slots::default();
        for _ in 0..10 * CAPACITY {
            let asked = IdentityCachePartition::new();
            let before = slots.enter(asked);
            slots.renew(asked, before, SystemTime::UNIX_EPOCH);
            slots.enter(IdentityCachePartition::new());
        }
        assert!(slots.slots.read().unwrap().len() <= CAPACITY);
    }
}
