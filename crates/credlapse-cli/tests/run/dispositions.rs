//! Signals as a program at a terminal finds them.

use std::sync::Arc;
use std::sync::Once;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::register_conditional_shutdown;

/// What is started from here on does not ignore signals, although this process may have been told to.
///
/// `nohup`, and a script's `&`, hand signals down as ignored; one with a handler
/// is handed down as one that ends a program.
pub(crate) fn usual() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
            let ends = Arc::new(AtomicBool::new(true));
            register_conditional_shutdown(signal, 128 + signal, ends).expect("a handler");
        }
    });
}
