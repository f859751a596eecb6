//! The policy for `tower::retry`.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tower::retry::Policy;

use super::{Reauth, Wait};
use crate::watch::Watch;
use crate::{ByError, Diagnose};

/// [`ReauthLayer`](super::ReauthLayer) as a policy of `tower::retry`, for policies that are made of several.
///
/// It differs where the login fails, or takes too long, while a call waits for it. `tower::retry` cannot
/// be called off once its policy waits, so the service then gets a second call, which the layer
/// spares it. The caller gets
///
/// 1. the response of the second call, if it has one;
/// 2. else the first error, as from the layer, if [`Diagnose::take`] can take it: it can take boxed errors
///    and those of the SDK, but not errors that are diagnosed by a closure, and no responses;
/// 3. else what came of the second call.
///
/// A call that fails when its login is known to have failed is not made again.
///
/// ```
/// use credlapse_tower::{Reauth, ReauthPolicy};
/// use tower::ServiceBuilder;
///
/// # let reauth = Reauth::new(|_| async { Ok::<(), std::io::Error>(()) }, std::future::pending);
/// let stack = ServiceBuilder::new().retry(ReauthPolicy::new(reauth));
/// # let _ = stack;
/// ```
#[derive(Clone, Debug)]
pub struct ReauthPolicy<D = ByError> {
    reauth: Reauth,
    watch: Arc<Watch<D>>,
    /// How many logins had ended when the call was made.
    seen: u64,
    /// After a call has failed.
    first: Option<Arc<First>>,
}

/// What is left of the first of two calls.
#[derive(Debug)]
struct First {
    renewed: AtomicBool,
    // As the policy is one for services of all types.
    error: Mutex<Option<Box<dyn Any + Send>>>,
}

impl First {
    fn new<E: Send + 'static>(error: Option<E>) -> Self {
        Self {
            renewed: AtomicBool::new(false),
            error: Mutex::new(error.map(|error| Box::new(error) as _)),
        }
    }

    /// The error, if another call was of no use from the start.
    fn error<E: 'static>(&self) -> Option<E> {
        if self.renewed.load(Ordering::Acquire) {
            return None;
        }
        let mut error = self.error.lock().unwrap_or_else(PoisonError::into_inner);
        error.take()?.downcast().ok().map(|error| *error)
    }
}

impl ReauthPolicy {
    /// A policy that logs in by `reauth`.
    #[must_use]
    pub fn new(reauth: Reauth) -> Self {
        Self {
            reauth,
            watch: Arc::new(Watch {
                diagnose: ByError,
                context: credlapse::Context::default(),
                observer: None,
            }),
            seen: 0,
            first: None,
        }
    }
}

impl<D: Clone> ReauthPolicy<D> {
    /// What the program knows and the error does not.
    #[must_use]
    pub fn context(mut self, context: credlapse::Context) -> Self {
        Arc::make_mut(&mut self.watch).context = context;
        self
    }

    /// Asks `diagnose` instead of the error, which can then be of any type.
    #[must_use]
    pub fn diagnose_with<D2>(self, diagnose: D2) -> ReauthPolicy<D2> {
        ReauthPolicy {
            reauth: self.reauth,
            watch: Arc::new(Arc::unwrap_or_clone(self.watch).with(diagnose)),
            seen: self.seen,
            first: self.first,
        }
    }
}

impl<D, Req, Res, E> Policy<Req, Res, E> for ReauthPolicy<D>
where
    D: Diagnose<Res, E>,
    Req: Clone,
    E: Send + 'static,
{
    type Future = Reauthenticated;

    fn retry(&mut self, _: &mut Req, result: &mut Result<Res, E>) -> Option<Self::Future> {
        if let Some(first) = &self.first {
            if let Err(second) = result
                && let Some(error) = first.error()
            {
                *second = error;
            }
            return None;
        }
        let diagnosis = self.watch.look(Result::as_ref(result))?;
        if !diagnosis.is_retryable() {
            return None;
        }
        let wait = self.reauth.wait(self.seen, &diagnosis);
        if wait.has_failed() {
            return None;
        }
        let error = result.as_mut().err();
        let error = error.and_then(|error| self.watch.diagnose.take(error));
        let first = Arc::new(First::new(error));
        self.first = Some(Arc::clone(&first));
        Some(Reauthenticated { wait, first })
    }

    fn clone_request(&mut self, request: &Req) -> Option<Req> {
        self.seen = self.reauth.ended();
        Some(request.clone())
    }
}

/// The future of [`ReauthPolicy`]: ends with the login, or at the deadline.
pub struct Reauthenticated {
    wait: Wait,
    first: Arc<First>,
}

impl Future for Reauthenticated {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let renewed = ready!(Pin::new(&mut self.wait).poll(cx));
        self.first.renewed.store(renewed, Ordering::Release);
        Poll::Ready(())
    }
}

impl fmt::Debug for Reauthenticated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reauthenticated").finish_non_exhaustive()
    }
}
