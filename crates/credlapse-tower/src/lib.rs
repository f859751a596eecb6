//! Tower middleware that says what lapsed when an AWS call fails because of credentials.
//!
//! - [`CredlapseLayer`] shows the [`Diagnosis`](credlapse::Diagnosis) of each failed call to an
//!   observer. Errors go on as they are, or as [`Diagnosed`] after [`CredlapseLayer::map_err`].
//! - [`http::CredlapseHttpLayer`] (feature `http`) reads refusals of S3 and other AWS services as HTTP
//!   responses and puts the diagnosis among their extensions.
//! - [`ReauthLayer`] logs in again when credentials have expired, once for all calls that fail
//!   together, and repeats each of them once. [`ReauthPolicy`] (feature `retry`) does so for
//!   `tower::retry`.
//!
//! Which failures count is said by a [`Diagnose`]: by default the error itself, if it is an
//! [`AuthFailure`].
//!
//! # What this crate does not do
//!
//! It logs in nowhere by itself, reads no file and no clock, and starts no task and no timer: the
//! login and the time to wait for it come from the caller.
//!
//! # Example
//!
//! ```
//! use std::error::Error;
//! use std::sync::mpsc;
//!
//! use credlapse::Kind;
//! use credlapse_tower::CredlapseLayer;
//! use tower::{Service, ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let (sender, receiver) = mpsc::channel();
//! let mut service = ServiceBuilder::new()
//!     .layer(CredlapseLayer::new().observer(move |diagnosis| {
//!         let _ = sender.send(diagnosis.kind);
//!     }))
//!     .service(service_fn(|_: ()| async {
//!         Err::<(), Box<dyn Error + Send + Sync>>("ExpiredToken: The provided token has expired.".into())
//!     }));
//!
//! let error = service.ready().await.unwrap().call(()).await.unwrap_err();
//! assert_eq!(error.to_string(), "ExpiredToken: The provided token has expired.");
//! assert_eq!(receiver.try_recv(), Ok(Kind::SessionTokenExpired));
//! # }
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]

mod diagnose;
mod diagnosed;
mod failure;
mod future;
#[cfg(feature = "http")]
pub mod http;
mod layer;
mod map_err;
pub mod reauth;
mod service;
mod watch;

pub use diagnose::{ByError, Diagnose};
pub use diagnosed::Diagnosed;
pub use failure::AuthFailure;
pub use future::ResponseFuture;
pub use layer::CredlapseLayer;
pub use map_err::{MapErr, MapErrFuture, MapErrLayer};
#[cfg(feature = "retry")]
pub use reauth::ReauthPolicy;
pub use reauth::{Reauth, ReauthLayer};
pub use service::Credlapse;
