//! The verb `schema`: the contract for programs.

use std::io::{self, Write};

use credlapse::{Code, ExitTable, Kind};
use serde::Serialize;
use serde_json::{Value, json};

use crate::exit_table::ExitTableParser;
use crate::status::Status;

// Which part of the contract to print.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "\
Print the JSON Schema of what the command prints for programs, or the exit statuses.

The schemas are of JSON Schema 2020-12. Each has its name and version as `$id`; a version gets new
fields, but none of its names changes its meaning.",
    after_help = "\
Examples:
  credlapse schema check > check.schema.json
  credlapse schema --exit-codes --exit-table cli-agent-spec-2026-07"
)]
pub(crate) struct Options {
    /// What the schema is of
    #[arg(value_enum, default_value_t)]
    name: Name,

    /// Print the exit statuses and what they stand for, as one JSON object
    #[arg(long, conflicts_with = "name")]
    exit_codes: bool,

    /// Which exit statuses stand for a diagnosis: a table of this name, or a .toml or .json file
    /// with a status for each code or kind
    #[arg(
        long,
        value_name = "TABLE",
        requires = "exit_codes",
        default_value = "default",
        value_parser = ExitTableParser
    )]
    exit_table: ExitTable,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Name {
    /// The answer of `explain --format json`
    #[default]
    Error,
    /// The answer of `check --format json`
    Check,
    /// A line that `explain --ndjson` reads
    NdjsonQuestion,
    /// A line that `explain --ndjson` prints
    NdjsonAnswer,
    /// The answer of `schema --exit-codes`
    ExitCodes,
    /// The answer of `rules --format json`
    Rules,
}

/// The diagnosis that other schemas have a part of.
const ERROR: &str = include_str!("../schema/error.json");

impl Name {
    const fn text(self) -> &'static str {
        match self {
            Self::Error => ERROR,
            Self::Check => include_str!("../schema/check.json"),
            Self::NdjsonQuestion => include_str!("../schema/ndjson-question.json"),
            Self::NdjsonAnswer => include_str!("../schema/ndjson-answer.json"),
            Self::ExitCodes => include_str!("../schema/exit-codes.json"),
            Self::Rules => include_str!("../schema/rules.json"),
        }
    }
}

pub(crate) fn run(options: &Options) -> io::Result<Status> {
    let mut out = io::stdout().lock();
    if options.exit_codes {
        serde_json::to_writer_pretty(&mut out, &exit_codes(&options.exit_table))?;
        writeln!(out)?;
    } else {
        out.write_all(whole(options.name)?.as_bytes())?;
    }
    Ok(Status::SUCCESS)
}

/// The schema with those that it refers to, so that a validator needs nothing else.
fn whole(name: Name) -> io::Result<String> {
    let text = name.text();
    if !text.contains("\"urn:credlapse:error:1#") {
        return Ok(text.into());
    }
    let mut schema: Value = serde_json::from_str(text)?;
    let error: Value = serde_json::from_str(ERROR)?;
    schema["$defs"]["error"] = error;
    let mut whole = serde_json::to_string_pretty(&schema)?;
    whole.push('\n');
    Ok(whole)
}

/// One exit status.
#[derive(Serialize)]
struct Row {
    exit_code: u8,
    codes: Vec<&'static str>,
    kinds: Vec<&'static str>,
    retryable: bool,
    meaning: Option<&'static str>,
}

fn exit_codes(table: &ExitTable) -> Value {
    let own = Status::OWN.iter().map(|(status, _)| status.0);
    let kinds = Kind::ALL.iter().map(|kind| table.status(*kind));
    let mut statuses: Vec<u8> = own.chain(kinds).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let rows = statuses.into_iter().map(|status| {
        let kinds: Vec<Kind> = Kind::ALL
            .iter()
            .copied()
            .filter(|kind| table.status(*kind) == status)
            .collect();
        let codes = Code::ALL
            .iter()
            .filter(|code| kinds.iter().any(|kind| kind.code() == **code));
        let own = Status::OWN.iter().find(|(own, _)| own.0 == status);
        Row {
            exit_code: status,
            codes: codes.map(|code| code.as_str()).collect(),
            retryable: !kinds.is_empty() && kinds.iter().all(|kind| kind.retry().is_retryable()),
            kinds: kinds.iter().map(|kind| kind.as_str()).collect(),
            meaning: own.map(|(_, meaning)| *meaning),
        }
    });
    json!({ "schema": "urn:credlapse:exit-codes:1", "exit_codes": rows.collect::<Vec<_>>() })
}
