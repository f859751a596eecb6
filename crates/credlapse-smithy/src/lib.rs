//! Says what lapsed when a call of the AWS SDK for Rust fails because of credentials.
//!
//! - [`SdkErrorExt`] reads any [`SdkError`](aws_smithy_runtime_api::client::result::SdkError) and any
//!   `dyn Error` (`anyhow`, `eyre`, boxed) that an SDK error is inside. It needs no set-up.
//! - [`CredlapseInterceptor`] sits in a client, sees what the error does not tell (the operation, when
//!   the credentials end, where they came from) and attaches a [`Report`], which
//!   [`SdkErrorExt::report`] finds again.
//! - [`CredentialRefresh`] (feature `refresh`) retries a call once with credentials that are fetched
//!   anew, where the service says that the cached ones have expired.
//!
//! What a failure is called and which command repairs it is decided by [`credlapse`] alone.
//!
//! # What this crate does not do
//!
//! It reads no file and no environment variable, logs in nowhere, and fails or changes no request. It
//! depends on no `aws-sdk-*` crate and not on `aws-config`.
//!
//! # Example
//!
//! ```
//! use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
//! use aws_smithy_runtime_api::client::result::SdkError;
//! use aws_smithy_types::body::SdkBody;
//! use aws_smithy_types::error::ErrorMetadata;
//! use credlapse::{Context, Kind};
//! use credlapse_smithy::SdkErrorExt;
//!
//! # fn failed_call() -> SdkError<ErrorMetadata, HttpResponse> {
//! #     SdkError::service_error(
//! #         ErrorMetadata::builder()
//! #             .code("ExpiredToken")
//! #             .message("The provided token has expired.")
//! #             .build(),
//! #         HttpResponse::new(400.try_into().unwrap(), SdkBody::empty()),
//! #     )
//! # }
//! let error = failed_call();
//! let diagnosis = error.diagnose(&Context::default()).unwrap();
//! assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]

mod call;
mod cause;
#[cfg(feature = "tracing")]
mod event;
mod identity;
mod interceptor;
#[cfg(feature = "refresh")]
mod refresh;
mod report;
mod response;
mod sdk_error;
mod source;

pub use call::Call;
pub use interceptor::{CredlapseInterceptor, CredlapseInterceptorBuilder};
#[cfg(feature = "refresh")]
pub use refresh::CredentialRefresh;
pub use report::Report;
pub use sdk_error::SdkErrorExt;
