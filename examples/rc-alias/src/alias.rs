//! A place and the keys to it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// An endpoint with the keys for it; `Debug` shows neither secret nor token.
#[derive(Clone, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Alias {
    pub(crate) url: String,
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session_token: Option<String>,
}

/// Where an alias comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    File,
    Environment,
}

impl Alias {
    /// Reads `https://KEY:SECRET@host`, the form of `RC_HOST_<alias>`.
    pub(crate) fn from_url(text: &str) -> Result<Self, Error> {
        let invalid =
            || Error::Config("RC_HOST_* must have the form https://KEY:SECRET@host".into());
        let (scheme, rest) = text.split_once("://").ok_or_else(invalid)?;
        let (keys, host) = rest.rsplit_once('@').ok_or_else(invalid)?;
        let (access_key, secret_key) = keys.split_once(':').ok_or_else(invalid)?;
        let (secret_key, token) = match secret_key.split_once(':') {
            Some((secret_key, token)) => (secret_key, Some(token.to_owned())),
            None => (secret_key, None),
        };
        Ok(Self {
            url: format!("{scheme}://{host}"),
            access_key: access_key.into(),
            secret_key: secret_key.into(),
            session_token: token,
        })
    }

    /// What must never be printed.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.session_token
            .as_deref()
            .into_iter()
            .chain([&*self.secret_key])
    }
}

impl fmt::Debug for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mask = credlapse::redact::MASK;
        f.debug_struct("Alias")
            .field("url", &self.url)
            .field(
                "access_key",
                &credlapse::redact::redact(&self.access_key, &[]),
            )
            .field("secret_key", &mask)
            .field("session_token", &self.session_token.as_ref().map(|_| mask))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let alias =
            Alias::from_url("https://AKIAIOSFODNN7EXAMPLE:the+secret/key:the-token@s3.example.com")
                .unwrap();
        let text = format!("{alias:?}");
        for secret in ["AKIAIOSFODNN7EXAMPLE", "the+secret/key", "the-token"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("https://s3.example.com"), "{text}");
    }

    #[test]
    fn reads_the_form_of_the_environment() {
        let alias = Alias::from_url("http://minio:sec:tok@127.0.0.1:9000").unwrap();
        assert_eq!(alias.url, "http://127.0.0.1:9000");
        assert_eq!(alias.session_token.as_deref(), Some("tok"));
        let error = Alias::from_url("http://127.0.0.1").unwrap_err();
        assert_eq!(error.exit_code(), 2);
    }
}
