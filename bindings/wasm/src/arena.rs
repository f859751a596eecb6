//! Memory that is given out in a row and taken back as a whole.
//!
//! Nothing outlives a call but its result, which JavaScript copies before it
//! calls again. So nothing is freed one by one, and what would free it is not
//! in the module.
#![allow(unsafe_code, reason = "an allocator is")]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const PAGE: usize = 65_536;

unsafe extern "C" {
    /// Where the linker's memory ends; it has an address only.
    static __heap_base: u8;
}

/// The memory behind that of the linker.
pub(crate) struct Arena {
    /// The first address that is free; 0 before the first call.
    next: AtomicUsize,
}

impl Arena {
    pub(crate) const fn new() -> Self {
        Self {
            next: AtomicUsize::new(0),
        }
    }

    /// Takes everything back: the call is over.
    ///
    /// What it gives back is still there until memory is asked for again.
    pub(crate) fn clear(&self) {
        self.next.store(0, Relaxed);
    }

    /// Reserves what begins there, if there can be that much.
    fn reserve(&self, start: usize, size: usize) -> bool {
        let Some(end) = start.checked_add(size) else {
            return false;
        };
        let missing = end.saturating_sub(memory_size(0) * PAGE);
        if missing > 0 && memory_grow(0, missing.div_ceil(PAGE)) == usize::MAX {
            return false;
        }
        self.next.store(end, Relaxed);
        true
    }
}

// SAFETY: there is one thread. What is given out lies behind all that was given
// out since the last `clear`, and in memory that is there.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let free = match self.next.load(Relaxed) {
            0 => (&raw const __heap_base).addr(),
            next => next,
        };
        let start = free.next_multiple_of(layout.align());
        if self.reserve(start, layout.size()) {
            ptr::with_exposed_provenance_mut(start)
        } else {
            ptr::null_mut()
        }
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size <= layout.size() {
            return old;
        }
        // The last one grows where it is.
        if old.addr() + layout.size() == self.next.load(Relaxed) {
            return if self.reserve(old.addr(), size) {
                old
            } else {
                ptr::null_mut()
            };
        }
        // SAFETY: the caller's promise; the new size is greater, so that it has the old bytes.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(old, new, layout.size());
            }
            new
        }
    }
}
