//! The core for JavaScript. Conversions only: what is decided is decided in `credlapse`.
//!
//! The functions are those of `Core`, `ProfileCore` and `CheckCore` in
//! `npm/credlapse/src/core.ts`: they keep no state. Those of `CommandCore` beside
//! them have classes. What a diagnosis is made of crosses as one text, which the
//! core itself reads and writes; profiles cross as plain objects, and one of
//! another shape is thrown as an `Error`.

#![cfg_attr(all(target_family = "wasm", not(feature = "profile")), no_std)]

#[cfg(feature = "diagnose")]
extern crate alloc;

#[cfg(all(target_family = "wasm", not(feature = "profile")))]
mod arena;
#[cfg(feature = "check")]
pub mod check;
#[cfg(feature = "command")]
pub mod command;
#[cfg(feature = "diagnose")]
pub mod diagnose;
#[cfg(feature = "profile")]
mod object;
#[cfg(feature = "profile")]
pub mod profile;

#[cfg(all(target_family = "wasm", not(feature = "profile")))]
#[global_allocator]
static ARENA: arena::Arena = arena::Arena::new();

#[cfg(all(target_family = "wasm", feature = "profile"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Nothing here panics; what the libraries could say of it would be most of their text.
#[cfg(all(target_family = "wasm", not(feature = "profile")))]
#[panic_handler]
fn trap(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
