//! The programs of examples/, run for real with tools that only play their part.
#![cfg(unix)]

mod agent;
mod scripts;
mod stage;
