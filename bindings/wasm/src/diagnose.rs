//! The functions of `Core`.

use alloc::string::String;

use credlapse::{Code, Context, Evidence, ExitTable, text};
use wasm_bindgen::prelude::*;

/// Decides on the causes of a failure; `undefined` where it is not an AWS auth failure.
#[wasm_bindgen]
#[must_use]
pub fn diagnose(evidence: &str) -> Option<String> {
    ended(Evidence::from_wire(evidence).and_then(|evidence| decided(&evidence)))
}

/// Decides on what a failed tool printed; `undefined` where it is not an AWS auth failure.
#[wasm_bindgen(js_name = diagnoseText)]
#[must_use]
pub fn diagnose_text(text: &str, context: &str) -> Option<String> {
    ended(Context::from_wire(context).and_then(|context| {
        decided(&Evidence {
            context,
            ..text::read(text)
        })
    }))
}

/// The exit status of a code in a built-in table; `undefined` where one of them does not exist.
#[wasm_bindgen(js_name = exitCode)]
#[must_use]
pub fn exit_code(code: &str, table: &str) -> Option<u8> {
    let table = ExitTable::named(table);
    ended(table.and_then(|table| Some(table.of_code(Code::from_name(code)?))))
}

fn decided(evidence: &Evidence) -> Option<String> {
    Some(credlapse::diagnose(evidence)?.to_wire())
}

/// The result of a call, after which nothing is allocated until the next.
fn ended<T>(result: T) -> T {
    #[cfg(all(target_family = "wasm", not(feature = "profile")))]
    crate::ARENA.clear();
    result
}
