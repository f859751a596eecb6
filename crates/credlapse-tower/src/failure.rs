//! Errors that can say whether credentials are the matter.

use std::error::Error;
use std::{fmt, mem};

use credlapse::{Context, Diagnosis};

/// An error that can say whether credentials are the matter.
///
/// It is implemented for boxed errors and, with the feature `smithy`, for the SDK's
/// `SdkError`. For another error implement it or use
/// [`CredlapseLayer::diagnose_with`](crate::CredlapseLayer::diagnose_with).
///
/// ```
/// use credlapse::{Cause, Context, Diagnosis, Evidence, Kind, diagnose};
/// use credlapse_tower::AuthFailure;
///
/// struct Refused {
///     code: String,
/// }
///
/// impl AuthFailure for Refused {
///     fn diagnosis(&self, context: &Context) -> Option<Diagnosis> {
///         let mut evidence = Evidence::default();
///         evidence.causes.push(Cause {
///             code: Some(self.code.clone()),
///             ..Cause::default()
///         });
///         evidence.context = context.clone();
///         diagnose(&evidence)
///     }
/// }
///
/// let refused = Refused { code: "ExpiredToken".into() };
/// let diagnosis = refused.diagnosis(&Context::default()).unwrap();
/// assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
/// ```
pub trait AuthFailure {
    /// The verdict, or `None` where credentials are not the matter.
    fn diagnosis(&self, context: &Context) -> Option<Diagnosis>;

    /// Takes the error and leaves another in its place, which nobody is going to see.
    ///
    /// `ReauthPolicy` keeps the first error of a call so. The default, `None`, is
    /// for errors of which none can be made out of nothing.
    fn take(&mut self) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// Stands where an error was taken.
#[derive(Debug)]
struct Taken;

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the error was taken")
    }
}

impl Error for Taken {}

// For every lifetime, not for `'static` alone: a task that holds a service of such
// errors across an `await` could not be spawned otherwise (rust-lang/rust#110338).
impl AuthFailure for Box<dyn Error + Send + Sync + '_> {
    /// With the feature `smithy` the public types of the SDK among the sources are
    /// used; without it all of them are read by what they print.
    fn diagnosis(&self, context: &Context) -> Option<Diagnosis> {
        #[cfg(feature = "smithy")]
        if let Some(source) = self.source()
            && let Some(diagnosis) = credlapse_smithy::SdkErrorExt::diagnose(source, context)
        {
            return Some(diagnosis);
        }
        let mut evidence = credlapse::chain::read(&**self);
        evidence.context = context.clone();
        credlapse::diagnose(&evidence)
    }

    fn take(&mut self) -> Option<Self> {
        Some(mem::replace(self, Taken.into()))
    }
}

#[cfg(feature = "smithy")]
impl<E> AuthFailure
    for aws_smithy_runtime_api::client::result::SdkError<
        E,
        aws_smithy_runtime_api::client::orchestrator::HttpResponse,
    >
where
    E: aws_smithy_types::error::metadata::ProvideErrorMetadata + Error + 'static,
{
    fn diagnosis(&self, context: &Context) -> Option<Diagnosis> {
        credlapse_smithy::SdkErrorExt::diagnose(self, context)
    }

    fn take(&mut self) -> Option<Self> {
        Some(mem::replace(self, Self::construction_failure(Taken)))
    }
}
