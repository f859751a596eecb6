//! Inputs that the targets share, and what the core promises of every output.

mod given;
mod promises;

pub use given::{Causes, Given};
pub use promises::{keeps_promises, shows_nothing_hidden, stays_in_bounds};
