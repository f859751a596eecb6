//! The file of aliases.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::alias::{Alias, Origin};
use crate::error::Error;

mod migrate;

/// The version that is written.
const SCHEMA_VERSION: u32 = 2;

/// The aliases of the file, and those of the environment, which are never written.
#[derive(Debug)]
pub(crate) struct Config {
    path: PathBuf,
    aliases: BTreeMap<String, Alias>,
}

#[derive(Deserialize, Serialize)]
struct Document {
    schema_version: u32,
    #[serde(default)]
    alias: BTreeMap<String, Alias>,
}

impl Config {
    /// Reads the file of this user.
    pub(crate) fn load() -> Result<Self, Error> {
        Self::open(path()?)
    }

    /// Reads a file; one that does not exist has no aliases.
    fn open(path: PathBuf) -> Result<Self, Error> {
        let aliases = match std::fs::read_to_string(&path) {
            Ok(text) => parse(&text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(Error::Config(format!("{}: {error}", path.display()))),
        };
        Ok(Self { path, aliases })
    }

    /// The environment comes first, as a job sets it on purpose.
    pub(crate) fn find(&self, name: &str) -> Result<(Alias, Origin), Error> {
        if let Ok(url) = std::env::var(format!("RC_HOST_{name}")) {
            return Ok((Alias::from_url(&url)?, Origin::Environment));
        }
        match self.aliases.get(name) {
            Some(alias) => Ok((alias.clone(), Origin::File)),
            None => Err(Error::Config(format!("there is no alias `{name}`"))),
        }
    }

    pub(crate) fn aliases(&self) -> impl Iterator<Item = (&str, &Alias)> {
        self.aliases.iter().map(|(name, alias)| (&**name, alias))
    }

    pub(crate) fn set(&mut self, name: &str, alias: Alias) -> Result<(), Error> {
        self.aliases.insert(name.into(), alias);
        self.save()
    }

    /// True if there was such an alias.
    pub(crate) fn remove(&mut self, name: &str) -> Result<bool, Error> {
        let removed = self.aliases.remove(name).is_some();
        if removed {
            self.save()?;
        }
        Ok(removed)
    }

    /// Removes the alias if the file still has it as it was; somebody may have set it anew meanwhile.
    pub(crate) fn discard(&mut self, name: &str, alias: &Alias) -> Result<bool, Error> {
        *self = Self::open(self.path.clone())?;
        match self.aliases.get(name) == Some(alias) {
            true => self.remove(name),
            false => Ok(false),
        }
    }

    /// A reader sees the old file or the new one, and nobody else sees either.
    fn save(&self) -> Result<(), Error> {
        let document = Document {
            schema_version: SCHEMA_VERSION,
            alias: self.aliases.clone(),
        };
        let text = toml::to_string(&document).map_err(|error| Error::Config(error.to_string()))?;
        let draft = self.path.with_extension("toml.draft");
        let save = || {
            if let Some(folder) = self.path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            private(&draft)?.write_all(text.as_bytes())?;
            std::fs::rename(&draft, &self.path)
        };
        save().map_err(|error| Error::Config(format!("{}: {error}", self.path.display())))
    }
}

fn private(path: &PathBuf) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn path() -> Result<PathBuf, Error> {
    if let Some(path) = std::env::var_os("RC_CONFIG") {
        return Ok(path.into());
    }
    let home = std::env::home_dir();
    home.map(|home| home.join(".config/rc-alias/config.toml"))
        .ok_or_else(|| Error::Config("there is no home directory; set RC_CONFIG".into()))
}

fn parse(text: &str) -> Result<BTreeMap<String, Alias>, Error> {
    // An error of the parser quotes the line, in which a key may stand.
    let invalid = |error: toml::de::Error| {
        let line = text.get(..error.span().map_or(0, |span| span.start));
        let line = line.unwrap_or_default().lines().count().max(1);
        Error::Config(format!(
            "the file of aliases cannot be read: line {line}: {}",
            error.message()
        ))
    };
    let table: toml::Table = text.parse().map_err(invalid)?;
    match table
        .get("schema_version")
        .and_then(toml::Value::as_integer)
    {
        Some(2) => {
            let document: Document = toml::from_str(text).map_err(invalid)?;
            Ok(document.alias)
        }
        Some(1) | None => migrate::from_version_1(text).map_err(invalid),
        Some(version) => Err(Error::Config(format!(
            "the file of aliases has schema_version {version}; this program knows up to {SCHEMA_VERSION}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let alias = Alias::from_url("https://KEY:SECRET:TOKEN@s3.example.com").unwrap();
        let document = Document {
            schema_version: SCHEMA_VERSION,
            alias: BTreeMap::from([("work".to_owned(), alias.clone())]),
        };
        let aliases = parse(&toml::to_string(&document).unwrap()).unwrap();
        assert_eq!(aliases, BTreeMap::from([("work".to_owned(), alias)]));
    }

    #[test]
    fn discards_an_alias_unless_it_was_set_anew() {
        let name = format!("rc-alias-{}.toml", std::process::id());
        let path = std::env::temp_dir().join(name);
        let alias = |key| Alias::from_url(&format!("https://{key}:SECRET@s3.example.com")).unwrap();
        let open = || Config::open(path.clone()).unwrap();
        open().set("work", alias("OLD")).unwrap();
        let mut slow = open();

        open().set("work", alias("NEW")).unwrap();
        open().set("other", alias("OTHER")).unwrap();
        assert!(!slow.discard("work", &alias("OLD")).unwrap());
        assert!(slow.discard("work", &alias("NEW")).unwrap());
        assert_eq!(
            open().aliases,
            BTreeMap::from([("other".to_owned(), alias("OTHER"))])
        );
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn refuses_a_newer_file_and_quotes_no_secret() {
        let error = parse("schema_version = 3").unwrap_err();
        assert!(error.to_string().contains("schema_version 3"), "{error}");
        let error =
            parse("schema_version = 2\n[alias.work]\nsecret_key = \"hunter2\nx").unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert!(error.to_string().contains("line "), "{error}");
    }
}
