//! What can be made to end.

use serde::{Deserialize, Serialize};

/// One thing that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lapse {
    /// A session of IAM Identity Center. The role keys it handed out live on, as with AWS: end them
    /// with [`Keys`](Self::Keys).
    Sso(SsoLapse),
    /// The temporary keys of one origin: `session`, `process`, `corp`, `legacy`, `role`,
    /// `web-identity`, `imds`, `container`, or `*` for all of them.
    Keys(String),
    /// One temporary key.
    AccessKey(String),
    /// The web identity token in the token file, which is rewritten with an `exp` in the past.
    WebIdentity,
}

/// How a session of IAM Identity Center ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SsoLapse {
    /// `corp` or `legacy`.
    pub session: String,
    /// Whether the refresh token goes on working.
    #[serde(default)]
    pub refreshable: bool,
    /// Ended by an administrator: the cache file still calls the token valid. Otherwise the time in
    /// the cache file is moved as well.
    #[serde(default)]
    pub revoked: bool,
}

impl Lapse {
    /// The session is over, its refresh token too, and the cache file says so.
    #[must_use]
    pub fn sso(session: &str) -> Self {
        Self::Sso(SsoLapse {
            session: session.to_owned(),
            refreshable: false,
            revoked: false,
        })
    }

    /// The access token is over, the refresh token is not.
    #[must_use]
    pub fn sso_refreshable(session: &str) -> Self {
        Self::Sso(SsoLapse {
            session: session.to_owned(),
            refreshable: true,
            revoked: false,
        })
    }

    /// The session was ended by an administrator; the cache file does not know.
    #[must_use]
    pub fn sso_revoked(session: &str) -> Self {
        Self::Sso(SsoLapse {
            session: session.to_owned(),
            refreshable: false,
            revoked: true,
        })
    }

    /// The temporary keys of one origin, or of all (`*`).
    #[must_use]
    pub fn keys(origin: &str) -> Self {
        Self::Keys(origin.to_owned())
    }
}
