//! The future of [`Credlapse`](crate::Credlapse).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::Diagnose;
use crate::watch::Watch;

pin_project! {
    /// The future of [`Credlapse`](crate::Credlapse).
    #[derive(Debug)]
    pub struct ResponseFuture<F, D> {
        #[pin]
        inner: F,
        watch: Arc<Watch<D>>,
    }
}

impl<F, D> ResponseFuture<F, D> {
    pub(crate) fn new(inner: F, watch: Arc<Watch<D>>) -> Self {
        Self { inner, watch }
    }
}

impl<F, D, Response, Error> Future for ResponseFuture<F, D>
where
    F: Future<Output = Result<Response, Error>>,
    D: Diagnose<Response, Error>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let result = ready!(this.inner.poll(cx));
        this.watch.look(result.as_ref());
        Poll::Ready(result)
    }
}
