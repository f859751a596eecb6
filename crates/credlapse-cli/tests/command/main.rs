//! The command as its users run it.

#[cfg(unix)]
mod action;
mod check;
mod conditions;
mod contract;
mod explain;
mod failures;
mod input;
mod local;
#[cfg(target_os = "linux")]
mod memory;
mod ndjson;
#[cfg(feature = "online")]
mod online;
mod output;
mod run;
mod schemas;
mod tables;
