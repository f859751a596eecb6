//! An error with its diagnosis.

use std::error::Error;
use std::fmt;

use credlapse::{Context, Diagnosis};

use crate::AuthFailure;

/// An error with its diagnosis; see [`CredlapseLayer::map_err`](crate::CredlapseLayer::map_err).
#[derive(Debug)]
#[non_exhaustive]
pub struct Diagnosed<E> {
    /// The error of the service.
    pub error: E,
    /// The verdict, or `None` where credentials are not the matter.
    pub diagnosis: Option<Diagnosis>,
}

impl<E> Diagnosed<E> {
    pub(crate) fn new(error: E, diagnosis: Option<Diagnosis>) -> Self {
        Self { error, diagnosis }
    }
}

impl<E: fmt::Display> fmt::Display for Diagnosed<E> {
    /// What lapsed and what to run, on one line; without a diagnosis the error's own text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.diagnosis {
            Some(diagnosis) => write!(f, "{} {}", diagnosis.headline(), diagnosis.action()),
            None => self.error.fmt(f),
        }
    }
}

impl<E: Error + 'static> Error for Diagnosed<E> {
    /// The error itself, where its own text is not the one that is shown.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self.diagnosis {
            Some(_) => Some(&self.error),
            None => self.error.source(),
        }
    }
}

impl<E> AuthFailure for Diagnosed<E> {
    /// The verdict that was made where the error arose, with the words of that context.
    fn diagnosis(&self, _: &Context) -> Option<Diagnosis> {
        self.diagnosis.clone()
    }
}
