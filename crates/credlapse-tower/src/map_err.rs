//! The variant that makes `Diagnosed` errors.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::watch::Watch;
use crate::{ByError, Diagnose, Diagnosed};

/// Makes [`Diagnosed`] errors; see [`CredlapseLayer::map_err`](crate::CredlapseLayer::map_err).
#[derive(Clone, Debug)]
pub struct MapErrLayer<D = ByError> {
    watch: Watch<D>,
}

impl<D> MapErrLayer<D> {
    pub(crate) fn new(watch: Watch<D>) -> Self {
        Self { watch }
    }
}

impl<S, D: Clone> Layer<S> for MapErrLayer<D> {
    type Service = MapErr<S, D>;

    fn layer(&self, inner: S) -> Self::Service {
        MapErr {
            inner,
            watch: Arc::new(self.watch.clone()),
        }
    }
}

/// The service that [`MapErrLayer`] makes.
#[derive(Debug)]
pub struct MapErr<S, D = ByError> {
    inner: S,
    watch: Arc<Watch<D>>,
}

impl<S: Clone, D> Clone for MapErr<S, D> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            watch: Arc::clone(&self.watch),
        }
    }
}

impl<S, D, Request> Service<Request> for MapErr<S, D>
where
    S: Service<Request>,
    D: Diagnose<S::Response, S::Error>,
{
    type Response = S::Response;
    type Error = Diagnosed<S::Error>;
    type Future = MapErrFuture<S::Future, D>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(|error| {
            let diagnosis = self.watch.look::<S::Response, _>(Err(&error));
            Diagnosed::new(error, diagnosis)
        })
    }

    fn call(&mut self, request: Request) -> Self::Future {
        MapErrFuture {
            inner: self.inner.call(request),
            watch: Arc::clone(&self.watch),
        }
    }
}

pin_project! {
    /// The future of [`MapErr`].
    #[derive(Debug)]
    pub struct MapErrFuture<F, D> {
        #[pin]
        inner: F,
        watch: Arc<Watch<D>>,
    }
}

impl<F, D, Response, Error> Future for MapErrFuture<F, D>
where
    F: Future<Output = Result<Response, Error>>,
    D: Diagnose<Response, Error>,
{
    type Output = Result<Response, Diagnosed<Error>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let result = ready!(this.inner.poll(cx));
        let diagnosis = this.watch.look(result.as_ref());
        Poll::Ready(result.map_err(|error| Diagnosed::new(error, diagnosis)))
    }
}
