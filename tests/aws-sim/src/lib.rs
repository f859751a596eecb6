//! A local AWS whose sessions lapse, for tests.
//!
//! [`Sim`] plays S3, STS, IAM Identity Center, IMDS and the container endpoint on one port of
//! 127.0.0.1, with real signature checks, and writes a home folder with the files that the AWS
//! tools would have there. Sessions, tokens and keys end when told to; answers fail when told to.
//! See the README for how faithful it is.
//!
//! ```
//! use aws_sim::{Lapse, Sim};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), aws_sim::Error> {
//! let sim = Sim::start().await?;
//! let environment = sim.environment().with_profile("sso");
//! assert_eq!(environment["AWS_ENDPOINT_URL"], sim.url());
//!
//! sim.expire(&Lapse::sso("corp"), 0)?;
//! // A program run with `environment` now finds its SSO session expired ...
//! sim.login("corp")?;
//! // ... and here it works again.
//! # Ok(())
//! # }
//! ```

mod admin;
mod aws;
mod body;
mod clock;
mod codes;
mod environment;
mod error;
mod fault;
mod glob;
mod home;
mod keys;
mod lapse;
mod log;
mod metadata;
mod mint;
mod oidc;
mod policy;
mod refusal;
mod route;
mod s3;
mod server;
mod sigv4;
mod sim;
mod sso;
mod sts;
mod web_identity;

pub use aws::{ACCOUNT, Aws, BUCKET, Credentials, REGION, Renewal};
pub use environment::{Environment, Variables};
pub use error::Error;
pub use fault::{Effect, ErrorReply, Fault};
pub use lapse::{Lapse, SsoLapse};
pub use log::Seen;
pub use policy::{Deny, Detail};
pub use route::Service;
pub use sim::Sim;
