//! The layer.

use std::sync::Arc;

use credlapse::{Context, Diagnosis};
use tower_layer::Layer;

use crate::watch::Watch;
use crate::{ByError, Credlapse, MapErrLayer};

/// Shows the diagnosis of each failed call to an observer; see the [crate] for an example.
///
/// The result of the call is never changed, and a call that succeeds is not looked at
/// longer than it takes to see that.
#[derive(Clone, Debug)]
pub struct CredlapseLayer<D = ByError> {
    watch: Watch<D>,
}

impl CredlapseLayer {
    /// A layer that asks the error itself and shows nobody.
    #[must_use]
    pub fn new() -> Self {
        Self {
            watch: Watch {
                diagnose: ByError,
                context: Context::default(),
                observer: None,
            },
        }
    }
}

impl<D> CredlapseLayer<D> {
    /// What the program knows and the error does not.
    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.watch.context = context;
        self
    }

    /// Is shown every diagnosis, on the task that made the call.
    #[must_use]
    pub fn observer(mut self, observer: impl Fn(&Diagnosis) + Send + Sync + 'static) -> Self {
        self.watch.observer = Some(Arc::new(observer));
        self
    }

    /// Asks `diagnose` instead of the error, which can then be of any type.
    ///
    /// ```
    /// use credlapse::{Context, Diagnosis};
    /// use credlapse_tower::CredlapseLayer;
    ///
    /// let layer = CredlapseLayer::new().diagnose_with(
    ///     |result: Result<&String, &std::io::Error>, context: &Context| -> Option<Diagnosis> {
    ///         let mut evidence = credlapse::text::read(&result.err()?.to_string());
    ///         evidence.context = context.clone();
    ///         credlapse::diagnose(&evidence)
    ///     },
    /// );
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn diagnose_with<D2>(self, diagnose: D2) -> CredlapseLayer<D2> {
        CredlapseLayer {
            watch: self.watch.with(diagnose),
        }
    }

    /// Makes [`Diagnosed`](crate::Diagnosed) errors of the errors of the service.
    #[must_use]
    pub fn map_err(self) -> MapErrLayer<D> {
        MapErrLayer::new(self.watch)
    }
}

impl Default for CredlapseLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl<S, D: Clone> Layer<S> for CredlapseLayer<D> {
    type Service = Credlapse<S, D>;

    fn layer(&self, inner: S) -> Self::Service {
        Credlapse::new(inner, Arc::new(self.watch.clone()))
    }
}
