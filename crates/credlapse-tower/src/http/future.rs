//! The future of [`CredlapseHttp`](super::CredlapseHttp).

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::Response;
use http::response::Parts;
use http_body::Body;
use pin_project_lite::pin_project;

use super::body::Peeked;
use super::{CredlapseHttpLayer, ResponseBody, answer};
use crate::watch::Watch;

pin_project! {
    /// The future of [`CredlapseHttp`](super::CredlapseHttp).
    pub struct ResponseFuture<F, B: Body> {
        #[pin]
        inner: F,
        peek: Option<Peek<B>>,
        watch: Arc<Watch<()>>,
    }
}

/// A response that waits for the beginning of its body.
struct Peek<B: Body> {
    head: Parts,
    body: Peeked<B>,
    seen: Vec<u8>,
}

impl<B: Body> Peek<B> {
    fn new(response: Response<B>) -> Self {
        let (head, body) = response.into_parts();
        Self {
            head,
            body: Peeked::new(body),
            seen: Vec::new(),
        }
    }
}

impl<F, B: Body> ResponseFuture<F, B> {
    pub(super) fn new(inner: F, watch: Arc<Watch<()>>) -> Self {
        Self {
            inner,
            peek: None,
            watch,
        }
    }
}

impl<F, B: Body> fmt::Debug for ResponseFuture<F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

impl<F, B, Error> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<Response<B>, Error>>,
    B: Body,
{
    type Output = Result<Response<ResponseBody<B>>, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut peek = match this.peek.take() {
            Some(peek) => peek,
            None => {
                let response = ready!(this.inner.poll(cx))?;
                if !answer::may_refuse(response.status(), response.headers()) {
                    return Poll::Ready(Ok(response.map(ResponseBody::untouched)));
                }
                Peek::new(response)
            }
        };
        if peek
            .body
            .poll_peek(cx, &mut peek.seen, CredlapseHttpLayer::PEEK)
            .is_pending()
        {
            *this.peek = Some(peek);
            return Poll::Pending;
        }
        let evidence = answer::evidence(&peek.head, &peek.seen, &this.watch.context);
        if let Some(diagnosis) = credlapse::diagnose(&evidence) {
            this.watch.tell(&diagnosis);
            peek.head.extensions.insert(diagnosis);
        }
        let body = ResponseBody::peeked(peek.body);
        Poll::Ready(Ok(Response::from_parts(peek.head, body)))
    }
}
