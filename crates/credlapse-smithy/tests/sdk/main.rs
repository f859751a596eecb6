//! The real SDK, answered in memory.

mod client;
mod interceptor;
#[cfg(feature = "refresh")]
mod refresh;
mod sdk_error;
#[cfg(feature = "tracing")]
mod tracing;
