//! The verdict on a failure.

use alloc::string::String;

use crate::{Cause, Code, Confidence, Kind, Remedy, Retry, Shell, Timestamp};

/// The verdict: what lapsed, how sure that is, and what repairs it.
///
/// Every text in it is redacted and free of control characters.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The fine class.
    pub kind: Kind,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// What repairs it.
    pub remedy: Remedy,
    /// When the credentials ended, where that is known.
    pub expired_at: Option<Timestamp>,
    /// Whether a host may delete the credentials that it stored itself.
    ///
    /// True only for a definite expiry of temporary keys from
    /// [`CredentialSource::Caller`](crate::CredentialSource::Caller).
    pub safe_to_discard: bool,
    /// What failed, in the host's own words; "AWS" where the host gave none.
    pub subject: String,
    /// The profile in use, where known.
    pub profile: Option<String>,
    /// The cause that decided.
    pub cause: Cause,
    /// The name of the outermost error, where it differs from the deciding cause's.
    pub outer: Option<String>,
    /// The permission that is lacking, for example `s3:PutObject`.
    pub required_permission: Option<String>,
    /// The resource that the permission is for, usually an ARN.
    pub resource: Option<String>,
    /// The fact that settled an erased cause, as one clause.
    pub settled_by: Option<String>,
    /// The stable id of the rule that decided.
    pub rule: &'static str,
    /// The shell for which commands are shown.
    pub shell: Shell,
}

impl Diagnosis {
    /// The coarse class.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.kind.code()
    }

    /// What has to happen before a retry makes sense.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        self.kind.retry()
    }
}
