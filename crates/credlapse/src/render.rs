//! A diagnosis in words: for people, for programs, as an exit status.

use alloc::string::String;

use crate::{Code, Diagnosis};

impl Diagnosis {
    /// The first line: what lapsed. At most 200 characters, no line break.
    #[must_use]
    pub fn headline(&self) -> String {
        String::new()
    }

    /// The second line: what to do. One line.
    #[must_use]
    pub fn action(&self) -> String {
        String::new()
    }

    /// The SDK's own words, redacted, one line, without the parentheses.
    #[must_use]
    pub fn detail(&self) -> String {
        String::new()
    }

    /// The error object for programs, as JSON on one line: `{"ok":false,"error":{...}}`.
    #[must_use]
    pub fn to_json(&self, exits: &ExitTable) -> String {
        let _ = exits;
        String::new()
    }
}

impl core::fmt::Display for Diagnosis {
    /// The three parts, without a final line break.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "{}\n  {}\n  ({})",
            self.headline(),
            self.action(),
            self.detail()
        )
    }
}

/// An exit status for each code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitTable {
    expired: u8,
    other: u8,
}

impl ExitTable {
    /// 10 for expiry, which reauthentication repairs; 8 for all else.
    pub const DEFAULT: Self = Self {
        expired: 10,
        other: 8,
    };

    /// The built-in table with this name: `default`, `cli-agent-spec-2026-07` or `rc`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        (name == "default").then_some(Self::DEFAULT)
    }

    /// The exit status for a code.
    #[must_use]
    pub const fn status(&self, code: Code) -> u8 {
        match code {
            Code::CredentialsExpired => self.expired,
            _ => self.other,
        }
    }
}
