//! The programs of examples/, run for real with tools that only play their part.
#![cfg(unix)]

mod agent;
mod deploy;
mod go_cli;
mod scripts;
mod stage;
