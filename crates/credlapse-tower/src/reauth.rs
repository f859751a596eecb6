//! One login for all calls that fail together, and one more try for each of them.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use credlapse::Diagnosis;

pub use self::future::ResponseFuture;
pub use self::layer::ReauthLayer;
#[cfg(feature = "retry")]
pub use self::policy::{ReauthPolicy, Reauthenticated};
pub use self::service::ReauthService;

use self::flight::{Flights, Outcome, Seat};

mod flight;
mod future;
mod layer;
#[cfg(feature = "retry")]
mod policy;
mod service;

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Login = dyn Fn(&Diagnosis) -> BoxFuture<bool> + Send + Sync;
type Deadline = dyn Fn() -> BoxFuture<()> + Send + Sync;

/// Logs in, at most once at a time.
///
/// Clones share the login: give every client that uses the same credentials a clone.
///
/// 1. A call that fails with an expiry that is not merely
///    [possible](credlapse::Confidence::Possible) starts the login, or joins the one under way.
/// 2. A call that was made before the last login ended takes its outcome and starts none.
/// 3. Whoever waits is bounded by its own deadline. The login is driven by those who wait, and is
///    dropped with the last of them.
/// 4. A login that fails, or panics, has failed for all who wait.
///
/// ```
/// use std::time::Duration;
///
/// use credlapse_tower::Reauth;
///
/// async fn aws_sso_login(argv: Vec<String>) -> std::io::Result<()> {
///     // spawn it and wait for its end
/// #   let _ = argv;
///     Ok(())
/// }
///
/// let reauth = Reauth::new(
///     |diagnosis| aws_sso_login(diagnosis.remedy.argv.iter().map(|word| word.to_string()).collect()),
///     || tokio::time::sleep(Duration::from_secs(300)),
/// );
/// # let _ = reauth;
/// ```
#[derive(Clone)]
pub struct Reauth {
    flights: Arc<Flights>,
    login: Arc<Login>,
    deadline: Arc<Deadline>,
}

impl Reauth {
    /// Logs in by `login`; `deadline` ends when a call has waited long enough.
    pub fn new<L, F, E, W, T>(login: L, deadline: W) -> Self
    where
        L: Fn(&Diagnosis) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
        W: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        Self {
            flights: Arc::default(),
            login: Arc::new(move |diagnosis| {
                let login = login(diagnosis);
                Box::pin(async move { note(login.await.map_err(Into::into)) })
            }),
            deadline: Arc::new(move || Box::pin(deadline())),
        }
    }

    /// How many logins have ended; a call notes it before it is made.
    fn ended(&self) -> u64 {
        self.flights.ended()
    }

    /// Waits for a login that ends after `seen` logins had.
    fn wait(&self, seen: u64, diagnosis: &Diagnosis) -> Wait {
        let (login, diagnosis) = (Arc::clone(&self.login), diagnosis.clone());
        let start = Box::new(move || login(&diagnosis));
        match self.flights.join(seen, start) {
            Ok(seat) => Wait::Seated {
                seat,
                deadline: (self.deadline)(),
            },
            Err(outcome) => Wait::Over { outcome },
        }
    }
}

impl fmt::Debug for Reauth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reauth").finish_non_exhaustive()
    }
}

/// Callers see the error of the service, so the login's own goes to the log.
fn note(result: Result<(), Box<dyn Error + Send + Sync>>) -> bool {
    #[cfg(feature = "tracing")]
    if let Err(error) = &result {
        let error = credlapse::redact::redact(&error.to_string(), &[]);
        tracing::warn!(target: "credlapse", error, "login failed");
    }
    result.is_ok()
}

/// True if credentials are new.
enum Wait {
    Seated { seat: Seat, deadline: BoxFuture<()> },
    Over { outcome: Outcome },
}

impl Wait {
    /// Whether it is already known that credentials are not new.
    #[cfg(feature = "retry")]
    fn has_failed(&self) -> bool {
        matches!(self, Self::Over { outcome } if *outcome == Outcome::Failed)
    }
}

impl Future for Wait {
    type Output = bool;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        match &mut *self {
            Self::Over { outcome } => Poll::Ready(*outcome == Outcome::Good),
            Self::Seated { seat, deadline } => match seat.poll(cx) {
                Poll::Ready(outcome) => Poll::Ready(outcome == Outcome::Good),
                Poll::Pending => deadline.as_mut().poll(cx).map(|()| false),
            },
        }
    }
}
