//! The function of `CheckCore`.

use credlapse::check::{OldSdk, Situation, cached_accounts};
use wasm_bindgen::prelude::*;

use crate::object;

/// What a situation comes to.
///
/// `documents` are files of the project by name: `cdk.context.json`,
/// `package.json`, `go.mod`.
#[wasm_bindgen]
pub fn check(situation: JsValue, documents: JsValue) -> Result<JsValue, JsError> {
    let mut situation: Situation = object::read(situation)?;
    let documents: Vec<(String, String)> = object::read(documents)?;
    for (name, content) in &documents {
        if name == "cdk.context.json" {
            situation.expected.cached_accounts = cached_accounts(content);
        } else {
            let old = OldSdk::of_manifest(name, content);
            situation.old_sdk = situation.old_sdk.or(old);
        }
    }
    Ok(object::write(situation.check())?)
}
