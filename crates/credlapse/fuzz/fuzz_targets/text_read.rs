//! Printed text, read, and decided as far as it goes.

#![no_main]

use credlapse::{diagnose, text, trace};
use credlapse_fuzz::{keeps_promises, stays_in_bounds};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|printed: &str| {
    let evidence = text::read(printed);
    stays_in_bounds(&evidence);
    let diagnosis = diagnose(&evidence);
    if let Some(diagnosis) = &diagnosis {
        keeps_promises(diagnosis);
    }
    // What explains the verdict comes to the same one.
    let decided = trace(&evidence).hits.into_iter().find(|hit| hit.decided);
    if let Some(diagnosis) = diagnosis {
        assert_eq!(decided.map(|hit| hit.rule.id()), Some(diagnosis.rule));
    }
});
