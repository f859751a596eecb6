//! The answer for programs, as a file.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use credlapse::{Diagnosis, ExitTable};
use credlapse_command::explain::object;

/// A file that holds the answer of this run or does not exist.
pub(super) struct JsonFile(PathBuf);

impl JsonFile {
    /// Removes what an earlier run left: a file that is there was written by this one.
    pub(super) fn prepare(path: PathBuf) -> io::Result<Self> {
        let file = Self(path);
        let removed = if file.is_replaceable() {
            fs::remove_file(&file.0)
        } else {
            Ok(())
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(file.failed(&error)),
            _ => match fs::metadata(file.directory()) {
                Ok(directory) if directory.is_dir() => Ok(file),
                Ok(_) => Err(file.failed(&io::ErrorKind::NotADirectory.into())),
                Err(error) => Err(file.failed(&error)),
            },
        }
    }

    /// Writes the object that `explain --format json` prints; a reader sees all of it or nothing.
    pub(super) fn write(&self, diagnosis: Option<&Diagnosis>, exits: &ExitTable) -> io::Result<()> {
        let line = format!("{}\n", object(diagnosis, exits));
        self.put(line.as_bytes())
            .map_err(|error| self.failed(&error))
    }

    fn put(&self, line: &[u8]) -> io::Result<()> {
        if !self.is_replaceable() {
            return fs::OpenOptions::new()
                .write(true)
                .open(&self.0)?
                .write_all(line);
        }
        let mut name = std::ffi::OsString::from(".");
        name.push(self.0.file_name().unwrap_or_default());
        name.push(format!(".{}", std::process::id()));
        let draft = self.directory().join(name);
        let written = fs::File::create_new(&draft)
            .and_then(|mut file| file.write_all(line))
            .and_then(|()| fs::rename(&draft, &self.0));
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
        written
    }

    /// Whether it is a file or may become one; a pipe or `/dev/stderr` is written to as it is.
    fn is_replaceable(&self) -> bool {
        fs::metadata(&self.0).map_or(true, |metadata| metadata.is_file())
    }

    fn directory(&self) -> &Path {
        match self.0.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        }
    }

    fn failed(&self, error: &io::Error) -> io::Error {
        io::Error::other(format!("cannot write `{}`: {error}", self.0.display()))
    }
}
