//! The service that [`CredlapseHttpLayer`](super::CredlapseHttpLayer) makes.

use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::{ResponseBody, ResponseFuture};
use crate::watch::Watch;

/// Diagnoses responses; see [`CredlapseHttpLayer`](super::CredlapseHttpLayer).
#[derive(Clone, Debug)]
pub struct CredlapseHttp<S> {
    inner: S,
    watch: Arc<Watch<()>>,
}

impl<S> CredlapseHttp<S> {
    pub(super) fn new(inner: S, watch: Arc<Watch<()>>) -> Self {
        Self { inner, watch }
    }
}

impl<S, ReqBody, ResBody> Service<Request<ReqBody>> for CredlapseHttp<S>
where
    S: Service<Request<ReqBody>, Response = Response<ResBody>>,
    ResBody: Body,
{
    type Response = Response<ResponseBody<ResBody>>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, ResBody>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<ReqBody>) -> Self::Future {
        ResponseFuture::new(self.inner.call(request), Arc::clone(&self.watch))
    }
}
