//! The functions of `ProfileCore`.

use credlapse::Timestamp;
use credlapse::profile::{self, LocalAws};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::object;

/// `LocalAws` of the TypeScript: lists of pairs, as maps would bring search trees along.
#[derive(Deserialize)]
struct Local {
    profile: Option<String>,
    env: Vec<(String, String)>,
    files: Vec<(String, Option<String>)>,
    now: Option<Timestamp>,
}

/// What the files and variables of a machine say of a profile, and which file to read next.
#[wasm_bindgen(js_name = profileFacts)]
pub fn profile_facts(local: JsValue) -> Result<JsValue, JsError> {
    Ok(object::write(given(local, profile::facts)?)?)
}

/// What they say beside where credentials come from.
#[cfg(feature = "check")]
#[wasm_bindgen(js_name = profileSettings)]
pub fn profile_settings(local: JsValue) -> Result<JsValue, JsError> {
    Ok(object::write(given(local, profile::settings)?)?)
}

fn given<A>(local: JsValue, question: impl Fn(&LocalAws<'_>) -> A) -> Result<A, JsError> {
    let local: Local = object::read(local)?;
    let env = local.env.iter().map(|(name, value)| (&**name, &**value));
    let files = local
        .files
        .iter()
        .map(|(path, content)| (&**path, content.as_deref()));
    Ok(question(&LocalAws {
        profile: local.profile.as_deref(),
        env: &env.collect::<Vec<_>>(),
        files: &files.collect::<Vec<_>>(),
        now: local.now,
    }))
}
