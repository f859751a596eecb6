//! Exit statuses: those of a diagnosis come from the exit table, these are the command's own.

use std::process::ExitCode;

/// An exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(pub u8);

impl Status {
    /// All is done, and no AWS credential failure was found.
    pub const SUCCESS: Self = Self(0);
    /// A line of NDJSON is not what it should be; `EX_DATAERR` of sysexits.
    pub const BAD_LINE: Self = Self(65);
    /// An input cannot be read; `EX_NOINPUT` of sysexits.
    pub const NO_INPUT: Self = Self(66);
    /// The answer cannot be written; `EX_IOERR` of sysexits.
    pub const CANNOT_WRITE: Self = Self(74);
    /// A command cannot be executed; as a shell has it.
    pub const CANNOT_RUN: Self = Self(126);
    /// There is no such command; as a shell has it.
    pub const NOT_FOUND: Self = Self(127);
    /// STS was asked and could not be reached.
    const UNREACHABLE: Self = Self(credlapse::check::UNREACHABLE);
    /// The arguments are wrong; clap's own.
    const USAGE: Self = Self(2);

    /// The statuses that are the command's own, and what they mean.
    pub const OWN: &'static [(Self, &'static str)] = &[
        (
            Self::SUCCESS,
            "no AWS credential failure was found, or nothing stands in the way",
        ),
        (Self::USAGE, "bad usage"),
        (Self::BAD_LINE, "a line of NDJSON is not what it should be"),
        (Self::NO_INPUT, "a file cannot be read"),
        (
            Self::UNREACHABLE,
            "STS could not be reached; nothing is known against the credentials",
        ),
        (Self::CANNOT_WRITE, "the answer cannot be written"),
        (Self::CANNOT_RUN, "the command of `run` cannot be executed"),
        (Self::NOT_FOUND, "there is no command as that of `run`"),
    ];
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.0)
    }
}

/// What the inputs came to: the first diagnosis counts, then the first trouble.
#[derive(Debug, Default)]
pub struct Outcome {
    diagnosis: Option<Status>,
    trouble: Option<Status>,
}

impl Outcome {
    /// Adds the status of a diagnosis.
    pub fn add_diagnosis(&mut self, status: Status) {
        self.diagnosis.get_or_insert(status);
    }

    /// Adds the status of an input that could not be read as it should be.
    pub fn add_trouble(&mut self, status: Status) {
        self.trouble.get_or_insert(status);
    }

    /// The status that all inputs come to.
    #[must_use]
    pub fn status(&self) -> Status {
        self.diagnosis.or(self.trouble).unwrap_or(Status::SUCCESS)
    }
}
