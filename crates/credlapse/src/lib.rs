//! Classifies AWS credential failures: what lapsed, and which command fixes it.
//!
//! A failed AWS call names its operation, its lock or its provider chain, and
//! hides the one line that would help. This crate turns all that is known of
//! such a failure, the [`Evidence`], into a [`Diagnosis`]: a [`Kind`] for
//! people, a [`Code`] for programs, the exact command, and an exit status.
//!
//! ```
//! use credlapse::{Code, ExitTable, diagnose, text};
//!
//! let printed = "aws: [ERROR]: Error when retrieving token from sso: \
//!                Token has expired and refresh failed";
//! let mut evidence = text::read(printed);
//! evidence.context.profile = Some("dev".into());
//!
//! let diagnosis = diagnose(&evidence).unwrap();
//! assert_eq!(diagnosis.code(), Code::CredentialsExpired);
//! assert_eq!(
//!     diagnosis.headline(),
//!     "AWS session expired: the SSO session of AWS profile 'dev' is no longer valid."
//! );
//! assert_eq!(diagnosis.remedy.argv, ["aws", "sso", "login", "--profile", "dev"]);
//! assert_eq!(ExitTable::DEFAULT.status(diagnosis.kind), 10);
//!
//! // What is no failure of credentials gets no diagnosis.
//! assert_eq!(diagnose(&text::read("An error occurred (SlowDown) when calling the PutObject operation")), None);
//! ```
//!
//! # How it decides
//!
//! 1. Wrappers carry no class: the innermost specific signal wins.
//! 2. A failure of the network, or a throttle, inside an auth call is not auth.
//! 3. Among the signals of one error the strongest counts: see [`rules::Rule::rank`].
//! 4. Page tokens, other clouds, registries, JWTs and Kubernetes are not AWS credentials.
//! 5. The end of a provider chain counts only where nothing else was said; then facts
//!    about the profile decide, see [`ProfileFacts`].
//! 6. A status alone never means "expired".
//!
//! # What this crate does not do
//!
//! It reads no file, clock, environment variable or socket: time, contents of
//! files and variables come in as arguments. It does not log in, refresh or
//! retry. Every function is total: no input makes it panic, and each states
//! the bound of what it reads. No text leaves it with a secret or a control
//! character in it: see [`redact`].
//!
//! # Features
//!
//! - `serde`: [`Evidence`] can be serialised and deserialised, [`Diagnosis`]
//!   serialised, with camelCase names.
#![no_std]

extern crate alloc;

pub mod chain;
pub mod check;
mod diagnose;
mod diagnosis;
mod digits;
mod evidence;
mod exit;
mod github;
mod json;
mod kind;
mod mention;
mod object;
mod phrase;
pub mod profile;
pub mod redact;
mod remedy;
mod render;
pub mod rules;
mod settle;
pub mod text;
mod texts;
mod timestamp;
mod trace;
mod wire;

pub use check::Check;
pub use diagnose::{MESSAGE_MAX, diagnose};
pub use diagnosis::Diagnosis;
pub use evidence::{Cause, Context, CredentialSource, Evidence};
pub use exit::{ExitTable, ExitTableError};
pub use kind::{Code, Confidence, Kind, Retry};
pub use profile::ProfileFacts;
pub use remedy::{Actor, Remedy, Shell};
pub use render::{DETAIL_MAX, HEADLINE_MAX};
pub use timestamp::Timestamp;
pub use trace::{Hit, Trace, trace};
