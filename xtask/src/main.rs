//! `cargo xtask`: the build logic.
fn main() {}
