//! The functions of `Core`.

use credlapse::{Code, Context, Evidence, ExitTable, text};
use napi::bindgen_prelude::Either;
use napi_derive::napi;

use crate::wire::{Answer, Given};

/// Decides on the causes of a failure; `undefined` where it is not an AWS auth failure.
#[napi(catch_unwind)]
#[must_use]
pub fn diagnose(evidence: Given) -> Answer {
    Answer(Evidence::from_wire(&evidence.0).and_then(|evidence| decided(&evidence)))
}

/// Decides on what a failed tool printed; `undefined` where it is not an AWS auth failure.
#[napi(catch_unwind)]
#[must_use]
pub fn diagnose_text(text: Given, context: Given) -> Answer {
    Answer(Context::from_wire(&context.0).and_then(|context| {
        decided(&Evidence {
            context,
            ..text::read(&text.0)
        })
    }))
}

/// The exit status of a code in a built-in table; `undefined` where one of them does not exist.
#[napi(catch_unwind)]
#[must_use]
pub fn exit_code(code: String, table: String) -> Either<u8, ()> {
    let status =
        ExitTable::named(&table).and_then(|table| Some(table.of_code(Code::from_name(&code)?)));
    status.map_or(Either::B(()), Either::A)
}

fn decided(evidence: &Evidence) -> Option<String> {
    Some(credlapse::diagnose(evidence)?.to_wire())
}
