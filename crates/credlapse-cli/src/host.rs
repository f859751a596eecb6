//! What the host knows and the error does not, as options.

use std::rc::Rc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use credlapse::{ExitTable, Shell, Timestamp};
use credlapse_command::{Disk, Host, Known, Machine};

use crate::exit_table::ExitTableParser;

// Options that every verb with a diagnosis has.
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
    /// What the host knows, on this machine.
    pub(crate) fn host(&self) -> Host {
        let known = Known {
            profile: self.profile.clone(),
            subject: self.subject.clone(),
            shell: self.shell,
            is_elsewhere: self.no_local,
            exits: self.exit_table.clone(),
        };
        Host::new(known, Rc::new(Disk::of_this_user()))
    }

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

/// The time by the clock of this machine.
pub(crate) fn now() -> Option<Timestamp> {
    Disk::with_home(None).now()
}
