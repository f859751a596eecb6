//! Where a failure comes from: files and standard input, as UTF-8.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;

use credlapse_command::decode::Decoded;
use credlapse_command::explain::Source;

/// A place to read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Stdin,
    File(PathBuf),
}

impl From<OsString> for Input {
    fn from(argument: OsString) -> Self {
        if argument == "-" {
            Self::Stdin
        } else {
            Self::File(argument.into())
        }
    }
}

impl Input {
    /// What it is called in a sentence.
    pub(crate) fn source(&self) -> Source<'_> {
        match self {
            Self::Stdin => Source::Stdin,
            Self::File(path) => Source::File(path),
        }
    }

    /// Opens it; what is read from it is UTF-8 wherever the source is text.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::Stdin => Box::new(Decoded::new(io::stdin().lock())),
            Self::File(path) => Box::new(Decoded::new(File::open(path)?)),
        })
    }

    /// Whether a person is expected to type or paste it.
    pub(crate) fn is_terminal(&self) -> bool {
        *self == Self::Stdin && io::stdin().is_terminal()
    }
}
