//! The service that [`ReauthLayer`](super::ReauthLayer) makes.

use std::mem;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_service::Service;

use super::{Reauth, ResponseFuture};
use crate::watch::Watch;
use crate::{ByError, Diagnose};

/// Logs in and tries again; see [`ReauthLayer`](super::ReauthLayer).
#[derive(Debug)]
pub struct ReauthService<S, D = ByError> {
    inner: S,
    reauth: Reauth,
    watch: Arc<Watch<D>>,
}

impl<S, D> ReauthService<S, D> {
    pub(super) fn new(inner: S, reauth: Reauth, watch: Arc<Watch<D>>) -> Self {
        Self {
            inner,
            reauth,
            watch,
        }
    }
}

impl<S: Clone, D> Clone for ReauthService<S, D> {
    fn clone(&self) -> Self {
        let watch = Arc::clone(&self.watch);
        Self::new(self.inner.clone(), self.reauth.clone(), watch)
    }
}

impl<S, D, Request> Service<Request> for ReauthService<S, D>
where
    S: Service<Request> + Clone,
    D: Diagnose<S::Response, S::Error>,
    Request: Clone,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = ResponseFuture<S, D, Request>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // The one that was made ready is called; its clone is not ready.
        let clone = self.inner.clone();
        let inner = mem::replace(&mut self.inner, clone);
        let watch = Arc::clone(&self.watch);
        ResponseFuture::new(inner, request, self.reauth.clone(), watch)
    }
}
