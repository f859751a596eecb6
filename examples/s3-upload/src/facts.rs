//! What the AWS files of this machine say of the profile in use.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use credlapse::profile::{self, LocalAws};
use credlapse::{ProfileFacts, Timestamp};

pub(crate) fn read() -> ProfileFacts {
    let variables: Vec<(&str, String)> = LocalAws::VARIABLES
        .iter()
        .filter_map(|name| Some((*name, std::env::var(name).ok()?)))
        .collect();
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    let home = std::env::home_dir().unwrap_or_default();
    let mut read: Vec<(String, Option<String>)> = Vec::new();
    loop {
        let files: Vec<_> = read
            .iter()
            .map(|(path, content)| (&**path, content.as_deref()))
            .collect();
        let facts = profile::facts(&LocalAws {
            env: &variables,
            files: &files,
            now: now(),
            ..LocalAws::default()
        });
        let Some(path) = facts.needs.clone() else {
            return facts;
        };
        let content = std::fs::read_to_string(home.join(Path::new(&path))).ok();
        read.push((path, content));
    }
}

fn now() -> Option<Timestamp> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    i64::try_from(seconds).ok().map(Timestamp)
}
