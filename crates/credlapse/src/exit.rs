//! Exit statuses, as data.

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
    statuses: [u8; Code::ALL.len()],
}

impl ExitTable {
    /// 10 for expiry, which reauthentication repairs; 8 for all else.
    pub const DEFAULT: Self = Self {
        statuses: [10, 8, 8, 8, 8, 8, 8, 8, 8],
    };

    /// Expired and unauthenticated 8, denied 7: section 53 of the CLI Agent Spec of July 2026.
    pub const CLI_AGENT_SPEC_2026_07: Self = Self {
        statuses: [8, 8, 8, 8, 8, 7, 8, 8, 8],
    };

    /// 4 for every auth failure, as `rc` has it.
    pub const RC: Self = Self {
        statuses: [4; Code::ALL.len()],
    };

    /// The names of the built-in tables.
    pub const NAMES: &'static [&'static str] = &["default", "cli-agent-spec-2026-07", "rc"];

    /// The built-in table with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "default" => Some(Self::DEFAULT),
            "cli-agent-spec-2026-07" => Some(Self::CLI_AGENT_SPEC_2026_07),
            "rc" => Some(Self::RC),
            _ => None,
        }
    }

    /// This table with another status for one code.
    #[must_use]
    pub fn with(mut self, code: Code, status: u8) -> Self {
        for (known, slot) in Code::ALL.iter().zip(&mut self.statuses) {
            if *known == code {
                *slot = status;
            }
        }
        self
    }

    /// The exit status for a kind.
    #[must_use]
    pub fn status(&self, kind: Kind) -> u8 {
        self.of_code(kind.code())
    }

    /// The exit status for a code.
    #[must_use]
    pub fn of_code(&self, code: Code) -> u8 {
        let found = Code::ALL
            .iter()
            .zip(self.statuses)
            .find(|(known, _)| **known == code);
        found.map_or(1, |(_, status)| status)
    }
}

impl Default for ExitTable {
    fn default() -> Self {
        Self::DEFAULT
    }
}
