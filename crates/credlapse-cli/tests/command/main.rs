//! The command as its users run it.

mod explain;
mod failures;
mod input;
mod local;
#[cfg(target_os = "linux")]
mod memory;
mod ndjson;
mod output;
mod run;
mod tables;
