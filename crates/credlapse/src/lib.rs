//! Classifies AWS credential failures: what lapsed, and which command fixes it.
#![no_std]

extern crate alloc;

pub mod chain;
mod diagnose;
mod diagnosis;
mod evidence;
mod exit;
mod json;
mod kind;
mod mention;
mod phrase;
pub mod profile;
pub mod redact;
mod remedy;
mod render;
pub mod rules;
mod settle;
pub mod text;
mod timestamp;
mod trace;

pub use diagnose::{MESSAGE_MAX, diagnose};
pub use diagnosis::Diagnosis;
pub use evidence::{Cause, Context, CredentialSource, Evidence};
pub use exit::ExitTable;
pub use kind::{Code, Confidence, Kind, Retry};
pub use profile::ProfileFacts;
pub use remedy::{Actor, Remedy, Shell};
pub use render::{DETAIL_MAX, HEADLINE_MAX};
pub use timestamp::Timestamp;
pub use trace::{Hit, Trace, trace};
