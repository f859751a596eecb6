//! Files of earlier versions.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::alias::Alias;

/// Version 1: a list, without session tokens, and at first without a version.
#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    aliases: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    endpoint: String,
    access_key: String,
    secret_key: String,
}

pub(super) fn from_version_1(text: &str) -> Result<BTreeMap<String, Alias>, toml::de::Error> {
    let document: Document = toml::from_str(text)?;
    let aliases = document.aliases.into_iter().map(|alias| {
        let now = Alias {
            url: alias.endpoint,
            access_key: alias.access_key,
            secret_key: alias.secret_key,
            session_token: None,
        };
        (alias.name, now)
    });
    Ok(aliases.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_list() {
        let text = "[[aliases]]\nname = \"work\"\nendpoint = \"http://127.0.0.1:9000\"\n\
            access_key = \"minio\"\nsecret_key = \"secret\"\n";
        let aliases = from_version_1(text).unwrap();
        assert_eq!(aliases["work"].url, "http://127.0.0.1:9000");
        assert_eq!(aliases["work"].session_token, None);
    }
}
