//! The files of this machine that facts are made of.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use credlapse::profile::{self, LocalAws, ProfileSettings};
use credlapse::{ProfileFacts, Timestamp};

/// How much of a file is read; the AWS CLI's own stay far below.
const FILE_MAX: u64 = 1024 * 1024;

/// How many files one set of facts may ask for; the core asks for at most four.
const FILES_MAX: usize = 8;

/// What is asked of this machine, and the files that were read for it.
pub(crate) struct Local<'l> {
    profile: Option<&'l str>,
    env: &'l [(&'l str, &'l str)],
    now: Option<Timestamp>,
    read: Vec<(String, Option<String>)>,
}

impl<'l> Local<'l> {
    pub(crate) const fn new(
        profile: Option<&'l str>,
        env: &'l [(&'l str, &'l str)],
        now: Option<Timestamp>,
    ) -> Self {
        let read = Vec::new();
        Self {
            profile,
            env,
            now,
            read,
        }
    }

    /// The facts of the profile in use; files are read when the core asks for them.
    pub(crate) fn facts(&mut self) -> ProfileFacts {
        loop {
            let facts = self.ask(profile::facts);
            match &facts.needs {
                Some(path)
                    if self.read.len() < FILES_MAX
                        && self.read.iter().all(|(known, _)| known != path) =>
                {
                    let content = place(path, self.env).and_then(|place| content(&place));
                    self.read.push((path.clone(), content));
                }
                _ => return facts,
            }
        }
    }

    /// What stands beside the facts, in the files that were read for them.
    pub(crate) fn settings(&self) -> ProfileSettings {
        self.ask(profile::settings)
    }

    /// The files that were read and exist.
    pub(crate) fn into_paths(self) -> Vec<String> {
        let existing = self
            .read
            .into_iter()
            .filter(|(_, content)| content.is_some());
        existing.map(|(path, _)| path).collect()
    }

    fn ask<A>(&self, question: impl Fn(&LocalAws<'_>) -> A) -> A {
        let read = self.read.iter();
        let files: Vec<_> = read
            .map(|(path, content)| (path.as_str(), content.as_deref()))
            .collect();
        question(&LocalAws {
            profile: self.profile,
            env: self.env,
            files: &files,
            now: self.now,
        })
    }
}

/// Where a path of [`LocalAws::files`] lies on this machine.
fn place(path: &str, env: &[(&str, &str)]) -> Option<PathBuf> {
    let path = Path::new(path);
    if path.starts_with(".") || path.is_absolute() {
        return Some(path.into());
    }
    let home = ["HOME", "USERPROFILE"].iter().find_map(|name| {
        let (_, home) = env.iter().find(|(known, _)| known == name)?;
        (!home.is_empty()).then(|| PathBuf::from(home))
    });
    Some(home.or_else(std::env::home_dir)?.join(path))
}

/// The content of a regular file; nothing else is opened, because a pipe would block.
fn content(path: &Path) -> Option<String> {
    if !path.metadata().ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(FILE_MAX)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
