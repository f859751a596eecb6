//! The function of `CheckCore`.

use credlapse::check::Situation;
use wasm_bindgen::prelude::*;

use crate::object;

/// What a situation comes to.
///
/// `documents` are files of the project by name: `cdk.context.json`,
/// `package.json`, `go.mod`.
#[wasm_bindgen]
pub fn check(situation: JsValue, documents: JsValue) -> Result<JsValue, JsError> {
    Ok(object::write(known(situation, documents)?.check())?)
}

/// A situation with files of the project by name.
pub(crate) fn known(situation: JsValue, documents: JsValue) -> Result<Situation, JsError> {
    let mut situation: Situation = object::read(situation)?;
    let documents: Vec<(String, String)> = object::read(documents)?;
    for (name, content) in &documents {
        situation.add_document(name, content);
    }
    Ok(situation)
}
