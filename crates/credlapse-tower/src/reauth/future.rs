//! The future of [`ReauthService`](super::ReauthService).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;
use tower_service::Service;

use super::{Reauth, Wait};
use crate::Diagnose;
use crate::watch::Watch;

pin_project! {
    /// The future of [`ReauthService`](super::ReauthService).
    pub struct ResponseFuture<S: Service<R>, D, R> {
        #[pin]
        state: State<S::Future, S::Response, S::Error>,
        service: S,
        request: Option<R>,
        // How many logins had ended when the call was made.
        seen: u64,
        reauth: Reauth,
        watch: Arc<Watch<D>>,
    }
}

pin_project! {
    #[project = StateProj]
    enum State<F, T, E> {
        Called {
            #[pin]
            call: F,
        },
        Waiting {
            wait: Wait,
            result: Option<Result<T, E>>,
        },
        Ready,
    }
}

impl<S: Service<R>, D, R: Clone> ResponseFuture<S, D, R> {
    pub(super) fn new(mut service: S, request: R, reauth: Reauth, watch: Arc<Watch<D>>) -> Self {
        let seen = reauth.ended();
        let call = service.call(request.clone());
        Self {
            state: State::Called { call },
            service,
            request: Some(request),
            seen,
            reauth,
            watch,
        }
    }
}

impl<S, D, R> Future for ResponseFuture<S, D, R>
where
    S: Service<R>,
    D: Diagnose<S::Response, S::Error>,
{
    type Output = Result<S::Response, S::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            match this.state.as_mut().project() {
                StateProj::Called { call } => {
                    let result = ready!(call.poll(cx));
                    // The request is gone with the second try.
                    let diagnosis = match this.request {
                        Some(_) => this.watch.look(result.as_ref()),
                        None => None,
                    };
                    match diagnosis.filter(|diagnosis| diagnosis.is_retryable()) {
                        Some(diagnosis) => this.state.set(State::Waiting {
                            wait: this.reauth.wait(*this.seen, &diagnosis),
                            result: Some(result),
                        }),
                        None => return Poll::Ready(result),
                    }
                }
                StateProj::Waiting { wait, result } => {
                    let renewed = ready!(Pin::new(wait).poll(cx));
                    match result.take() {
                        Some(result) if !renewed => return Poll::Ready(result),
                        _ => this.state.set(State::Ready),
                    }
                }
                StateProj::Ready => {
                    ready!(this.service.poll_ready(cx))?;
                    let Some(request) = this.request.take() else {
                        return Poll::Pending;
                    };
                    let call = this.service.call(request);
                    this.state.set(State::Called { call });
                }
            }
        }
    }
}
