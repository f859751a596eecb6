//! The functions of `ProfileCore`, and those that read the files themselves.

use std::rc::Rc;

use credlapse::profile::{self, LocalAws, ProfileSettings};
use credlapse::{ProfileFacts, Timestamp};
use credlapse_command::{Disk, Machine};
use napi::bindgen_prelude::Unknown;
use napi::{Env, Result};
use napi_derive::napi;
use serde::{Deserialize, Serialize};

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

/// The files of this machine, with the variables that were given: those of a worker thread are its own.
#[derive(Debug)]
struct Worker {
    env: Vec<(String, String)>,
    now: Option<Timestamp>,
    disk: Disk,
}

impl Machine for Worker {
    fn variable(&self, name: &str) -> Option<String> {
        let (_, value) = self.env.iter().find(|(known, _)| known == name)?;
        Some(value.clone())
    }

    fn content(&self, path: &str) -> Option<String> {
        self.disk.content(path)
    }

    fn mode(&self, path: &str) -> Option<u32> {
        self.disk.mode(path)
    }

    fn now(&self) -> Option<Timestamp> {
        self.now
    }
}

impl Local {
    fn machine(self) -> credlapse_command::Local {
        let named = |name| self.env.iter().find(|(known, _)| known == name);
        let home = ["HOME", "USERPROFILE"].into_iter().filter_map(named);
        let home = home.map(|(_, value)| value).find(|home| !home.is_empty());
        let disk = home.map_or_else(Disk::of_this_user, |home| {
            Disk::with_home(Some(home.into()))
        });
        credlapse_command::Local::of(Rc::new(Worker {
            disk,
            now: self.now,
            env: self.env,
        }))
    }
}

/// What the files and variables of a machine say of a profile, and which file to read next.
#[napi(catch_unwind)]
pub fn profile_facts<'env>(env: &'env Env, local: Unknown<'env>) -> Result<Unknown<'env>> {
    object::write(env, &given(&local, profile::facts)?)
}

/// What they say beside where credentials come from.
#[napi(catch_unwind)]
pub fn profile_settings<'env>(env: &'env Env, local: Unknown<'env>) -> Result<Unknown<'env>> {
    object::write(env, &given(&local, profile::settings)?)
}

/// What this machine says of a profile: reads the files that the facts need.
///
/// The variables are given, because those of a worker thread are its own.
#[napi(catch_unwind)]
pub fn local_facts<'env>(env: &'env Env, local: Unknown<'env>) -> Result<Unknown<'env>> {
    let local: Local = object::read(&local)?;
    let (profile, now) = (local.profile.clone(), local.now);
    let mut machine = local.machine();
    object::write(env, &machine.facts(profile.as_deref(), now))
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
    let (profile, now) = (local.profile.clone(), local.now);
    let mut machine = local.machine();
    object::write(
        env,
        &Situation {
            facts: machine.facts(profile.as_deref(), now),
            settings: machine.settings(profile.as_deref()),
            read: machine.existing(),
        },
    )
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
