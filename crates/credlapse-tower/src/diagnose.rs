//! Who says whether a call failed because of credentials.

use credlapse::{Context, Diagnosis};

use crate::AuthFailure;

/// Says whether a call failed because of credentials.
///
/// It is implemented for [`ByError`], for `ByResponse` (feature `http`) and for
/// every `Fn(Result<&Response, &Error>, &Context) -> Option<Diagnosis>`.
pub trait Diagnose<Response, Error> {
    /// The verdict, or `None` where credentials are not the matter.
    fn diagnosis(&self, result: Result<&Response, &Error>, context: &Context) -> Option<Diagnosis>;

    /// Takes the error, if that can be done; see [`AuthFailure::take`].
    fn take(&self, error: &mut Error) -> Option<Error> {
        let _ = error;
        None
    }
}

impl<Response, Error, F> Diagnose<Response, Error> for F
where
    F: Fn(Result<&Response, &Error>, &Context) -> Option<Diagnosis>,
{
    fn diagnosis(&self, result: Result<&Response, &Error>, context: &Context) -> Option<Diagnosis> {
        self(result, context)
    }
}

/// Asks the error itself; see [`AuthFailure`].
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ByError;

impl<Response, Error: AuthFailure> Diagnose<Response, Error> for ByError {
    fn diagnosis(&self, result: Result<&Response, &Error>, context: &Context) -> Option<Diagnosis> {
        result.err()?.diagnosis(context)
    }

    fn take(&self, error: &mut Error) -> Option<Error> {
        error.take()
    }
}
