//! A local AWS whose sessions lapse.
fn main() {}
