//! HTTP responses of S3 and other AWS services.

pub use self::body::ResponseBody;
pub use self::future::ResponseFuture;
pub use self::layer::CredlapseHttpLayer;
pub use self::service::CredlapseHttp;

use ::http::Response;
use credlapse::{Context, Diagnosis};

use crate::Diagnose;

mod answer;
mod body;
mod future;
mod layer;
mod service;

/// Takes the diagnosis that [`CredlapseHttpLayer`] left in a response.
///
/// With it [`ReauthLayer`](crate::ReauthLayer) can stand outside that layer:
///
/// ```
/// use credlapse_tower::http::{ByResponse, CredlapseHttpLayer};
/// use credlapse_tower::{Reauth, ReauthLayer};
/// use tower::ServiceBuilder;
///
/// # let reauth = Reauth::new(|_| async { Ok::<(), std::io::Error>(()) }, std::future::pending);
/// let stack = ServiceBuilder::new()
///     .layer(ReauthLayer::new(reauth).diagnose_with(ByResponse::default()))
///     .layer(CredlapseHttpLayer::new());
/// # let _ = stack;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ByResponse;

impl<B, Error> Diagnose<Response<B>, Error> for ByResponse {
    fn diagnosis(&self, result: Result<&Response<B>, &Error>, _: &Context) -> Option<Diagnosis> {
        result.ok()?.extensions().get::<Diagnosis>().cloned()
    }
}
