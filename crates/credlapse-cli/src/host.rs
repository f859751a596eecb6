//! What the host knows and the error does not, as options and from this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use credlapse::{Evidence, ExitTable, Shell, Timestamp};

use crate::exit_table::ExitTableParser;
use crate::local::Local;

/// Options that every verb with a diagnosis has.
#[derive(Debug, clap::Args)]
pub(crate) struct HostOptions {
    /// The AWS profile that the failed call used [default: AWS_PROFILE, or what the text names]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// What failed, in words of your own: "Datastore", "Deploy" [default: AWS]
    #[arg(long, value_name = "WORDS")]
    subject: Option<String>,

    /// Leave the AWS files and variables of this machine alone: the failure is another machine's
    #[arg(long)]
    no_local: bool,

    /// The shell in which the shown command will be typed
    #[arg(
        long,
        value_name = "SHELL",
        default_value = DEFAULT_SHELL,
        value_parser = shells(),
    )]
    shell: Shell,

    /// Which exit statuses stand for a diagnosis: a table of this name, or a .toml or .json file
    /// with a status for each code or kind
    #[arg(long, value_name = "TABLE", default_value = "default", value_parser = ExitTableParser)]
    pub(crate) exit_table: ExitTable,
}

/// The shell of this system.
pub(crate) const DEFAULT_SHELL: &str = if cfg!(windows) { "powershell" } else { "posix" };

/// Reads the name of a shell.
pub(crate) fn shells() -> impl TypedValueParser<Value = Shell> {
    PossibleValuesParser::new(["posix", "powershell", "cmd"]).map(shell)
}

impl HostOptions {
    /// With this profile, unless another is chosen.
    pub(crate) fn or_profile(mut self, profile: Option<String>) -> Self {
        self.profile = self.profile.or(profile);
        self
    }
}

fn shell(name: String) -> Shell {
    match name.as_str() {
        "powershell" => Shell::PowerShell,
        "cmd" => Shell::Cmd,
        _ => Shell::Posix,
    }
}

/// Completes evidence with what the host knows.
#[derive(Debug)]
pub(crate) struct Host<'o> {
    options: &'o HostOptions,
    local: Option<Local>,
    secrets: Vec<String>,
}

impl<'o> Host<'o> {
    pub(crate) fn new(options: &'o HostOptions) -> Self {
        let machine = Local::machine();
        let secrets = machine.secrets().collect();
        Self {
            options,
            local: (!options.no_local).then_some(machine),
            secrets,
        }
    }

    pub(crate) const fn exits(&self) -> &ExitTable {
        &self.options.exit_table
    }

    /// Adds what the host knows. What is given goes before options, these before the text.
    pub(crate) fn complete(&mut self, evidence: &mut Evidence, mut given: Given) {
        let context = &mut evidence.context;
        context.shell = self.options.shell;
        let first = |given: Option<String>, option: &Option<String>, read: Option<String>| {
            given.or_else(|| option.clone()).or(read)
        };
        context.subject = first(given.subject, &self.options.subject, context.subject.take());
        context.profile = first(given.profile, &self.options.profile, context.profile.take());
        if given.now.is_none() {
            // The answer may be of yesterday: against the clock of today it proves nothing.
            context.server_time = None;
        }
        context.now = given.now.or_else(now);
        context.secrets.extend_from_slice(&self.secrets);
        context
            .secrets
            .extend(given.local.iter().flat_map(Local::secrets));
        if let Some(local) = given.local.as_mut().or(self.local.as_mut()) {
            context.facts = Some(local.facts(context.profile.as_deref(), context.now));
        }
    }
}

/// What is known of one failure in the place of options and of this machine.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) profile: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) now: Option<Timestamp>,
    pub(crate) local: Option<Local>,
}

/// The time by the clock of this machine.
pub(crate) fn now() -> Option<Timestamp> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok().map(Timestamp)
}
