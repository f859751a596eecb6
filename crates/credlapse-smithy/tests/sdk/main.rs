//! The real SDK, answered in memory.

mod allocations;
mod client;
mod interceptor;
#[cfg(feature = "refresh")]
mod refresh;
mod sdk_error;
#[cfg(feature = "tracing")]
mod tracing;
