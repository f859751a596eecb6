//! The variables that lead a program to the simulator.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::aws::{Aws, BUCKET, REGION};
use crate::keys::Key;

/// Names and values of environment variables.
pub type Variables = BTreeMap<String, String>;

/// What a program needs to be told; also the line that the command prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Environment {
    /// The port on 127.0.0.1.
    pub port: u16,
    /// `http://127.0.0.1:PORT`
    pub url: String,
    /// The home folder, with `.aws` and `bin` in it.
    pub home: String,
    /// A bucket that exists.
    pub bucket: String,
    /// Endpoints, `HOME` and Region. No credentials: add `AWS_PROFILE` or one of `sources`.
    pub env: Variables,
    /// Variables to add to `env` so that the default chain takes this source: `static`, `session`,
    /// `imds`, `container`, `web-identity`.
    pub sources: BTreeMap<String, Variables>,
}

impl Environment {
    pub(crate) fn of(aws: &Aws) -> Self {
        let state = aws.state();
        let home = aws.home.path().display().to_string();
        let url = &aws.url;
        let env = variables([
            ("AWS_ENDPOINT_URL", url.as_str()),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", url),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_REGION", REGION),
            ("AWS_DEFAULT_REGION", REGION),
            ("AWS_PAGER", ""),
            ("HOME", &home),
            ("USERPROFILE", &home),
        ]);
        let container = format!("{url}/v2/credentials/{}", state.metadata.container_id);
        let token_file = aws.home.web_identity_file().display().to_string();
        let sources = [
            ("static", keys(&state.static_key)),
            ("session", keys(&state.session_key)),
            ("imds", variables([("AWS_EC2_METADATA_DISABLED", "false")])),
            (
                "container",
                variables([
                    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.as_str()),
                    (
                        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                        &state.metadata.container_token,
                    ),
                ]),
            ),
            (
                "web-identity",
                variables([
                    ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/Web"),
                    ("AWS_ROLE_SESSION_NAME", "web"),
                    ("AWS_WEB_IDENTITY_TOKEN_FILE", &token_file),
                ]),
            ),
        ];
        Self {
            port: url
                .rsplit(':')
                .next()
                .and_then(|p| p.parse().ok())
                .unwrap_or_default(),
            url: url.clone(),
            home,
            bucket: BUCKET.to_owned(),
            env,
            sources: sources
                .into_iter()
                .map(|(name, set)| (name.to_owned(), set))
                .collect(),
        }
    }

    /// `env` with one of the sources added.
    ///
    /// # Panics
    /// If there is no source of that name.
    #[must_use]
    pub fn with_source(&self, source: &str) -> Variables {
        let more = self
            .sources
            .get(source)
            .unwrap_or_else(|| panic!("no source of credentials `{source}`"));
        let mut all = self.env.clone();
        all.extend(more.clone());
        all
    }

    /// `env` with `AWS_PROFILE`.
    #[must_use]
    pub fn with_profile(&self, profile: &str) -> Variables {
        let mut all = self.env.clone();
        all.insert("AWS_PROFILE".to_owned(), profile.to_owned());
        all
    }
}

fn keys(key: &Key) -> Variables {
    let mut set = variables([
        ("AWS_ACCESS_KEY_ID", key.id.as_str()),
        ("AWS_SECRET_ACCESS_KEY", &key.secret),
    ]);
    if let Some(token) = &key.token {
        set.insert("AWS_SESSION_TOKEN".to_owned(), token.clone());
    }
    set
}

fn variables<const N: usize>(pairs: [(&str, &str); N]) -> Variables {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
