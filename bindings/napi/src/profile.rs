//! The functions of `ProfileCore`, and those that read the files themselves.

use credlapse::profile::{self, LocalAws, ProfileSettings};
use credlapse::{ProfileFacts, Timestamp};
use napi::bindgen_prelude::Unknown;
use napi::{Env, Result};
use napi_derive::napi;
use serde::{Deserialize, Serialize};

use crate::local::Local as Machine;
use crate::object;

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
    env.to_js_value(&given(&local, profile::facts)?)
}

/// What they say beside where credentials come from.
#[napi(catch_unwind)]
pub fn profile_settings<'env>(env: &'env Env, local: Unknown<'env>) -> Result<Unknown<'env>> {
    env.to_js_value(&given(&local, profile::settings)?)
}

/// What this machine says of a profile: reads the files that the facts need.
///
/// The variables are given, because those of a worker thread are its own.
#[napi(catch_unwind)]
pub fn local_facts<'env>(env: &'env Env, local: Unknown<'env>) -> Result<Unknown<'env>> {
    let local: Local = object::read(&local)?;
    let variables = variables(&local);
    let mut machine = Machine::new(local.profile.as_deref(), &variables, local.now);
    env.to_js_value(&machine.facts())
}

/// `LocalSituation` of the TypeScript.
#[derive(Serialize)]
struct Situation {
    facts: ProfileFacts,
    settings: ProfileSettings,
    read: Vec<String>,
}

/// What this machine says of a profile, all of it, and which files were read.
#[napi(catch_unwind)]
pub fn local_situation<'env>(env: &'env Env, local: Unknown<'env>) -> Result<Unknown<'env>> {
    let local: Local = object::read(&local)?;
    let variables = variables(&local);
    let mut machine = Machine::new(local.profile.as_deref(), &variables, local.now);
    env.to_js_value(&Situation {
        facts: machine.facts(),
        settings: machine.settings(),
        read: machine.into_paths(),
    })
}

fn given<A>(local: &Unknown<'_>, question: impl Fn(&LocalAws<'_>) -> A) -> Result<A> {
    let local: Local = object::read(local)?;
    let files = local
        .files
        .iter()
        .map(|(path, content)| (&**path, content.as_deref()));
    Ok(question(&LocalAws {
        profile: local.profile.as_deref(),
        env: &variables(&local),
        files: &files.collect::<Vec<_>>(),
        now: local.now,
    }))
}

fn variables(local: &Local) -> Vec<(&str, &str)> {
    let env = local.env.iter();
    env.map(|(name, value)| (&**name, &**value)).collect()
}
