//! The core for JavaScript. Conversions only: what is decided is decided in `credlapse`.
//!
//! The functions are those of `Core` and `ProfileCore` in `npm/credlapse/src/core.ts`:
//! they take and give plain objects and keep no state. An argument of another
//! shape is thrown as an `Error`.

#[cfg(feature = "check")]
pub mod check;
#[cfg(feature = "diagnose")]
pub mod diagnose;
mod object;
#[cfg(feature = "profile")]
pub mod profile;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
