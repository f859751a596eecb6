//! The layer for HTTP responses.

use std::sync::Arc;

use credlapse::{Context, Diagnosis};
use tower_layer::Layer;

use super::CredlapseHttp;
use crate::watch::Watch;

/// Puts a [`Diagnosis`] among the extensions of responses that refuse a request.
///
/// 1. A response with another status than 400, 401 or 403, or without a header that AWS
///    services and S3-compatible servers set, goes on untouched.
/// 2. Otherwise up to [`CredlapseHttpLayer::PEEK`] bytes of the body are awaited and read
///    before the response goes on. The caller gets the same body, frame by frame, errors and
///    trailers included.
/// 3. If credentials are the matter, the diagnosis is inserted and shown to the observer.
///
/// ```
/// use credlapse::{Diagnosis, Kind};
/// use credlapse_tower::http::CredlapseHttpLayer;
/// use http::{Request, Response};
/// use http_body_util::{BodyExt, Full};
/// use tower::{Service, ServiceBuilder, ServiceExt, service_fn};
///
/// const BODY: &str = "<Error><Code>ExpiredToken</Code>\
///     <Message>The provided token has expired.</Message></Error>";
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let mut service = ServiceBuilder::new()
///     .layer(CredlapseHttpLayer::new())
///     .service(service_fn(|_: Request<()>| async {
///         let response = Response::builder().status(400).header("x-amz-request-id", "4TSJ3XNTG3M9EHZ1");
///         response.body(Full::new(BODY.as_bytes()))
///     }));
///
/// let response = service.ready().await.unwrap().call(Request::new(())).await.unwrap();
/// let diagnosis = response.extensions().get::<Diagnosis>().unwrap();
/// assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
/// assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), BODY);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CredlapseHttpLayer {
    watch: Watch<()>,
}

impl CredlapseHttpLayer {
    /// How many bytes of a body are looked at.
    pub const PEEK: usize = 64 * 1024;

    /// A layer that shows nobody.
    #[must_use]
    pub fn new() -> Self {
        Self {
            watch: Watch {
                diagnose: (),
                context: Context::default(),
                observer: None,
            },
        }
    }

    /// What the program knows and the response does not.
    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.watch.context = context;
        self
    }

    /// Is shown every diagnosis, on the task that made the call.
    #[must_use]
    pub fn observer(mut self, observer: impl Fn(&Diagnosis) + Send + Sync + 'static) -> Self {
        self.watch.observer = Some(Arc::new(observer));
        self
    }
}

impl Default for CredlapseHttpLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Layer<S> for CredlapseHttpLayer {
    type Service = CredlapseHttp<S>;

    fn layer(&self, inner: S) -> Self::Service {
        CredlapseHttp::new(inner, Arc::new(self.watch.clone()))
    }
}
