//! The verb `rules`.

mod go;
mod markdown;

use std::io::{self, BufWriter, Write};

use credlapse::Kind;
use credlapse::rules::{Rule, Scope, Verdict};
use credlapse_command::explain::signal;
use credlapse_command::style;
use serde::Serialize;

use crate::status::Status;

// How to print the table.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credlapse rules | less -S
  credlapse rules --format go > internal/credlapse/rules.go
  credlapse rules --format json | jq '.rules[] | select(.kind == \"sso_session_expired\")'")]
pub(crate) struct Options {
    /// A table for people, one JSON object for programs, a table for documents, or a Go package;
    /// sorted by id
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Human,
    Json,
    Markdown,
    Go,
}

/// The whole table, for other languages to generate from.
#[derive(Serialize)]
struct Table {
    schema: &'static str,
    version: &'static str,
    rules: Vec<Row>,
}

/// One rule.
#[derive(Serialize)]
struct Row {
    id: String,
    /// `is`, `chain_end`, `wrapper`, `transport` or `not_auth`.
    verdict: &'static str,
    kind: Option<&'static str>,
    code: Option<&'static str>,
    confidence: &'static str,
    /// `symbol`, `phrase`, `whole` or `status`.
    signal: &'static str,
    /// The symbol, the words, or the status in digits.
    literal: String,
    /// `any`, or where the signal counts.
    scope: &'static str,
    #[serde(rename = "in")]
    places: Vec<String>,
    source: &'static str,
}

pub(crate) fn run(options: &Options) -> io::Result<Status> {
    let mut rules: Vec<Row> = Rule::all().map(|rule| Row::of(&rule)).collect();
    rules.sort_unstable_by(|left, right| left.id.cmp(&right.id));
    match options.format {
        Format::Human => human(&rules)?,
        Format::Json => {
            let mut out = BufWriter::new(io::stdout().lock());
            let table = Table {
                schema: "urn:credlapse:rules:1",
                version: env!("CARGO_PKG_VERSION"),
                rules,
            };
            serde_json::to_writer_pretty(&mut out, &table)?;
            writeln!(out)?;
            out.flush()?;
        }
        Format::Markdown => written(|out| markdown::write(out, &rules))?,
        Format::Go => written(|out| go::write(out, &rules))?,
    }
    Ok(Status::SUCCESS)
}

fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    out.flush()
}

fn human(rules: &[Row]) -> io::Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let width =
        |column: fn(&Row) -> &str| rules.iter().map(|row| column(row).len()).max().unwrap_or(0);
    // An id may be a long sentence; most are shorter than this.
    let ids = width(|row| &row.id).min(48);
    let verdicts = width(Row::says);
    let title = style::TITLE;
    writeln!(
        out,
        "{title}{:ids$}  {:verdicts$}  {:10}  signal{title:#}",
        "rule", "says", "confidence"
    )?;
    for row in rules {
        write!(
            out,
            "{:ids$}  {:verdicts$}  {:10}  {} {}",
            row.id,
            row.says(),
            row.confidence,
            row.signal,
            row.literal
        )?;
        let place = row.place();
        if !place.is_empty() {
            write!(out, "  [{place}]")?;
        }
        writeln!(out)?;
    }
    out.flush()
}

impl Row {
    fn of(rule: &Rule) -> Self {
        let (verdict, kind): (_, Option<Kind>) = match rule.verdict {
            Verdict::Is(kind) => ("is", Some(kind)),
            Verdict::ChainEnd(kind) => ("chain_end", Some(kind)),
            Verdict::Wrapper => ("wrapper", None),
            Verdict::Transport => ("transport", None),
            Verdict::NotAuth => ("not_auth", None),
            _ => ("unknown", None),
        };
        let (signal, literal) = signal(rule);
        let names = |names: &[&str]| names.iter().copied().map(String::from).collect();
        let (scope, places): (_, Vec<String>) = match rule.scope() {
            Scope::Any => ("any", Vec::new()),
            Scope::Operation(operations) => ("operation", names(operations)),
            Scope::Service(services) => ("service", names(services)),
            Scope::Module(modules) => ("module", names(modules)),
            Scope::Code(codes) => ("code", names(codes)),
            Scope::Answer(statuses) => ("answer", statuses.iter().map(u16::to_string).collect()),
            Scope::Silent => ("silent", Vec::new()),
            Scope::Loading => ("loading", Vec::new()),
            Scope::SessionToken => ("session_token", Vec::new()),
            Scope::Aws => ("aws", Vec::new()),
            _ => ("unknown", Vec::new()),
        };
        Self {
            id: rule.id(),
            verdict,
            kind: kind.map(Kind::as_str),
            code: kind.map(|kind| kind.code().as_str()),
            confidence: rule.confidence.as_str(),
            signal,
            literal,
            scope,
            places,
            source: rule.source(),
        }
    }

    /// Where the signal counts: `operation PutObject, GetObject`; empty where everywhere.
    fn place(&self) -> String {
        match (self.scope, self.places.as_slice()) {
            ("any", _) => String::new(),
            (scope, []) => scope.into(),
            (scope, places) => format!("{scope} {}", places.join(", ")),
        }
    }

    fn says(&self) -> &str {
        self.kind.unwrap_or(self.verdict)
    }
}
