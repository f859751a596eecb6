//! The verb `explain`.

mod evidence;
mod manual;
mod ndjson;
pub(crate) mod show;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use credlapse::{Diagnosis, Evidence, Kind, diagnose, text};

use crate::host::{Given, Host, HostOptions};
use crate::input::Input;
use crate::page;
use crate::scan::Scanner;
use crate::status::{Outcome, Status};
use crate::style;
use crate::thrown::Thrown;

pub(crate) use manual::{manual, statuses};

/// What `explain --help` begins with.
pub(crate) const ABOUT: &str = "\
Say what lapsed in a failure, and what to run.

Reads what a failed tool printed (any AWS SDK, the AWS CLI, Terraform, CDK, kubectl, a log), or an
error as one JSON object. Prints three parts: what lapsed, what to do, and the tool's own words
with secrets removed.";

/// What to explain, and how.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Files to read; `-` or none is standard input. Each is explained by itself
    #[arg(value_name = "FILE", value_parser = clap::builder::OsStringValueParser::new())]
    files: Vec<OsString>,

    /// Read one JSON object a line, write one a line
    #[arg(long, conflicts_with_all = ["format", "verbose"])]
    ndjson: bool,

    /// Three parts for people, one JSON object for programs, or an annotation for GitHub Actions
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,

    /// Show what was read, which rule decided, and why no other
    #[arg(short, long)]
    verbose: bool,

    /// Print the page on a kind of failure: how to tell, what to run, what not to do
    #[arg(
        long,
        value_name = "KIND",
        exclusive = true,
        hide_possible_values = true,
        value_parser = PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.as_str()))
            .try_map(|name| Kind::from_name(&name).ok_or("no such kind")),
    )]
    kind: Option<Kind>,

    #[command(flatten)]
    host: HostOptions,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    Human,
    Json,
    Github,
}

/// Explains each input, or each line; or a kind.
pub(crate) fn run(options: &Options) -> io::Result<Status> {
    if let Some(kind) = options.kind {
        let mut out = io::stdout().lock();
        let page = if out.is_terminal() {
            page::page_for_terminal(kind)
        } else {
            page::page(kind)
        };
        out.write_all(page.as_bytes())?;
        return Ok(Status::SUCCESS);
    }
    let mut inputs: Vec<Input> = options.files.iter().cloned().map(Input::from).collect();
    if inputs.is_empty() {
        inputs.push(Input::Stdin);
    }
    let mut host = Host::new(&options.host);
    let mut outcome = Outcome::default();
    for input in &inputs {
        if input.is_terminal() {
            let end = if cfg!(windows) {
                "Ctrl-Z and Enter"
            } else {
                "Ctrl-D"
            };
            style::remark(&format!(
                "Paste what the failed tool printed, then press {end}."
            ));
        }
        if options.ndjson {
            ndjson::explain(input, &mut host, &mut outcome)?;
            continue;
        }
        let text = match input.open().and_then(|source| Scanner::new().read(source)) {
            Ok(text) => text,
            Err(error) => {
                outcome.add_trouble(Status::NO_INPUT);
                show::unreadable(input, &error, options.format)?;
                continue;
            }
        };
        let (evidence, diagnosis) = explain(&text, &mut host);
        if let Some(diagnosis) = &diagnosis {
            outcome.add_diagnosis(Status(host.exits().status(diagnosis.kind)));
        }
        match options.format {
            Format::Json => show::json(diagnosis.as_ref(), host.exits())?,
            Format::Github => show::github(input, diagnosis.as_ref())?,
            Format::Human => {
                let is_one_of_many = inputs.len() > 1;
                show::human(input, is_one_of_many, diagnosis.as_ref())?;
                if options.verbose {
                    evidence::show(&evidence, diagnosis.as_ref())?;
                }
            }
        }
    }
    Ok(outcome.status())
}

/// An error that was serialised, or else what is printed in the text.
pub(crate) fn explain(text: &str, host: &mut Host<'_>) -> (Evidence, Option<Diagnosis>) {
    if let Some(thrown) = Thrown::parse(text) {
        let mut evidence = Evidence::default();
        thrown.add_to(&mut evidence);
        host.complete(&mut evidence, Given::default());
        if let Some(diagnosis) = diagnose(&evidence) {
            return (evidence, Some(diagnosis));
        }
    }
    let mut evidence = text::read(text);
    host.complete(&mut evidence, Given::default());
    let diagnosis = diagnose(&evidence);
    (evidence, diagnosis)
}
