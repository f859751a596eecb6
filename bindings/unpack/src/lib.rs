//! The modules of the single file, unpacked by a module.
//!
//! A module is sorted, deflated and written as text, as text of a plain one
//! stays a third larger whatever compresses it later. It is unpacked before the
//! first diagnosis, which cannot wait: what the platforms have for that is
//! asynchronous. JavaScript that runs once is interpreted, and takes most of
//! that first diagnosis; this is machine code from its first byte on.
#![cfg_attr(target_family = "wasm", no_std)]

mod inflate;
pub mod join;
pub mod text;

pub use inflate::{BEHIND, inflate};

/// Unpacks what stands at `from`; gives whether it could.
///
/// The text is followed by room for the parts, and that by room for the module.
///
/// # Safety
///
/// All of it is the host's own, behind `__heap_base`.
#[cfg(target_family = "wasm")]
#[allow(unsafe_code, reason = "what a host hands over is an address")]
#[unsafe(export_name = "unpack")]
pub unsafe extern "C" fn export(from: *mut u8, text: usize, sorted: usize, module: usize) -> bool {
    // SAFETY: the caller's promise.
    let bytes = unsafe { core::slice::from_raw_parts_mut(from, text + sorted + module) };
    let (packed, rest) = bytes.split_at_mut(text);
    let (sorted, module) = rest.split_at_mut(sorted);
    text::decode(packed);
    inflate(packed, sorted)
        .and_then(|()| join::join(sorted, module))
        .is_some()
}

#[cfg(target_family = "wasm")]
#[panic_handler]
fn trap(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
