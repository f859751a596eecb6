//! The functions of `Core`.

use alloc::string::String;

use credlapse::{Code, Context, Evidence, ExitTable, text};
use wasm_bindgen::prelude::*;

/// Decides on the causes of a failure; `undefined` where it is not an AWS auth failure.
#[wasm_bindgen]
#[must_use]
pub fn diagnose(evidence: &str) -> Option<String> {
    let diagnosis = credlapse::diagnose(&Evidence::from_wire(evidence)?)?;
    Some(diagnosis.to_wire())
}

/// Decides on what a failed tool printed; `undefined` where it is not an AWS auth failure.
#[wasm_bindgen(js_name = diagnoseText)]
#[must_use]
pub fn diagnose_text(text: &str, context: &str) -> Option<String> {
    let context = Context::from_wire(context)?;
    let evidence = Evidence {
        context,
        ..text::read(text)
    };
    Some(credlapse::diagnose(&evidence)?.to_wire())
}

/// The exit status of a code in a built-in table; `undefined` where one of them does not exist.
#[wasm_bindgen(js_name = exitCode)]
#[must_use]
pub fn exit_code(code: &str, table: &str) -> Option<u8> {
    Some(ExitTable::named(table)?.of_code(Code::from_name(code)?))
}
