//! Many failures as a stream: one object a line in, one a line out, in order.

mod lines;

use std::borrow::Cow;
use std::collections::BTreeMap;

use credlapse::{Diagnosis, ExitTable, Timestamp, diagnose, text};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::explain::{Explain, Trouble};
use crate::host::{Given, Host};
use crate::local::Local;
use crate::status::Status;
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

/// Answers the lines of one input, as they arrive.
#[derive(Debug, Default)]
pub struct Answers {
    lines: Lines,
    number: u64,
}

impl Answers {
    /// The answers to the lines that end in a piece of UTF-8, each a line.
    pub fn push(&mut self, explain: &mut Explain, piece: &[u8]) -> String {
        let mut answers = String::new();
        let number = &mut self.number;
        self.lines.push(piece, |line| {
            *number += 1;
            answers += &answer(line, *number, explain);
        });
        answers
    }

    /// The answer to the last line, where it has no end.
    pub fn finish(self, explain: &mut Explain) -> String {
        let mut last = String::new();
        self.lines
            .finish(|line| last = answer(line, self.number + 1, explain));
        last
    }
}

fn answer(line: Line<'_>, number: u64, explain: &mut Explain) -> String {
    let line = match line {
        Line::Text(line) => Ok(String::from_utf8_lossy(line)),
        Line::TooLong => Err(format!("longer than {} bytes", lines::LINE_MAX)),
    };
    let diagnosed = line
        .as_deref()
        .map_err(Clone::clone)
        .and_then(|line| diagnosed(line, &mut explain.host));
    let exits = explain.host.exits();
    match &diagnosed {
        Ok(Some(diagnosis)) => {
            let status = Status(exits.status(diagnosis.kind));
            explain.outcome.add_diagnosis(status);
        }
        Ok(None) => {}
        Err(_) => explain.outcome.add_trouble(Status::BAD_LINE),
    }
    let id = line.as_deref().ok().and_then(id);
    written(id, number, &diagnosed, exits)
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
fn diagnosed(line: &str, host: &mut Host) -> Result<Option<Diagnosis>, String> {
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

fn written(
    id: Option<&RawValue>,
    number: u64,
    diagnosed: &Result<Option<Diagnosis>, String>,
    exits: &ExitTable,
) -> String {
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
    let envelope = diagnosis
        .as_deref()
        .and_then(|json| serde_json::from_str::<Envelope<'_>>(json).ok());
    let answer = Answer {
        id,
        diagnosis: envelope.map(|envelope| envelope.error),
        error: error.as_deref().map(|message| Trouble {
            code: "INVALID_LINE",
            message,
        }),
    };
    // Nothing in it fails to be written as JSON.
    serde_json::to_string(&answer).unwrap_or_default() + "\n"
}
