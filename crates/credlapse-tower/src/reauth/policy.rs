//! The policy for `tower::retry`.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower::retry::Policy;

use super::{Reauth, Wait};
use crate::watch::Watch;
use crate::{ByError, Diagnose};

/// [`ReauthLayer`](super::ReauthLayer) as a policy of `tower::retry`.
///
/// `tower::retry` makes a call again once its policy has waited, whatever came of it. So if a
/// login fails while a call waits for it, the call is still made once more and its
/// result is what the caller gets; the layer spares that call and gives the first result.
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
    tried: bool,
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
            tried: false,
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
            tried: self.tried,
        }
    }
}

impl<D, Req, Res, E> Policy<Req, Res, E> for ReauthPolicy<D>
where
    D: Diagnose<Res, E>,
    Req: Clone,
{
    type Future = Reauthenticated;

    fn retry(&mut self, _: &mut Req, result: &mut Result<Res, E>) -> Option<Self::Future> {
        if self.tried {
            return None;
        }
        let diagnosis = self.watch.look(Result::as_ref(result))?;
        if !diagnosis.is_retryable() {
            return None;
        }
        self.tried = true;
        let wait = self.reauth.wait(self.seen, &diagnosis);
        (!wait.has_failed()).then_some(Reauthenticated { wait })
    }

    fn clone_request(&mut self, request: &Req) -> Option<Req> {
        self.seen = self.reauth.ended();
        Some(request.clone())
    }
}

/// The future of [`ReauthPolicy`]: ends with the login, or at the deadline.
pub struct Reauthenticated {
    wait: Wait,
}

impl Future for Reauthenticated {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.wait).poll(cx).map(drop)
    }
}

impl fmt::Debug for Reauthenticated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reauthenticated").finish_non_exhaustive()
    }
}
