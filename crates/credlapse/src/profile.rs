//! Contents of the local AWS files to facts about a profile.
//!
//! Nothing is read here: the caller gives variables and contents of files in a
//! [`LocalAws`], and [`facts`] answers with what they mean and with the file
//! that it has to see next.
//!
//! Linear in the input: each file is walked a bounded number of times, at most
//! 16 profiles of a `source_profile` chain are followed, and what is kept
//! beyond the input's own strings does not grow with it.

mod chain;
mod facts;
mod ini;
mod local;
mod nearness;
mod problem;
mod section;
mod settings;
mod token;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

pub use facts::{ProfileChoice, ProfileFacts, TokenState};
pub use local::LocalAws;
pub use problem::ProfileProblem;
pub use settings::{ProfileSettings, settings};

use crate::{CredentialSource, Timestamp};
use chain::{End, Sources};
use local::File;
use section::Dialect;
use token::Token;

/// What `local` says of the profile in use.
///
/// A host calls it, reads the file that [`ProfileFacts::needs`] names, and calls
/// it again until nothing is needed: at most four calls.
///
/// ```
/// use credlapse::profile::{LocalAws, TokenState, facts};
/// use credlapse::{CredentialSource, Timestamp};
///
/// // Stands for the file system.
/// let read = |path: &str| match path {
///     ".aws/config" => Some(
///         "[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = Dev\n\
///          [sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n",
///     ),
///     ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json" => {
///         Some(r#"{"accessToken": "t", "expiresAt": "2026-11-21T14:15:00Z"}"#)
///     }
///     _ => None,
/// };
///
/// let mut paths: Vec<String> = Vec::new();
/// let facts = loop {
///     let files: Vec<_> = paths.iter().map(|path| (path.as_str(), read(path))).collect();
///     let facts = facts(&LocalAws {
///         env: &[("AWS_PROFILE", "dev")],
///         files: &files,
///         now: Timestamp::parse("2026-11-21T15:00:00Z"),
///         ..LocalAws::default()
///     });
///     match &facts.needs {
///         Some(path) => paths.push(path.clone()),
///         None => break facts,
///     }
/// };
///
/// assert_eq!(facts.source, Some(CredentialSource::Sso));
/// assert_eq!(facts.token, TokenState::Expired);
/// assert_eq!(facts.expires_at, Timestamp::parse("2026-11-21T14:15:00Z"));
/// assert!(facts.problems.is_empty());
/// ```
#[must_use]
pub fn facts(local: &LocalAws<'_>) -> ProfileFacts {
    let (profile, chosen_by) = choose(local);
    let mut facts = ProfileFacts {
        profile: profile.into(),
        chosen_by,
        ..ProfileFacts::default()
    };
    let sources = sources(local, &mut facts);
    let mut end = sources.follow(profile);
    facts.exists = end.exists;
    if chosen_by != ProfileChoice::Default && !end.exists && sources.complete {
        end.problems.push(ProfileProblem::NotFound(profile.into()));
    }
    if let Some(wanted) = end.not_found.take().filter(|_| sources.complete) {
        facts.known_profiles = nearness::known_profiles(&sources, &wanted);
    }
    if end.source == Some(CredentialSource::Sso) {
        sources.add_session(&mut end);
    }
    settle_source(local, &end, &mut facts);
    settle_token(local, &end, &mut facts);

    facts.role_arn = end.role_arn.map(String::from);
    facts.mfa_serial = end.mfa_serial.map(String::from);
    facts.source_profile = (end.profile != profile).then(|| end.profile.clone().into_owned());
    for problem in end.problems {
        add(&mut facts.problems, problem);
    }
    facts
}

/// Adds a problem before those that are less bad. There are a few at most: a
/// sort would be more code than the rest of this function.
fn add(problems: &mut Vec<ProfileProblem>, problem: ProfileProblem) {
    let place = problems.partition_point(|known| known.rank() <= problem.rank());
    problems.insert(place, problem);
}

fn choose<'a>(local: &LocalAws<'a>) -> (&'a str, ProfileChoice) {
    let argument = local.profile.filter(|name| !name.is_empty());
    if let Some(name) = argument {
        (name, ProfileChoice::Argument)
    } else if let Some(name) = local.var("AWS_PROFILE") {
        (name, ProfileChoice::AwsProfile)
    } else if let Some(name) = local.var("AWS_DEFAULT_PROFILE") {
        (name, ProfileChoice::AwsDefaultProfile)
    } else {
        ("default", ProfileChoice::Default)
    }
}

/// The contents of the two files; asks for the first that is not known.
fn sources<'a>(local: &LocalAws<'a>, facts: &mut ProfileFacts) -> Sources<'a> {
    let config_path = local.config_path();
    let credentials_path = local.credentials_path();
    let [config, credentials] = [&config_path, &credentials_path].map(|path| {
        let content = match local.file(path) {
            File::Content(content) => content,
            File::Missing => return None,
            File::Unknown => {
                facts.needs.get_or_insert_with(|| path.clone());
                return None;
            }
        };
        let broken = ini::entries(content).find(|(_, entry)| *entry == ini::Entry::Broken);
        if let Some((line, _)) = broken {
            let file = path.clone();
            add(
                &mut facts.problems,
                ProfileProblem::Unparsable { file, line },
            );
        }
        Some(content)
    });
    Sources {
        config,
        credentials,
        config_path,
        credentials_path,
        complete: facts.needs.is_none(),
    }
}

