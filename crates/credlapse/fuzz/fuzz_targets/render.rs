//! Every form of a diagnosis: printed text decides, with any context and under each table and shell.

#![no_main]

use arbitrary::Arbitrary;
use credlapse::{ExitTable, Shell, diagnose, redact, text};
use credlapse_fuzz::{Given, keeps_promises, shows_nothing_hidden};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    given: Given<'a>,
    /// Last: it takes what is left of the input.
    printed: &'a str,
}

fuzz_target!(|input: Input<'_>| {
    let mut evidence = text::read(input.printed);
    evidence.context = input.given.context();
    shows_nothing_hidden(&redact::line(input.printed, &evidence.context.secrets));

    let Some(diagnosis) = diagnose(&evidence) else {
        return;
    };
    keeps_promises(&diagnosis);
    for shell in [Shell::Posix, Shell::PowerShell, Shell::Cmd] {
        if let Some(line) = diagnosis.remedy.typed_in(shell) {
            shows_nothing_hidden(&line);
        }
    }
    for name in ExitTable::NAMES {
        let table = ExitTable::named(name).expect("each name has a table");
        let object: serde_json::Value =
            serde_json::from_str(&diagnosis.to_json(&table)).expect("the error object is JSON");
        assert_eq!(
            object["error"]["exit_code"],
            table.status(diagnosis.kind),
            "{name}"
        );
    }
});
