//! The interceptor that attaches a report to what fails.

use std::fmt;
use std::mem;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    Error, FinalizerInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use credlapse::{Context, Evidence, ProfileFacts, Timestamp};

use crate::report::Diagnosed;
use crate::{Call, Report, cause, identity, source};

pub use self::builder::CredlapseInterceptorBuilder;
use self::first_failure::FirstFailure;

mod builder;
mod first_failure;

type Observer = Arc<dyn Fn(&Report) + Send + Sync>;
type Facts = Arc<dyn Fn() -> Option<ProfileFacts> + Send + Sync>;

/// Attaches a [`Report`] to every call that fails because of credentials.
///
/// 1. An answer of the service (`SdkError::ServiceError`, `ResponseError`) carries the report in its
///    response. The error itself, `into_service_error()` included, stays as it was.
/// 2. A failure to get credentials (`SdkError::DispatchFailure`) carries it in its chain of sources,
///    where it prints as one line that says what lapsed and what to run.
/// 3. Timeouts and connection errors are left alone.
///
/// [`SdkErrorExt::report`](crate::SdkErrorExt::report) finds it in both. Retries are over when the
/// report is made, and the interceptor never fails a call. It does not run where a call
/// is dropped before it ends, where the client's configuration is refused, or for an error while the
/// body of a successful answer is read.
///
/// ```
/// use credlapse_smithy::CredlapseInterceptor;
///
/// let interceptor = CredlapseInterceptor::builder()
///     .subject("Datastore")
///     .profile("dev")
///     .observer(|report| eprintln!("{}", report.diagnosis))
///     .build();
/// # let _: &dyn aws_smithy_runtime_api::client::interceptors::Intercept = &interceptor;
/// // aws_sdk_s3::config::Builder::from(&sdk_config).interceptor(interceptor).build()
/// ```
#[derive(Clone)]
pub struct CredlapseInterceptor {
    context: Context,
    observer: Option<Observer>,
    facts: Option<Facts>,
    first_failure: Arc<FirstFailure>,
}

impl CredlapseInterceptor {
    /// An interceptor that knows nothing but what the client tells.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A builder, for what the client does not tell.
    #[must_use]
    pub fn builder() -> CredlapseInterceptorBuilder {
        CredlapseInterceptorBuilder::default()
    }

    fn report(
        &self,
        failure: &OrchestratorError<Error>,
        ctx: &FinalizerInterceptorContextMut<'_>,
        rc: &RuntimeComponents,
        cfg: &ConfigBag,
    ) -> Option<Report> {
        let mut evidence = self.evidence(failure, ctx, rc)?;
        let call = Call::of(cfg);
        if let Some(outermost) = evidence.causes.first_mut() {
            outermost.service.clone_from(&call.service);
            outermost.operation.clone_from(&call.operation);
        }
        evidence.context = Context {
            server_time: evidence.context.server_time,
            now: rc.time_source().map(|clock| timestamp(clock.now())),
            ..self.context.clone()
        };
        // Files and caches are looked into only where credentials are the matter.
        credlapse::diagnose(&evidence)?;
        if ctx.response().is_some() {
            let context = &mut evidence.context;
            context.source = context.source.or_else(|| source::of(cfg));
            context.expires_at = identity::partition(rc)
                .and_then(|partition| identity::cached(partition, rc, cfg))
                .and_then(|identity| identity.expiration())
                .map(timestamp);
        }
        evidence.context.facts = self.facts.as_ref().and_then(|facts| facts());
        Some(Report {
            diagnosis: credlapse::diagnose(&evidence)?,
            call,
            context: evidence.context,
        })
    }

    fn evidence(
        &self,
        failure: &OrchestratorError<Error>,
        ctx: &FinalizerInterceptorContextMut<'_>,
        rc: &RuntimeComponents,
    ) -> Option<Evidence> {
        match (failure.as_operation_error(), ctx.response()) {
            (Some(error), Some(response)) => Some(cause::of_service(error, None, response)),
            (None, Some(response)) => {
                let error = std::error::Error::source(failure)?;
                Some(cause::of_service(error, None, response))
            }
            _ => {
                let error = credential_failure(failure)?;
                let evidence = cause::chain(error);
                Some(
                    self.first_failure
                        .restore(identity::partition(rc), evidence),
                )
            }
        }
    }

    fn attach(&self, report: Report, ctx: &mut FinalizerInterceptorContextMut<'_>) {
        #[cfg(feature = "tracing")]
        crate::event::emit(&report);
        if let Some(observer) = &self.observer {
            observer(&report);
        }
        let report = Arc::new(report);
        if let Some(response) = ctx.response_mut() {
            response.add_extension(report);
        } else if let Some(slot) = ctx.output_or_error_mut() {
            let taken = mem::replace(slot, Err(OrchestratorError::other("taken")));
            *slot =
                taken.map_err(|failure| OrchestratorError::other(Diagnosed::new(report, failure)));
        }
    }
}

#[dyn_dispatch_hint]
impl Intercept for CredlapseInterceptor {
    fn name(&self) -> &'static str {
        "CredlapseInterceptor"
    }

    fn modify_before_completion(
        &self,
        ctx: &mut FinalizerInterceptorContextMut<'_>,
        rc: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(Err(failure)) = ctx.output_or_error()
            && let Some(report) = self.report(failure, ctx, rc, cfg)
        {
            self.attach(report, ctx);
        }
        Ok(())
    }
}

impl Default for CredlapseInterceptor {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for CredlapseInterceptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredlapseInterceptor")
            .field("subject", &self.context.subject)
            .field("profile", &self.context.profile)
            .finish_non_exhaustive()
    }
}

/// The cause where it is neither a timeout nor a connection error, whose kinds callers rely on.
fn credential_failure(
    failure: &OrchestratorError<Error>,
) -> Option<&(dyn std::error::Error + 'static)> {
    let settled = failure.is_operation_error()
        || failure.is_interceptor_error()
        || failure.is_timeout_error()
        || failure.is_response_error()
        || failure.is_connector_error();
    std::error::Error::source(failure).filter(|source| !settled && !source.is::<ConnectorError>())
}

fn timestamp(time: std::time::SystemTime) -> Timestamp {
    Timestamp(DateTime::from(time).secs())
}
