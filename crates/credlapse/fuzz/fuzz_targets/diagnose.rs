//! Any chain of causes with any context.

#![no_main]

use credlapse::{Evidence, diagnose};
use credlapse_fuzz::{Causes, Given, keeps_promises};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Given<'_>, Causes<'_>)| {
    let (given, causes) = input;
    let evidence = Evidence {
        causes: causes.causes(),
        context: given.context(),
    };
    let diagnosis = diagnose(&evidence);
    assert_eq!(diagnosis, diagnose(&evidence));
    if let Some(diagnosis) = diagnosis {
        keeps_promises(&diagnosis);
    }
});
