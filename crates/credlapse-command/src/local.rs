//! The variables and AWS files that facts are made of: this machine's, or given ones.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use credlapse::check::{FileMode, OldSdk, ProgramState};
use credlapse::profile::{self, LocalAws, ProfileSettings};
use credlapse::{ProfileFacts, Timestamp};

/// How much of a file is read; the AWS CLI's own stay far below.
const FILE_MAX: u64 = 1024 * 1024;

/// How many files one set of facts may ask for; the core asks for at most four.
const FILES_MAX: usize = 8;

/// What is known of a machine.
#[derive(Debug)]
pub(crate) struct Local {
    env: Vec<(String, String)>,
    files: Files,
}

#[derive(Debug)]
enum Files {
    /// Those of this machine; what was read once is not read again.
    Disk {
        home: Option<PathBuf>,
        read: BTreeMap<String, Option<String>>,
    },
    /// All that there are.
    Given(BTreeMap<String, String>),
    Unknown,
}

impl Local {
    /// This machine. Files are read when facts need them, and never written.
    pub(crate) fn machine() -> Self {
        let env = LocalAws::VARIABLES
            .iter()
            .chain(ProfileSettings::VARIABLES)
            .filter_map(|name| Some(((*name).into(), std::env::var(name).ok()?)))
            .collect();
        Self {
            env,
            files: Files::Disk {
                home: std::env::home_dir(),
                read: BTreeMap::new(),
            },
        }
    }

    /// A machine as somebody describes it: without `files`, nothing is known of them.
    pub(crate) fn given(
        env: BTreeMap<String, String>,
        files: Option<BTreeMap<String, String>>,
    ) -> Self {
        let files = files.map_or(Files::Unknown, Files::Given);
        Self {
            env: env.into_iter().collect(),
            files,
        }
    }

    /// The facts of the profile in use.
    pub(crate) fn facts(&mut self, profile: Option<&str>, now: Option<Timestamp>) -> ProfileFacts {
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
    pub(crate) fn settings(&self, profile: Option<&str>) -> ProfileSettings {
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

    /// The permissions of the files that were read, where the system has such.
    pub(crate) fn modes(&self) -> Vec<FileMode> {
        let names = self.files.names();
        let modes = names.into_iter().filter_map(|path| {
            let mode = self.files.mode(&path)?;
            Some(FileMode { path, mode })
        });
        modes.collect()
    }

    /// The values among the variables that must never be shown.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = String> {
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
            Self::Disk { read, .. } => read.keys().cloned().collect(),
            Self::Unknown => Vec::new(),
        }
    }

    /// The permissions of a file of this machine.
    fn mode(&self, path: &str) -> Option<u32> {
        match self {
            Self::Disk { home, .. } => mode(&place(path, home.as_deref())?),
            Self::Given(_) | Self::Unknown => None,
        }
    }

    /// Makes the content of a file known; false where nothing is known of files.
    fn look_for(&mut self, path: &str) -> bool {
        match self {
            Self::Disk { home, read } => {
                if !read.contains_key(path) {
                    let content = place(path, home.as_deref()).and_then(|place| content(&place));
                    read.insert(path.into(), content);
                }
                true
            }
            Self::Given(_) => true,
            Self::Unknown => false,
        }
    }

    fn content(&self, path: &str) -> Option<&str> {
        match self {
            Self::Disk { read, .. } => read.get(path)?.as_deref(),
            Self::Given(files) => files.get(path).map(String::as_str),
            Self::Unknown => None,
        }
    }
}

/// Where a path of [`LocalAws::files`] lies on this machine.
fn place(path: &str, home: Option<&Path>) -> Option<PathBuf> {
    let path = Path::new(path);
    if path.starts_with(".") || path.is_absolute() {
        return Some(path.into());
    }
    Some(home?.join(path))
}

/// The content of a regular file; nothing else is opened, because a pipe would block.
pub(crate) fn content(path: &Path) -> Option<String> {
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

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(path.metadata().ok()?.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}

/// Whether a program can be run, looked for as a shell does.
#[cfg(unix)]
pub(crate) fn program(name: &str) -> ProgramState {
    let candidates: Vec<PathBuf> = if name.contains('/') {
        vec![name.into()]
    } else {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path)
            .map(|directory| directory.join(name))
            .collect()
    };
    let files = candidates.iter().filter(|path| path.is_file());
    files.fold(ProgramState::Missing, |state, path| match mode(path) {
        Some(mode) if mode & 0o111 != 0 => ProgramState::Executable,
        _ if state == ProgramState::Missing => ProgramState::NotExecutable,
        _ => state,
    })
}

/// Which files can be run is not a matter of permissions here.
#[cfg(not(unix))]
pub(crate) fn program(_: &str) -> ProgramState {
    ProgramState::Unknown
}

/// The old SDK that the project in the working directory depends on.
pub(crate) fn old_sdk() -> Option<OldSdk> {
    let manifests = ["package.json", "go.mod"].into_iter();
    manifests
        .filter_map(|name| OldSdk::of_manifest(name, &content(Path::new(name))?))
        .next()
}
