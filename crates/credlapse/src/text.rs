//! Printed text to evidence.

use crate::{Cause, Evidence};

/// Reads what a failed tool printed.
#[must_use]
pub fn read(text: &str) -> Evidence {
    Evidence {
        causes: alloc::vec![Cause::message(text)],
        ..Evidence::default()
    }
}
