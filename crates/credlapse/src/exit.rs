//! Exit statuses, as data.

mod file;

pub use file::ExitTableError;

use crate::{Code, Kind};

/// An exit status for each code.
///
/// ```
/// use credlapse::{ExitTable, Kind};
///
/// assert_eq!(ExitTable::DEFAULT.status(Kind::SsoSessionExpired), 10);
/// assert_eq!(ExitTable::DEFAULT.status(Kind::PermissionDenied), 8);
/// let spec = ExitTable::named("cli-agent-spec-2026-07").unwrap();
/// assert_eq!(spec.status(Kind::SsoSessionExpired), 8);
/// assert_eq!(spec.status(Kind::PermissionDenied), 7);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitTable {
    /// In the order of [`Code::ALL`].
    codes: [u8; Code::ALL.len()],
    /// In the order of [`Kind::ALL`]: 0 where the status is that of the code.
    kinds: [u8; Kind::ALL.len()],
}

impl ExitTable {
    /// 10 for expiry, which reauthentication repairs; 8 for all else.
    pub const DEFAULT: Self = Self::of([10, 8, 8, 8, 8, 8, 8, 8, 8]);

    /// Expired and unauthenticated 8, denied 7: section 53 of the CLI Agent Spec of July 2026.
    pub const CLI_AGENT_SPEC_2026_07: Self = Self::of([8, 8, 8, 8, 8, 7, 8, 8, 8]);

    /// 4 for every auth failure, as `rc` has it.
    pub const RC: Self = Self::of([4; Code::ALL.len()]);

    /// The statuses of `sysexits.h`.
    ///
    /// | code | status | why |
    /// |---|---|---|
    /// | `CREDENTIALS_EXPIRED` | 75 `EX_TEMPFAIL` | the same call succeeds after a login |
    /// | `CREDENTIALS_MISSING`, `CREDENTIALS_MISCONFIGURED` | 78 `EX_CONFIG` | something has to be set up |
    /// | `CREDENTIALS_UNAVAILABLE` | 69 `EX_UNAVAILABLE` | a service that is needed does not answer |
    /// | `CLOCK_SKEW` | 71 `EX_OSERR` | the machine itself is wrong |
    /// | all else | 77 `EX_NOPERM` | the service refuses, and will again |
    pub const SYSEXITS: Self = Self::of([75, 78, 77, 78, 69, 77, 71, 77, 77]);

    /// The names of the built-in tables.
    pub const NAMES: &'static [&'static str] =
        &["default", "cli-agent-spec-2026-07", "rc", "sysexits"];

    /// The built-in table with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        const TABLES: [ExitTable; 4] = [
            ExitTable::DEFAULT,
            ExitTable::CLI_AGENT_SPEC_2026_07,
            ExitTable::RC,
            ExitTable::SYSEXITS,
        ];
        let place = Self::NAMES.iter().position(|known| *known == name)?;
        TABLES.get(place).cloned()
    }

    const fn of(codes: [u8; Code::ALL.len()]) -> Self {
        Self {
            codes,
            kinds: [0; Kind::ALL.len()],
        }
    }

    /// This table with another status for one code.
    #[must_use]
    pub fn with(mut self, code: Code, status: u8) -> Self {
        if let Some(slot) = self.codes.get_mut(code as usize) {
            *slot = status;
        }
        self
    }

    /// This table with a status of its own for one kind; 0 gives it that of its code again.
    ///
    /// ```
    /// use credlapse::{Code, ExitTable, Kind};
    ///
    /// let table = ExitTable::DEFAULT.with_kind(Kind::SsoNotLoggedIn, 10);
    /// assert_eq!(table.status(Kind::SsoNotLoggedIn), 10);
    /// assert_eq!(table.status(Kind::CredentialsMissing), 8);
    /// assert_eq!(table.of_code(Code::CredentialsMissing), 8);
    /// ```
    #[must_use]
    pub fn with_kind(mut self, kind: Kind, status: u8) -> Self {
        if let Some(slot) = self.kinds.get_mut(kind as usize) {
            *slot = status;
        }
        self
    }

    /// The exit status for a kind.
    #[must_use]
    pub fn status(&self, kind: Kind) -> u8 {
        match self.kinds.get(kind as usize) {
            None | Some(0) => self.of_code(kind.code()),
            Some(own) => *own,
        }
    }

    /// The exit status for a code.
    #[must_use]
    pub fn of_code(&self, code: Code) -> u8 {
        self.codes.get(code as usize).copied().unwrap_or(1)
    }
}

impl Default for ExitTable {
    fn default() -> Self {
        Self::DEFAULT
    }
}
