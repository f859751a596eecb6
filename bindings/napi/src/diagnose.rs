//! The functions of `Core`.

use credlapse::{Code, Context, Evidence, ExitTable, text};
use napi::bindgen_prelude::{Either, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::object;

/// An object, or `undefined`.
type Verdict<'env> = Either<Unknown<'env>, ()>;

/// Decides on the causes of a failure; `undefined` where it is not an AWS auth failure.
#[napi(catch_unwind)]
pub fn diagnose<'env>(env: &'env Env, evidence: Unknown<'env>) -> Result<Verdict<'env>> {
    let evidence: Evidence = object::read(&evidence)?;
    verdict(env, &evidence)
}

/// Decides on what a failed tool printed; `undefined` where it is not an AWS auth failure.
#[napi(catch_unwind)]
pub fn diagnose_text<'env>(
    env: &'env Env,
    text: String,
    context: Unknown<'env>,
) -> Result<Verdict<'env>> {
    let mut evidence = text::read(&text);
    evidence.context = object::read::<Context>(&context)?;
    verdict(env, &evidence)
}

/// The exit status of a code in a built-in table; `undefined` where one of them does not exist.
#[napi(catch_unwind)]
#[must_use]
pub fn exit_code(code: String, table: String) -> Either<u8, ()> {
    let status =
        ExitTable::named(&table).and_then(|table| Some(table.of_code(Code::from_name(&code)?)));
    status.map_or(Either::B(()), Either::A)
}

fn verdict<'env>(env: &'env Env, evidence: &Evidence) -> Result<Verdict<'env>> {
    credlapse::diagnose(evidence).map_or(Ok(Either::B(())), |diagnosis| {
        env.to_js_value(&diagnosis).map(Either::A)
    })
}