fn settle_source(local: &LocalAws<'_>, end: &End<'_>, facts: &mut ProfileFacts) {
    let env_token = local
        .var("AWS_SESSION_TOKEN")
        .or_else(|| local.var("AWS_SECURITY_TOKEN"));
    let profile_token = end.source == Some(CredentialSource::StaticProfile)
        && end.properties.has_session_token()
        || end.source == Some(CredentialSource::Environment) && env_token.is_some();
    facts.source = end.source;
    facts.has_session_token = profile_token;
    // A role with `credential_source = Environment` needs the same variables.
    if facts.chosen_by == ProfileChoice::Argument
        && end.source != Some(CredentialSource::Environment)
    {
        return;
    }
    let pair = (
        local.var("AWS_ACCESS_KEY_ID"),
        local.var("AWS_SECRET_ACCESS_KEY"),
    );
    let missing = match pair {
        (Some(_), None) => Some("AWS_SECRET_ACCESS_KEY"),
        (None, Some(_)) => Some("AWS_ACCESS_KEY_ID"),
        (None, None) if end.source == Some(CredentialSource::Environment) => {
            Some("AWS_ACCESS_KEY_ID")
        }
        _ => None,
    };
    if let Some(name) = missing {
        let missing = ProfileProblem::PartialEnvironment(name.into());
        add(&mut facts.problems, missing);
    }
    if pair.0.is_some() && pair.1.is_some() && facts.chosen_by != ProfileChoice::Argument {
        facts.shadowed_source = end.source;
        facts.source = Some(CredentialSource::Environment);
        facts.has_session_token = env_token.is_some();
        return;
    }
    facts.source = end.source.or_else(|| ambient_source(local, facts));
}

/// What the environment offers where neither it nor the profile has keys.
fn ambient_source(local: &LocalAws<'_>, facts: &mut ProfileFacts) -> Option<CredentialSource> {
    let is_set = |names: &[&str]| names.iter().any(|name| local.var(name).is_some());
    if is_set(&["AWS_WEB_IDENTITY_TOKEN_FILE"]) {
        if !is_set(&["AWS_ROLE_ARN"]) {
            let missing = ProfileProblem::PartialEnvironment("AWS_ROLE_ARN".into());
            add(&mut facts.problems, missing);
        }
        return Some(CredentialSource::WebIdentity);
    }
    if is_set(&[
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ]) {
        return Some(CredentialSource::Container);
    }
    // Nobody tunes the client of a service that is not meant to answer.
    let disabled = local.var("AWS_EC2_METADATA_DISABLED");
    let tuned = is_set(&[
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "AWS_METADATA_SERVICE_TIMEOUT",
        "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
    ]);
    match disabled {
        Some(value) if value.eq_ignore_ascii_case("true") => None,
        Some(value) if value.eq_ignore_ascii_case("false") => Some(CredentialSource::Instance),
        _ => tuned.then_some(CredentialSource::Instance),
    }
}

fn settle_token(local: &LocalAws<'_>, end: &End<'_>, facts: &mut ProfileFacts) {
    let properties = &end.properties;
    let mut read = |path: String| {
        let file = local.file(&path);
        if matches!(file, File::Unknown) {
            facts.needs.get_or_insert(path);
        }
        file
    };
    let now = local.now;
    let token = match end.source.or(facts.source) {
        Some(CredentialSource::Sso) => {
            let cached = properties.sso_session.or(properties.sso_start_url);
            facts.sso_session = properties.sso_session.map(String::from);
            facts.sso_start_url = properties.sso_start_url.map(String::from);
            cached.map(|name| {
                let file = read(LocalAws::sso_cache_path(name));
                Token::sso(file, now, properties.sso_session.is_some())
            })
        }
        Some(CredentialSource::Login) => properties.login_session.map(|session| {
            facts.login_session = Some(session.into());
            Token::login(read(local.login_cache_path(session)), now)
        }),
        Some(CredentialSource::WebIdentity) => properties
            .web_identity_token_file
            .or_else(|| local.var("AWS_WEB_IDENTITY_TOKEN_FILE"))
            .map(|path| Token::web_identity(read(local.path(path)), now)),
        _ => None,
    };
    let token = token.unwrap_or_default();
    facts.token = token.state;
    facts.can_refresh = token.can_refresh;
    let keys_end = match facts.source {
        Some(CredentialSource::Environment) => local.var("AWS_CREDENTIAL_EXPIRATION"),
        Some(CredentialSource::StaticProfile) => properties
            .x_security_token_expires
            .or(properties.expiration),
        _ => None,
    };
    facts.expires_at = token
        .expires_at
        .or_else(|| keys_end.and_then(Timestamp::parse));
}

impl<'a> Sources<'a> {
    /// The names of all profiles, in the order of the files.
    fn profiles(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let named = |text: Option<&'a str>, dialect: Dialect| {
            section::headers(text.unwrap_or_default()).filter_map(move |header| {
                match dialect.name(header)? {
                    section::Name::Profile(name) => Some(name),
                    section::Name::SsoSession(_) => None,
                }
            })
        };
        named(self.config, Dialect::Config).chain(named(self.credentials, Dialect::Credentials))
    }
}
