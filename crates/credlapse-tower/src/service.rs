//! The service that [`CredlapseLayer`](crate::CredlapseLayer) makes.

use std::sync::Arc;
use std::task::{Context, Poll};

use tower_service::Service;

use crate::watch::Watch;
use crate::{ByError, Diagnose, ResponseFuture};

/// Shows the diagnosis of each failed call; see [`CredlapseLayer`](crate::CredlapseLayer).
#[derive(Debug)]
pub struct Credlapse<S, D = ByError> {
    inner: S,
    watch: Arc<Watch<D>>,
}

impl<S, D> Credlapse<S, D> {
    pub(crate) fn new(inner: S, watch: Arc<Watch<D>>) -> Self {
        Self { inner, watch }
    }
}

impl<S: Clone, D> Clone for Credlapse<S, D> {
    fn clone(&self) -> Self {
        Self::new(self.inner.clone(), Arc::clone(&self.watch))
    }
}

impl<S, D, Request> Service<Request> for Credlapse<S, D>
where
    S: Service<Request>,
    D: Diagnose<S::Response, S::Error>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, D>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(|error| {
            self.watch.look::<S::Response, _>(Err(&error));
            error
        })
    }

    fn call(&mut self, request: Request) -> Self::Future {
        ResponseFuture::new(self.inner.call(request), Arc::clone(&self.watch))
    }
}
