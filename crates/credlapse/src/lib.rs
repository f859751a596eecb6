//! Classifies AWS credential failures: what lapsed, and which command fixes it.
#![no_std]

extern crate alloc;

mod diagnose;
mod diagnosis;
mod evidence;
mod json;
mod kind;
pub mod profile;
pub mod redact;
mod remedy;
mod render;
pub mod text;
mod timestamp;

pub use diagnose::diagnose;
pub use diagnosis::Diagnosis;
pub use evidence::{Cause, Context, CredentialSource, Evidence};
pub use kind::{Code, Confidence, Kind, Retry};
pub use profile::ProfileFacts;
pub use remedy::{Actor, Remedy, Shell};
pub use render::ExitTable;
pub use timestamp::Timestamp;
