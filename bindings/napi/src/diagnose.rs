//! The functions of `Core`.

use credlapse::{Code, Context, Evidence, ExitTable, text};
use napi::bindgen_prelude::Either;
use napi_derive::napi;

/// A text, or `undefined`.
type Verdict = Either<String, ()>;

/// Decides on the causes of a failure; `undefined` where it is not an AWS auth failure.
#[napi(catch_unwind)]
#[must_use]
pub fn diagnose(evidence: String) -> Verdict {
    Evidence::from_wire(&evidence).map_or(Either::B(()), |evidence| verdict(&evidence))
}

/// Decides on what a failed tool printed; `undefined` where it is not an AWS auth failure.
#[napi(catch_unwind)]
#[must_use]
pub fn diagnose_text(text: String, context: String) -> Verdict {
    Context::from_wire(&context).map_or(Either::B(()), |context| {
        verdict(&Evidence {
            context,
            ..text::read(&text)
        })
    })
}

/// The exit status of a code in a built-in table; `undefined` where one of them does not exist.
#[napi(catch_unwind)]
#[must_use]
pub fn exit_code(code: String, table: String) -> Either<u8, ()> {
    let status =
        ExitTable::named(&table).and_then(|table| Some(table.of_code(Code::from_name(&code)?)));
    status.map_or(Either::B(()), Either::A)
}

fn verdict(evidence: &Evidence) -> Verdict {
    credlapse::diagnose(evidence).map_or(Either::B(()), |diagnosis| Either::A(diagnosis.to_wire()))
}
