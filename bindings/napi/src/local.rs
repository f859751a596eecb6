//! The files of this machine that facts are made of.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use credlapse::profile::{self, LocalAws};
use credlapse::{ProfileFacts, Timestamp};

/// How much of a file is read; the AWS CLI's own stay far below.
const FILE_MAX: u64 = 1024 * 1024;

/// How many files one set of facts may ask for; the core asks for at most four.
const FILES_MAX: usize = 8;

/// The facts of the profile in use; files are read when the core asks for them.
pub(crate) fn facts(
    profile: Option<&str>,
    env: &[(&str, &str)],
    now: Option<Timestamp>,
) -> ProfileFacts {
    let mut read: Vec<(String, Option<String>)> = Vec::new();
    loop {
        let files: Vec<_> = read
            .iter()
            .map(|(path, content)| (path.as_str(), content.as_deref()))
            .collect();
        let facts = profile::facts(&LocalAws {
            profile,
            env,
            files: &files,
            now,
        });
        match &facts.needs {
            Some(path) if read.len() < FILES_MAX && read.iter().all(|(known, _)| known != path) => {
                let content = place(path, env).and_then(|place| content(&place));
                read.push((path.clone(), content));
            }
            _ => return facts,
        }
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
