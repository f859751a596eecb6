//! The function of `CheckCore`.

use credlapse::check::Situation;
use napi::bindgen_prelude::Unknown;
use napi::{Env, Result};
use napi_derive::napi;

use crate::object;

/// What a situation comes to.
///
/// `documents` are files of the project by name: `cdk.context.json`,
/// `package.json`, `go.mod`.
#[napi(catch_unwind)]
pub fn check<'env>(
    env: &'env Env,
    situation: Unknown<'env>,
    documents: Unknown<'env>,
) -> Result<Unknown<'env>> {
    object::write(env, &known(&situation, &documents)?.check())
}

/// A situation with files of the project by name.
pub(crate) fn known(situation: &Unknown<'_>, documents: &Unknown<'_>) -> Result<Situation> {
    let mut situation: Situation = object::read(situation)?;
    let documents: Vec<(String, String)> = object::read(documents)?;
    for (name, content) in &documents {
        situation.add_document(name, content);
    }
    Ok(situation)
}
