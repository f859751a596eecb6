//! The access keys that this AWS knows.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use crate::mint::Mint;

/// One access key, of a user or of a session.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    /// Present on temporary keys.
    pub(crate) token: Option<String>,
    /// What handed it out: `static`, `session`, `corp`, `role`, `imds`, ...
    pub(crate) origin: String,
    pub(crate) arn: String,
    pub(crate) expires_at: Option<OffsetDateTime>,
}

impl Key {
    pub(crate) fn has_expired(&self, now: OffsetDateTime) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Keys {
    by_id: BTreeMap<String, Key>,
}

impl Keys {
    pub(crate) fn get(&self, id: &str) -> Option<&Key> {
        self.by_id.get(id)
    }

    /// A key that never ends, as an IAM user has it.
    pub(crate) fn issue_static(&mut self, mint: &mut Mint, origin: &str, arn: &str) -> Key {
        let key = Key {
            id: mint.access_key_id("AKIA"),
            secret: mint.secret(),
            token: None,
            origin: origin.into(),
            arn: arn.into(),
            expires_at: None,
        };
        self.by_id.insert(key.id.clone(), key.clone());
        key
    }

    /// A key with a session token.
    pub(crate) fn issue(
        &mut self,
        mint: &mut Mint,
        origin: &str,
        arn: &str,
        expires_at: OffsetDateTime,
    ) -> Key {
        let key = Key {
            id: mint.access_key_id("ASIA"),
            secret: mint.secret(),
            token: Some(mint.session_token()),
            origin: origin.into(),
            arn: arn.into(),
            expires_at: Some(expires_at),
        };
        self.by_id.insert(key.id.clone(), key.clone());
        key
    }

    /// Sets the end of all temporary keys that `choose` takes; says how many.
    pub(crate) fn end(&mut self, at: OffsetDateTime, choose: impl Fn(&Key) -> bool) -> usize {
        let mut ended = 0;
        for key in self.by_id.values_mut().filter(|key| key.token.is_some()) {
            if choose(key) {
                key.expires_at = Some(at);
                ended += 1;
            }
        }
        ended
    }
}
