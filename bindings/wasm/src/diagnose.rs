//! The functions of `Core`.

use credlapse::{Code, Context, Evidence, ExitTable, text};
use wasm_bindgen::prelude::*;

use crate::object;

/// Decides on the causes of a failure; `undefined` where it is not an AWS auth failure.
#[wasm_bindgen]
pub fn diagnose(evidence: JsValue) -> Result<Option<JsValue>, JsError> {
    let evidence: Evidence = object::read(evidence)?;
    Ok(credlapse::diagnose(&evidence)
        .map(object::write)
        .transpose()?)
}

/// Decides on what a failed tool printed; `undefined` where it is not an AWS auth failure.
#[wasm_bindgen(js_name = diagnoseText)]
pub fn diagnose_text(text: &str, context: JsValue) -> Result<Option<JsValue>, JsError> {
    let mut evidence = text::read(text);
    evidence.context = object::read::<Context>(context)?;
    Ok(credlapse::diagnose(&evidence)
        .map(object::write)
        .transpose()?)
}

/// The exit status of a code in a built-in table; `undefined` where one of them does not exist.
#[wasm_bindgen(js_name = exitCode)]
#[must_use]
pub fn exit_code(code: &str, table: &str) -> Option<u8> {
    Some(ExitTable::named(table)?.of_code(Code::from_name(code)?))
}
