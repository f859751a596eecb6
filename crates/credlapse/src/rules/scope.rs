//! Where a signal counts.

use super::Symbol;
use crate::text::scan;

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

impl Scope {
    /// How much the scope narrows: an operation says more than that AWS answered.
    pub(crate) const fn narrowness(&self) -> u8 {
        match self {
            Self::Any => 0,
            Self::Silent | Self::Loading | Self::SessionToken | Self::Aws => 1,
            Self::Operation(_)
            | Self::Service(_)
            | Self::Module(_)
            | Self::Code(_)
            | Self::Answer(_) => 2,
        }
    }

    pub(crate) fn holds(&self, place: &Place<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Operation(names) => place.operation.is_some_and(|name| names.contains(&name)),
            Self::Service(names) => place
                .service
                .is_some_and(|service| names.iter().any(|name| is_same(name, service))),
            Self::Module(names) => place
                .module
                .is_some_and(|module| names.iter().any(|name| module.contains(name))),
            Self::Code(codes) => place.codes.iter().flatten().any(|code| {
                let class = scan::class(code.text);
                codes.contains(&code.text) || codes.contains(&class)
            }),
            Self::Answer(statuses) => place
                .status
                .is_some_and(|status| statuses.contains(&status)),
            Self::Silent => place.silent && place.aws,
            Self::Loading => place.loading,
            Self::SessionToken => place.session_token,
            Self::Aws => place.aws,
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
