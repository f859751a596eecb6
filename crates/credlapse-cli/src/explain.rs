//! The verb `explain`.

mod manual;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use credlapse::Kind;
use credlapse_command::explain::{self, Manner, Said};
use credlapse_command::{Answers, Explain, page};

use crate::host::HostOptions;
use crate::input::Input;
use crate::scan::Scanner;
use crate::status::Status;
use crate::style;

pub(crate) use manual::{manual, statuses};

/// What `explain --help` begins with.
const ABOUT: &str = "\
Say what lapsed in a failure, and what to run.

Reads what a failed tool printed (any AWS SDK, the AWS CLI, Terraform, CDK, kubectl, a log), or an
error as one JSON object. Prints three parts: what lapsed, what to do, and the tool's own words
with secrets removed.";

// What to explain, and how.
#[derive(Debug, clap::Args)]
#[command(long_about = ABOUT, after_long_help = manual())]
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

/// For whom an answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    #[default]
    Human,
    Json,
    Github,
}

impl From<Format> for explain::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Human => Self::Human,
            Format::Json => Self::Json,
            Format::Github => Self::Github,
        }
    }
}

/// Explains each input, or each line; or a kind.
pub(crate) fn run(options: &Options) -> io::Result<Status> {
    if let Some(kind) = options.kind {
        let mut out = io::stdout().lock();
        let page = page::page(kind, out.is_terminal());
        out.write_all(page.as_bytes())?;
        return Ok(Status::SUCCESS);
    }
    let mut inputs: Vec<Input> = options.files.iter().cloned().map(Input::from).collect();
    if inputs.is_empty() {
        inputs.push(Input::Stdin);
    }
    let manner = Manner {
        format: options.format.into(),
        is_verbose: options.verbose,
        is_one_of_many: inputs.len() > 1,
    };
    let mut explain = Explain::new(options.host.host(), manner);
    for input in &inputs {
        if input.is_terminal() {
            style::mutter(&explain::invitation(cfg!(windows)));
        }
        let said = if options.ndjson {
            answer_lines(input, &mut explain)
        } else {
            let text = input.open().and_then(|source| Scanner::new().read(source));
            match text {
                Ok(text) => Ok(explain.text(input.source(), &text)),
                Err(error) => Ok(explain.unreadable(input.source(), &error)),
            }
        }?;
        style::mutter(&said.remark);
        anstream::stdout()
            .lock()
            .write_all(said.answer.as_bytes())?;
    }
    Ok(explain.status())
}

/// Answers each line as it comes: whoever asks one by one waits for the answer.
fn answer_lines(input: &Input, explain: &mut Explain) -> io::Result<Said> {
    let mut out = io::stdout().lock();
    let mut answers = Answers::default();
    let mut piece = vec![0; 64 * 1024];
    let mut source = match input.open() {
        Ok(source) => source,
        Err(error) => return Ok(explain.unreadable(input.source(), &error)),
    };
    loop {
        match source.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => {
                out.write_all(answers.push(explain, &piece[..count]).as_bytes())?;
                out.flush()?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Ok(explain.unreadable(input.source(), &error)),
        }
    }
    Ok(Said {
        answer: answers.finish(explain),
        ..Said::default()
    })
}
