//! Where a signal counts.

use super::Symbol;
use crate::digits;
use crate::text::scan::{self, List};

/// Where a signal counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scope {
    /// Everywhere.
    Any,
    /// In a call of one of these operations.
    Operation(&'static [&'static str]),
    /// In a call of one of these services, however an SDK spells it.
    Service(&'static [&'static str]),
    /// In code of one of these modules of an SDK, as a stack names them.
    Module(&'static [&'static str]),
    /// Together with one of these codes or names.
    Code(&'static [&'static str]),
    /// Together with one of these HTTP statuses.
    Answer(&'static [u16]),
    /// In an answer of AWS, or of a store with its protocol, that has no message of its own.
    Silent,
    /// Inside a failed attempt to load credentials.
    Loading,
    /// Where temporary keys are known to be in play.
    SessionToken,
    /// Where the failure is known to be one of AWS or of a store with its protocol.
    Aws,
}

/// What is known of the place of a cause.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'a> {
    pub(crate) service: Option<&'a str>,
    pub(crate) operation: Option<&'a str>,
    pub(crate) module: Option<&'a str>,
    /// Code and name.
    pub(crate) codes: [Option<Symbol<'a>>; 2],
    pub(crate) status: Option<u16>,
    pub(crate) silent: bool,
    pub(crate) loading: bool,
    pub(crate) session_token: bool,
    pub(crate) aws: bool,
}

/// A scope as the tables pack it.
///
/// A capital for its sort and then its names, each behind a `|`; a word where
/// it has no names; nothing for everywhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed(pub(super) &'static str);

impl Packed {
    /// The first name, or the word.
    pub(super) fn name(self) -> Option<&'static str> {
        List(self.0).find(&|name| name.len() > 1)
    }

    /// How much the scope narrows: an operation says more than that AWS answered.
    pub(super) fn narrowness(self) -> u8 {
        match self.0.as_bytes() {
            [] => 0,
            [_, b'|', ..] => 2,
            _ => 1,
        }
    }

    pub(super) fn holds(self, place: &Place<'_>) -> bool {
        let names = List(self.0.get(2..).unwrap_or(""));
        match self.0.bytes().next() {
            None => true,
            Some(b'O') => place.operation.is_some_and(|name| names.has(name)),
            Some(b'S') => place
                .service
                .is_some_and(|service| names.any(&|name| is_same(name, service))),
            Some(b'M') => place.module.is_some_and(|module| names.is_in(module)),
            Some(b'C') => {
                let mut codes = place.codes.iter().flatten();
                codes.any(|code| names.has(code.text) || names.has(scan::class(code.text)))
            }
            Some(b'A') => names.any(&|name| digits::read(name, 10) == place.status),
            Some(b's') => place.silent && place.aws,
            Some(b'l') => place.loading,
            Some(b't') => place.session_token,
            _ => place.aws,
        }
    }
}

/// SDKs spell one service in many ways: "SSO OIDC", "sso-oidc", "SSOOIDCServiceException".
fn is_same(name: &str, service: &str) -> bool {
    let service = service.strip_suffix("ServiceException").unwrap_or(service);
    letters(name).eq(letters(service))
}

fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.to_ascii_lowercase())
}
