//! Where a signal counts.

/// Where a signal counts: every list that is not empty has to hold a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scope {
    /// Everywhere.
    Any,
    /// In a call of one of these operations.
    Operation(&'static [&'static str]),
    /// In a call of one of these services.
    Service(&'static [&'static str]),
    /// Together with one of these codes.
    Code(&'static [&'static str]),
    /// Where temporary keys are known to be in play.
    SessionToken,
    /// Where the failure is known to be one of AWS or of a store with its protocol.
    Aws,
}

impl Scope {
    /// Whether the signal counts everywhere.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }
}

/// What is known of the place of a cause.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'a> {
    pub(crate) service: Option<&'a str>,
    pub(crate) operation: Option<&'a str>,
    pub(crate) codes: [Option<&'a str>; 2],
    pub(crate) status: Option<u16>,
    pub(crate) session_token: bool,
    pub(crate) aws: bool,
}

impl Scope {
    pub(crate) fn holds(&self, place: &Place<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Operation(operations) => place
                .operation
                .is_some_and(|operation| operations.contains(&operation)),
            Self::Service(services) => place
                .service
                .is_some_and(|service| services.iter().any(|name| same_service(name, service))),
            Self::Code(codes) => place
                .codes
                .iter()
                .flatten()
                .any(|code| codes.contains(code)),
            Self::SessionToken => place.session_token,
            Self::Aws => place.aws,
        }
    }
}

/// SDKs spell one service in many ways: "SSO OIDC", "sso-oidc", "SSOOIDCServiceException".
fn same_service(name: &str, service: &str) -> bool {
    let service = service.strip_suffix("ServiceException").unwrap_or(service);
    letters(name).eq(letters(service))
}

fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.to_ascii_lowercase())
}
