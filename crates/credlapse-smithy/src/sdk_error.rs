//! The way from an error to a diagnosis.

use std::error::Error;
use std::sync::Arc;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use credlapse::{Context, Diagnosis, Evidence};

use crate::report::Diagnosed;
use crate::{Report, cause};

/// Diagnoses an error of the AWS SDK, whatever it is wrapped in.
///
/// An [`SdkError`] tells most. Of a `dyn Error` the public types among its sources
/// are used, and the texts of the others: the HTTP status of a service's answer is
/// then unknown, and so is a [`Report`] that travels with a response. Where the
/// operation is known, downcast first:
///
/// ```
/// # use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
/// # use aws_smithy_runtime_api::client::result::SdkError;
/// # use aws_smithy_types::body::SdkBody;
/// # use aws_smithy_types::error::ErrorMetadata as GetObjectError;
/// use credlapse::{Context, Kind};
/// use credlapse_smithy::SdkErrorExt;
///
/// # let code = GetObjectError::builder().code("ExpiredToken").build();
/// # let response = HttpResponse::new(400.try_into().unwrap(), SdkBody::empty());
/// # let failed = SdkError::service_error(code, response);
/// let error: Box<dyn std::error::Error + Send + Sync> = failed.into();
/// assert_eq!(
///     error.diagnose(&Context::default()).map(|d| d.kind),
///     Some(Kind::SessionTokenExpired)
/// );
///
/// let typed = error.downcast_ref::<SdkError<GetObjectError, HttpResponse>>().unwrap();
/// assert_eq!(typed.evidence().causes[0].status, Some(400));
/// ```
///
/// It is implemented here alone, so that it can grow.
pub trait SdkErrorExt: sealed::Sealed {
    /// All that the error tells, without a verdict.
    ///
    /// It is raw: secrets that stand in the error stand in the evidence too.
    fn evidence(&self) -> Evidence;

    /// What [`CredlapseInterceptor`](crate::CredlapseInterceptor) attached.
    fn report(&self) -> Option<&Report>;

    /// The verdict, or `None` where credentials are not the matter.
    ///
    /// What `context` leaves open is taken from the [`report`](Self::report),
    /// where there is one.
    fn diagnose(&self, context: &Context) -> Option<Diagnosis> {
        let mut evidence = self.evidence();
        evidence.context = merge(context.clone(), evidence.context);
        credlapse::diagnose(&evidence)
    }
}

mod sealed {
    pub trait Sealed {}
}

impl<E> sealed::Sealed for SdkError<E, HttpResponse> {}
impl sealed::Sealed for dyn Error + 'static {}
impl sealed::Sealed for dyn Error + Send + 'static {}
impl sealed::Sealed for dyn Error + Send + Sync + 'static {}

impl<E> SdkErrorExt for SdkError<E, HttpResponse>
where
    E: ProvideErrorMetadata + Error + 'static,
{
    fn evidence(&self) -> Evidence {
        let mut evidence = match self {
            Self::ServiceError(context) => {
                let error = context.err();
                cause::of_service(error, Some(error.meta()), context.raw())
            }
            other => cause::chain(other),
        };
        let report = self.report();
        let (mut service, mut operation) = cause::of_type::<E>();
        if let Some(report) = report {
            service = report.call.service.clone().or(service);
            operation = report.call.operation.clone().or(operation);
            evidence.context = merge(evidence.context, report.context.clone());
        }
        if let Some(outermost) = evidence.causes.first_mut() {
            outermost.service = outermost.service.take().or(service);
            outermost.operation = outermost.operation.take().or(operation);
        }
        evidence
    }

    fn report(&self) -> Option<&Report> {
        let attached = self
            .raw_response()
            .and_then(|response| response.extension::<Arc<Report>>());
        match attached {
            Some(report) => Some(report),
            None => find(self),
        }
    }
}

impl SdkErrorExt for dyn Error + 'static {
    fn evidence(&self) -> Evidence {
        let mut evidence = cause::chain(self);
        if let Some(report) = self.report() {
            evidence.context = report.context.clone();
            if let Some(outermost) = evidence.causes.first_mut() {
                outermost.service = outermost.service.take().or(report.call.service.clone());
                outermost.operation = outermost.operation.take().or(report.call.operation.clone());
            }
        }
        evidence
    }

    fn report(&self) -> Option<&Report> {
        find(self)
    }
}

impl SdkErrorExt for dyn Error + Send + 'static {
    fn evidence(&self) -> Evidence {
        (self as &(dyn Error + 'static)).evidence()
    }

    fn report(&self) -> Option<&Report> {
        find(self)
    }
}

impl SdkErrorExt for dyn Error + Send + Sync + 'static {
    fn evidence(&self) -> Evidence {
        (self as &(dyn Error + 'static)).evidence()
    }

    fn report(&self) -> Option<&Report> {
        find(self)
    }
}

fn find<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Report> {
    cause::links(error)
        .find_map(|link| link.downcast_ref::<Diagnosed>())
        .map(|diagnosed| &*diagnosed.report)
}

/// `first`, and what it leaves open from `second`.
fn merge(mut first: Context, second: Context) -> Context {
    first.subject = first.subject.or(second.subject);
    first.profile = first.profile.or(second.profile);
    first.facts = first.facts.or(second.facts);
    first.source = first.source.or(second.source);
    first.expires_at = first.expires_at.or(second.expires_at);
    first.now = first.now.or(second.now);
    first.server_time = first.server_time.or(second.server_time);
    if first.shell == credlapse::Shell::default() {
        first.shell = second.shell;
    }
    first.secrets.extend(second.secrets);
    first
}
