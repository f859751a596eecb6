//! What can be typed: the one definition that help, completions and the man page share.

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::{check, completions, explain, man, rules, run, schema};

/// Says what lapsed when an AWS call fails, and which command fixes it.
#[derive(Debug, Parser)]
#[command(
    name = "credlapse",
    version,
    max_term_width = 100,
    propagate_version = true
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
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

/// The definition, with the parts of the help that the core's tables fill.
pub(crate) fn command() -> clap::Command {
    Cli::command()
        .after_long_help(OVERVIEW)
        .mut_subcommand("explain", |verb| {
            verb.long_about(explain::ABOUT)
                .after_long_help(explain::manual())
        })
        .mut_subcommand("check", |verb| {
            verb.long_about(check::ABOUT).after_long_help(check::MANUAL)
        })
        .mut_subcommand("run", |verb| {
            verb.long_about(run::ABOUT).after_long_help(run::manual())
        })
}

/// Reads the arguments; help, the version and bad usage end the program here.
pub(crate) fn parse() -> Verb {
    let matches = command().get_matches();
    match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli.verb,
        Err(error) => error.exit(),
    }
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
