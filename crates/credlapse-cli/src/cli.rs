//! What can be typed: the one definition that help, completions and the man page share.

use clap::{CommandFactory, Parser, Subcommand};

use crate::{check, completions, explain, man, rules, run, schema};

/// Says what lapsed when an AWS call fails, and which command fixes it.
#[derive(Debug, Parser)]
#[command(
    name = "credlapse",
    version,
    max_term_width = 100,
    propagate_version = true,
    after_long_help = OVERVIEW
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

/// What to do.
// Only the verb that is typed is defined further. A doc comment at its options would replace the one here.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Verb {
    /// Say what lapsed in a failure, and what to run
    Explain(explain::Options),
    /// Tell before a deploy whether the credentials will do, and for how long
    Check(Box<check::Options>),
    /// Run a command, and say what lapsed if it fails
    Run(Box<run::Options>),
    /// Print the rules that decide
    Rules(rules::Options),
    /// Print the JSON Schema of what programs read, or the exit statuses
    Schema(schema::Options),
    /// Print a completion script for a shell
    Completions(completions::Options),
    /// Print the man page, or write one for each verb
    Man(man::Options),
}

/// The definition.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

/// Reads the arguments; help, the version and bad usage end the program here.
pub(crate) fn parse() -> Verb {
    Cli::parse().verb
}

const OVERVIEW: &str = "\
Examples:
  aws s3 ls 2>&1 | credlapse explain          what a pipe carries
  credlapse explain apply.log                 what a failed run left behind
  credlapse explain --format json err.txt     one object for a program to act on
  credlapse check --min-remaining 30m         before a deploy: will the session last?
  credlapse run --reauth -- terraform apply   a command that may log in and go on

`credlapse help VERB` tells of input, output and exit statuses.";

#[cfg(test)]
mod tests {
    #[test]
    fn the_definition_is_sound() {
        super::command().debug_assert();
    }
}
