//! The layer.

use std::sync::Arc;

use credlapse::Context;
use tower_layer::Layer;

use super::{Reauth, ReauthService};
use crate::ByError;
use crate::watch::Watch;

/// Logs in and tries again when credentials have expired.
///
/// Each call is tried at most once more. If the login fails, or takes longer than the
/// deadline, the caller gets the result that the service gave.
///
/// ```
/// use std::error::Error;
/// use std::sync::atomic::{AtomicBool, Ordering};
/// use std::time::Duration;
///
/// use credlapse_tower::{Reauth, ReauthLayer};
/// use tower::{Service, ServiceBuilder, ServiceExt, service_fn};
///
/// static LOGGED_IN: AtomicBool = AtomicBool::new(false);
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let reauth = Reauth::new(
///     |_| async {
///         LOGGED_IN.store(true, Ordering::Relaxed);
///         Ok::<(), std::io::Error>(())
///     },
///     || tokio::time::sleep(Duration::from_secs(300)),
/// );
/// let mut service = ServiceBuilder::new()
///     .layer(ReauthLayer::new(reauth))
///     .service(service_fn(|name: &'static str| async move {
///         match LOGGED_IN.load(Ordering::Relaxed) {
///             true => Ok(name),
///             false => Err(Box::<dyn Error + Send + Sync>::from("ExpiredToken: The provided token has expired.")),
///         }
///     }));
///
/// assert_eq!(service.ready().await.unwrap().call("report.csv").await.unwrap(), "report.csv");
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ReauthLayer<D = ByError> {
    reauth: Reauth,
    watch: Watch<D>,
}

impl ReauthLayer {
    /// A layer that logs in by `reauth`.
    #[must_use]
    pub fn new(reauth: Reauth) -> Self {
        Self {
            reauth,
            watch: Watch {
                diagnose: ByError,
                context: Context::default(),
                observer: None,
            },
        }
    }
}

impl<D> ReauthLayer<D> {
    /// What the program knows and the error does not.
    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.watch.context = context;
        self
    }

    /// Asks `diagnose` instead of the error, which can then be of any type.
    #[must_use]
    pub fn diagnose_with<D2>(self, diagnose: D2) -> ReauthLayer<D2> {
        ReauthLayer {
            reauth: self.reauth,
            watch: self.watch.with(diagnose),
        }
    }
}

impl<S, D: Clone> Layer<S> for ReauthLayer<D> {
    type Service = ReauthService<S, D>;

    fn layer(&self, inner: S) -> Self::Service {
        ReauthService::new(inner, self.reauth.clone(), Arc::new(self.watch.clone()))
    }
}
