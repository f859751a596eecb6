//! The simulator against the AWS SDK for Rust, over plain HTTP.

mod client;
mod denials;
mod faults;
mod login;
mod objects;
mod oidc;
mod program;
mod raw;
mod sessions;
mod signatures;
mod sources;
