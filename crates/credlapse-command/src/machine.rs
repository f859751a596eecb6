//! The machine on which a command runs: its variables, its files, its clock.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use credlapse::Timestamp;
use credlapse::check::{OldSdk, ProgramState};

/// How much of a file is read; the AWS CLI's own stay far below.
const FILE_MAX: u64 = 1024 * 1024;

/// What is asked of a machine; nothing is written.
pub trait Machine: fmt::Debug {
    /// An environment variable that is set.
    fn variable(&self, name: &str) -> Option<String>;

    /// The content of a file, by the path that [`ProfileFacts::needs`](credlapse::ProfileFacts::needs) gives.
    fn content(&self, path: &str) -> Option<String>;

    /// The permissions of such a file, where the system has such.
    fn mode(&self, path: &str) -> Option<u32>;

    /// The time by its clock.
    fn now(&self) -> Option<Timestamp>;
}

/// This machine, as the standard library knows it.
#[derive(Clone, Debug)]
pub struct Disk {
    home: Option<PathBuf>,
}

impl Disk {
    /// With the home directory of whoever runs this.
    #[must_use]
    pub fn of_this_user() -> Self {
        // An empty variable would make the working directory of it.
        let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
        Self::with_home(home)
    }

    /// With another home directory.
    #[must_use]
    pub const fn with_home(home: Option<PathBuf>) -> Self {
        Self { home }
    }

    /// Where a path lies that the core names: it is absolute, or below the home directory.
    fn place(&self, path: &str) -> Option<PathBuf> {
        let path = Path::new(path);
        if path.starts_with(".") || path.is_absolute() {
            return Some(path.into());
        }
        Some(self.home.as_deref()?.join(path))
    }
}

impl Machine for Disk {
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn content(&self, path: &str) -> Option<String> {
        content(&self.place(path)?)
    }

    #[cfg(unix)]
    fn mode(&self, path: &str) -> Option<u32> {
        mode(&self.place(path)?)
    }

    #[cfg(not(unix))]
    fn mode(&self, _: &str) -> Option<u32> {
        None
    }

    fn now(&self) -> Option<Timestamp> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok().map(Timestamp)
    }
}

/// The content of a regular file; nothing else is opened, because a pipe would block.
#[must_use]
pub fn content(path: &Path) -> Option<String> {
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

/// Whether a program can be run, looked for as a shell does.
#[cfg(unix)]
#[must_use]
pub fn program(name: &str) -> ProgramState {
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
#[must_use]
pub fn program(_: &str) -> ProgramState {
    ProgramState::Unknown
}

/// The old SDK that the project in the working directory depends on.
#[must_use]
pub fn old_sdk() -> Option<OldSdk> {
    let manifests = ["package.json", "go.mod"].into_iter();
    manifests
        .filter_map(|name| OldSdk::of_manifest(name, &content(Path::new(name))?))
        .next()
}
