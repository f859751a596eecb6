//! The verb `run` as its users run it, with the processes of a Unix system.
#![cfg(unix)]

mod answer;
mod dispositions;
mod hostile;
mod live;
mod real_tools;
mod reauth;
#[path = "../command/run.rs"]
mod run;
#[path = "../command/schemas.rs"]
mod schemas;
mod signals;
mod streams;
mod terminal;
mod terraform;
