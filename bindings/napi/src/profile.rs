//! The function of `ProfileCore`, and the one that reads the files itself.

use credlapse::Timestamp;
use credlapse::profile::{self, LocalAws};
use napi::bindgen_prelude::Unknown;
use napi::{Env, Result};
use napi_derive::napi;
use serde::Deserialize;

use crate::{local, object};

/// `LocalAws` of the TypeScript.
#[derive(Deserialize)]
struct Local {
    profile: Option<String>,
    env: Vec<(String, String)>,
    #[serde(default)]
    files: Vec<(String, Option<String>)>,
    now: Option<Timestamp>,
}

/// What the files and variables of a machine say of a profile, and which file to read next.
#[napi(catch_unwind)]
pub fn profile_facts<'env>(env: &'env Env, local: Unknown<'env>) -> Result<Unknown<'env>> {
    let local: Local = object::read(&local)?;
    let variables = variables(&local);
    let files = local
        .files
        .iter()
        .map(|(path, content)| (&**path, content.as_deref()));
    env.to_js_value(&profile::facts(&LocalAws {
        profile: local.profile.as_deref(),
        env: &variables,
        files: &files.collect::<Vec<_>>(),
        now: local.now,
    }))
}

/// What this machine says of a profile: reads the files that the facts need.
///
/// The variables are given, because those of a worker thread are its own.
#[napi(catch_unwind)]
pub fn local_facts<'env>(env: &'env Env, local: Unknown<'env>) -> Result<Unknown<'env>> {
    let local: Local = object::read(&local)?;
    let facts = local::facts(local.profile.as_deref(), &variables(&local), local.now);
    env.to_js_value(&facts)
}

fn variables(local: &Local) -> Vec<(&str, &str)> {
    let env = local.env.iter();
    env.map(|(name, value)| (&**name, &**value)).collect()
}
