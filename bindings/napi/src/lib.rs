//! The core for Node.js. Conversions only: what is decided is decided in `credlapse`.
//!
//! The functions are those of `NativeCore` in `npm/credlapse/src/native.ts`:
//! they keep no state, except the classes of the command. What a diagnosis is
//! made of crosses as one text, which the core itself reads and writes; profiles
//! cross as plain objects, and one of another shape is thrown as an `Error`.

#![allow(
    unsafe_code,
    reason = "functions that Node.js calls are written by `#[napi]` and one by hand, a pending exception is cleared, and texts cross as they are"
)]

pub mod check;
pub mod command;
pub mod diagnose;
mod object;
pub mod profile;
mod wire;
