//! What the interceptor found, and how it travels with the error.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::interceptors::context;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use credlapse::{Context, Diagnosis};

use crate::Call;

/// What [`CredlapseInterceptor`](crate::CredlapseInterceptor) found out about a failed call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// The verdict.
    pub diagnosis: Diagnosis,
    /// The call that failed.
    pub call: Call,
    /// All that was known besides the error.
    pub(crate) context: Context,
}

/// A failure to get credentials, with the report in front.
///
/// It stands between the error that the SDK makes and the cause of the failure:
/// `source` is what the SDK's own error would have had as its source.
pub(crate) struct Diagnosed {
    pub(crate) report: Arc<Report>,
    failure: OrchestratorError<context::Error>,
}

impl Diagnosed {
    pub(crate) fn new(report: Arc<Report>, failure: OrchestratorError<context::Error>) -> Self {
        Self { report, failure }
    }
}

impl fmt::Display for Diagnosed {
    /// One line, as the texts of a chain are usually joined to one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let diagnosis = &self.report.diagnosis;
        write!(f, "{} {}", diagnosis.headline(), diagnosis.action())
    }
}

impl fmt::Debug for Diagnosed {
    /// As the failure: the verdict is in `Display`, and tools that print `{:?}` look for the cause.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(f)
    }
}

impl Error for Diagnosed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.failure.source()
    }
}
