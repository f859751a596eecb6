//! The command `credlapse`.
fn main() {}
