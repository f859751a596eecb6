//! The variables and AWS files that facts are made of: a machine's, or given ones.

use std::collections::BTreeMap;
use std::rc::Rc;

use credlapse::check::FileMode;
use credlapse::profile::{self, LocalAws, ProfileSettings};
use credlapse::{ProfileFacts, Timestamp};

use crate::machine::Machine;

/// How many files one set of facts may ask for; the core asks for at most four.
const FILES_MAX: usize = 8;

/// What is known of a machine.
#[derive(Debug)]
pub struct Local {
    env: Vec<(String, String)>,
    files: Files,
}

#[derive(Debug)]
enum Files {
    /// Those of a machine; what was read once is not read again.
    Read {
        machine: Rc<dyn Machine>,
        read: BTreeMap<String, Option<String>>,
    },
    /// All that there are.
    Given(BTreeMap<String, String>),
    Unknown,
}

impl Local {
    /// A machine whose files are read when facts need them.
    #[must_use]
    pub fn of(machine: Rc<dyn Machine>) -> Self {
        let env = LocalAws::VARIABLES
            .iter()
            .chain(ProfileSettings::VARIABLES)
            .filter_map(|name| Some(((*name).into(), machine.variable(name)?)))
            .collect();
        let read = BTreeMap::new();
        Self {
            env,
            files: Files::Read { machine, read },
        }
    }

    /// A machine as somebody describes it: without `files`, nothing is known of them.
    #[must_use]
    pub fn given(env: BTreeMap<String, String>, files: Option<BTreeMap<String, String>>) -> Self {
        let files = files.map_or(Files::Unknown, Files::Given);
        Self {
            env: env.into_iter().collect(),
            files,
        }
    }

    /// The facts of the profile in use.
    pub fn facts(&mut self, profile: Option<&str>, now: Option<Timestamp>) -> ProfileFacts {
        // Where home is not known, the core finds a given file by the end of its path.
        let mut paths = self.files.names();
        let most = paths.len().saturating_add(FILES_MAX);
        loop {
            let facts = self.ask(&paths, profile, now, profile::facts);
            match &facts.needs {
                Some(path) if paths.len() < most && !paths.contains(path) => {
                    if !self.files.look_for(path) {
                        return facts;
                    }
                    paths.push(path.clone());
                }
                _ => return facts,
            }
        }
    }

    /// What stands beside the facts, in the files that were read for them.
    #[must_use]
    pub fn settings(&self, profile: Option<&str>) -> ProfileSettings {
        self.ask(&self.files.names(), profile, None, profile::settings)
    }

    fn ask<A>(
        &self,
        paths: &[String],
        profile: Option<&str>,
        now: Option<Timestamp>,
        question: impl Fn(&LocalAws<'_>) -> A,
    ) -> A {
        let env: Vec<_> = self
            .env
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let files: Vec<_> = paths
            .iter()
            .map(|path| (path.as_str(), self.files.content(path)))
            .collect();
        question(&LocalAws {
            profile,
            env: &env,
            files: &files,
            now,
        })
    }

    /// The files that were read for facts and exist.
    #[must_use]
    pub fn existing(&self) -> Vec<String> {
        let mut names = self.files.names();
        names.retain(|path| self.files.content(path).is_some());
        names
    }

    /// The permissions of the files that were read, where the system has such.
    #[must_use]
    pub fn modes(&self) -> Vec<FileMode> {
        let modes = self.existing().into_iter().filter_map(|path| {
            let mode = self.files.mode(&path)?;
            Some(FileMode { path, mode })
        });
        modes.collect()
    }

    /// The values among the variables that must never be shown.
    pub fn secrets(&self) -> impl Iterator<Item = String> {
        self.env
            .iter()
            .filter(|(name, _)| SECRET.contains(&name.as_str()))
            // A placeholder such as `x` would tear every text apart.
            .filter(|(_, value)| value.len() >= SECRET_MIN)
            .map(|(_, value)| value.clone())
    }
}

const SECRET: [&str; 3] = [
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
];
const SECRET_MIN: usize = 16;

impl Files {
    /// The paths of the files that somebody described, or that were looked for.
    fn names(&self) -> Vec<String> {
        match self {
            Self::Given(files) => files.keys().cloned().collect(),
            Self::Read { read, .. } => read.keys().cloned().collect(),
            Self::Unknown => Vec::new(),
        }
    }

    /// The permissions of a file.
    fn mode(&self, path: &str) -> Option<u32> {
        match self {
            Self::Read { machine, .. } => machine.mode(path),
            Self::Given(_) | Self::Unknown => None,
        }
    }

    /// Makes the content of a file known; false where nothing is known of files.
    fn look_for(&mut self, path: &str) -> bool {
        match self {
            Self::Read { machine, read } => {
                if !read.contains_key(path) {
                    read.insert(path.into(), machine.content(path));
                }
                true
            }
            Self::Given(_) => true,
            Self::Unknown => false,
        }
    }

    fn content(&self, path: &str) -> Option<&str> {
        match self {
            Self::Read { read, .. } => read.get(path)?.as_deref(),
            Self::Given(files) => files.get(path).map(String::as_str),
            Self::Unknown => None,
        }
    }
}
