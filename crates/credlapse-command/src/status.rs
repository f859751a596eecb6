//! Exit statuses: those of a diagnosis come from the exit table, these are the command's own.

use std::process::ExitCode;

/// An exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Status(pub(crate) u8);

impl Status {
    /// All is done, and no AWS credential failure was found.
    pub(crate) const SUCCESS: Self = Self(0);
    /// A line of NDJSON is not what it should be; `EX_DATAERR` of sysexits.
    pub(crate) const BAD_LINE: Self = Self(65);
    /// An input cannot be read; `EX_NOINPUT` of sysexits.
    pub(crate) const NO_INPUT: Self = Self(66);
    /// The answer cannot be written; `EX_IOERR` of sysexits.
    pub(crate) const CANNOT_WRITE: Self = Self(74);
    /// A command cannot be executed; as a shell has it.
    pub(crate) const CANNOT_RUN: Self = Self(126);
    /// There is no such command; as a shell has it.
    pub(crate) const NOT_FOUND: Self = Self(127);
    /// STS was asked and could not be reached.
    const UNREACHABLE: Self = Self(credlapse::check::UNREACHABLE);
    /// The arguments are wrong; clap's own.
    const USAGE: Self = Self(2);

    /// The statuses that are the command's own, and what they mean.
    pub(crate) const OWN: &'static [(Self, &'static str)] = &[
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
pub(crate) struct Outcome {
    diagnosis: Option<Status>,
    trouble: Option<Status>,
}

impl Outcome {
    pub(crate) fn add_diagnosis(&mut self, status: Status) {
        self.diagnosis.get_or_insert(status);
    }

    pub(crate) fn add_trouble(&mut self, status: Status) {
        self.trouble.get_or_insert(status);
    }

    pub(crate) fn status(&self) -> Status {
        self.diagnosis.or(self.trouble).unwrap_or(Status::SUCCESS)
    }
}
