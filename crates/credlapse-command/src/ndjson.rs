//! Many failures as a stream: one object a line in, one a line out, in order.

mod lines;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use credlapse::{Diagnosis, ExitTable, Timestamp, diagnose, text};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Format;
use super::show::{self, Trouble};
use crate::host::{Given, Host};
use crate::input::Input;
use crate::local::Local;
use crate::status::{Outcome, Status};
use crate::thrown::Thrown;

use lines::{Line, Lines};

/// One failure.
#[derive(Deserialize)]
struct Question<'l> {
    #[serde(borrow)]
    text: Option<Cow<'l, str>>,
    #[serde(borrow)]
    error: Option<&'l RawValue>,
    context: Option<Context>,
}

/// What is known in the place of options and of this machine.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Context {
    profile: Option<String>,
    subject: Option<String>,
    now: Option<Timestamp>,
    env: Option<BTreeMap<String, String>>,
    home_files: Option<BTreeMap<String, String>>,
}

impl From<Context> for Given {
    fn from(context: Context) -> Self {
        let is_described = context.env.is_some() || context.home_files.is_some();
        let local =
            is_described.then(|| Local::given(context.env.unwrap_or_default(), context.home_files));
        Self {
            profile: context.profile,
            subject: context.subject,
            now: context.now,
            local,
        }
    }
}

/// What a line comes to.
#[derive(Serialize)]
struct Answer<'l> {
    id: Option<&'l RawValue>,
    /// The inner object of [`Diagnosis::to_json`].
    diagnosis: Option<&'l RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Trouble<'l>>,
}

/// Answers each line of an input.
pub(super) fn explain(input: &Input, host: &mut Host<'_>, outcome: &mut Outcome) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut lines = match input.open() {
        Ok(source) => Lines::new(source),
        Err(error) => {
            outcome.add_trouble(Status::NO_INPUT);
            return show::unreadable(input, &error, Format::Human);
        }
    };
    for number in 1_u64.. {
        let line = match lines.next() {
            Ok(None) => break,
            Ok(Some(Line::Text(line))) => Ok(String::from_utf8_lossy(line)),
            Ok(Some(Line::TooLong)) => Err(format!("longer than {} bytes", lines::LINE_MAX)),
            Err(error) => {
                out.flush()?;
                outcome.add_trouble(Status::NO_INPUT);
                return show::unreadable(input, &error, Format::Human);
            }
        };
        let diagnosed = line
            .as_deref()
            .map_err(Clone::clone)
            .and_then(|line| diagnosed(line, host));
        match &diagnosed {
            Ok(Some(diagnosis)) => {
                outcome.add_diagnosis(Status(host.exits().status(diagnosis.kind)));
            }
            Ok(None) => {}
            Err(_) => outcome.add_trouble(Status::BAD_LINE),
        }
        let id = line.as_deref().ok().and_then(id);
        write_answer(&mut out, id, number, &diagnosed, host.exits())?;
        // Whoever asks one by one waits for this answer.
        if lines.may_wait() {
            out.flush()?;
        }
    }
    out.flush()
}

/// The id of a line, also of one that is otherwise not as it should be.
fn id(line: &str) -> Option<&RawValue> {
    #[derive(Deserialize)]
    struct Named<'l> {
        #[serde(borrow)]
        id: Option<&'l RawValue>,
    }

    serde_json::from_str::<Named<'_>>(line).ok()?.id
}

/// The diagnosis of one line, or what is wrong with the line.
fn diagnosed(line: &str, host: &mut Host<'_>) -> Result<Option<Diagnosis>, String> {
    let question: Question<'_> = serde_json::from_str(line).map_err(|error| wrong(&error))?;
    if question.text.is_none() && question.error.is_none() {
        return Err("neither `text` nor `error` is given".into());
    }
    let mut evidence = question.text.as_deref().map(text::read).unwrap_or_default();
    if let Some(error) = question.error {
        match serde_json::from_str::<Cow<'_, str>>(error.get()) {
            Ok(thrown) => evidence.causes.extend(text::read(&thrown).causes),
            Err(_) => Thrown::read(error).add_to(&mut evidence),
        }
    }
    host.complete(&mut evidence, question.context.unwrap_or_default().into());
    Ok(diagnose(&evidence))
}

/// What is wrong with a line of JSON, and where in it.
fn wrong(error: &serde_json::Error) -> String {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = error.to_string();
    format!(
        "column {}: {}",
        error.column(),
        what.strip_suffix(&place).unwrap_or(&what)
    )
}

fn write_answer(
    out: &mut impl Write,
    id: Option<&RawValue>,
    number: u64,
    diagnosed: &Result<Option<Diagnosis>, String>,
    exits: &ExitTable,
) -> io::Result<()> {
    #[derive(Deserialize)]
    struct Envelope<'e> {
        #[serde(borrow)]
        error: &'e RawValue,
    }

    let (diagnosis, error) = match diagnosed {
        Ok(diagnosis) => (
            diagnosis.as_ref().map(|diagnosis| diagnosis.to_json(exits)),
            None,
        ),
        Err(wrong) => (None, Some(format!("line {number}, {wrong}"))),
    };
    let diagnosis = match &diagnosis {
        Some(json) => Some(serde_json::from_str::<Envelope<'_>>(json)?.error),
        None => None,
    };
    let error = error.as_deref().map(|message| Trouble {
        code: "INVALID_LINE",
        message,
    });
    serde_json::to_writer(
        &mut *out,
        &Answer {
            id,
            diagnosis,
            error,
        },
    )?;
    out.write_all(b"\n")
}
