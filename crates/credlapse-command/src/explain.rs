//! The verb `explain`: what is said of each input.

mod evidence;

use std::fmt;
use std::io;
use std::path::Path;

use credlapse::{Diagnosis, Evidence, ExitTable, diagnose, text};
use serde::{Deserialize, Serialize};

use crate::host::{Given, Host};
use crate::status::{Outcome, Status};
use crate::style;
use crate::thrown::Thrown;

pub use evidence::signal;

/// For whom an answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Three parts for people.
    #[default]
    Human,
    /// One JSON object a line for programs.
    Json,
    /// An annotation for GitHub Actions.
    Github,
}

/// How to explain.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// For whom.
    pub format: Format,
    /// Whether to say what was read, which rule decided, and why no other; for people.
    pub is_verbose: bool,
    /// Whether there are several inputs: then each answer for people has a title.
    pub is_one_of_many: bool,
}

/// What is said of an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The answer, for standard output.
    pub answer: String,
    /// What is neither an answer nor asked for, for standard error.
    pub remark: String,
}

/// One run of the verb, over one input or several.
#[derive(Debug)]
pub struct Explain {
    pub(crate) host: Host,
    manner: Manner,
    pub(crate) outcome: Outcome,
}

impl Explain {
    /// Before the first input.
    #[must_use]
    pub fn new(host: Host, manner: Manner) -> Self {
        Self {
            host,
            manner,
            outcome: Outcome::default(),
        }
    }

    /// Explains the text of one input.
    pub fn text(&mut self, source: Source<'_>, text: &str) -> Said {
        let (evidence, diagnosis) = explain(text, &mut self.host);
        let exits = self.host.exits();
        let mut said = Said::default();
        if let Some(diagnosis) = &diagnosis {
            let status = Status(exits.status(diagnosis.kind));
            self.outcome.add_diagnosis(status);
        } else if self.manner.format != Format::Json {
            said.remark = format!("No AWS credential failure was found in {source}.\n");
        }
        said.answer = match (self.manner.format, &diagnosis) {
            (Format::Json, diagnosis) => format!("{}\n", object(diagnosis.as_ref(), exits)),
            (Format::Github, Some(diagnosis)) => format!("{}\n", diagnosis.to_github()),
            (Format::Human, Some(diagnosis)) if self.manner.is_one_of_many => {
                let title = style::TITLE;
                format!("{title}{source}{title:#}\n{}", parts(diagnosis))
            }
            (Format::Human, Some(diagnosis)) => parts(diagnosis),
            (Format::Github | Format::Human, None) => String::new(),
        };
        if self.manner.is_verbose && self.manner.format == Format::Human {
            said.answer += &evidence::reasons(&evidence, diagnosis.as_ref());
        }
        said
    }

    /// Says that an input cannot be read: on standard error, and as the object that a program waits for.
    pub fn unreadable(&mut self, source: Source<'_>, error: &io::Error) -> Said {
        #[derive(Serialize)]
        struct Answer<'t> {
            ok: bool,
            error: Trouble<'t>,
        }

        self.outcome.add_trouble(Status::NO_INPUT);
        let message = format!("cannot read {source}: {error}");
        let remark = style::complaint(&message);
        if self.manner.format != Format::Json {
            let answer = String::new();
            return Said { answer, remark };
        }
        let error = Trouble {
            code: "INPUT_UNREADABLE",
            message: &message,
        };
        let answer = serde_json::to_string(&Answer { ok: false, error });
        let answer = answer.map(|line| line + "\n").unwrap_or_default();
        Said { answer, remark }
    }

    /// The exit status for all inputs.
    #[must_use]
    pub fn status(&self) -> Status {
        self.outcome.status()
    }
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'s> {
    /// Standard input.
    Stdin,
    /// A file.
    File(&'s Path),
}

impl fmt::Display for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::File(path) => write!(f, "`{}`", path.display()),
        }
    }
}

/// What is said to whoever sits before an empty terminal.
#[must_use]
pub fn invitation(is_windows: bool) -> String {
    let end = if is_windows {
        "Ctrl-Z and Enter"
    } else {
        "Ctrl-D"
    };
    format!("Paste what the failed tool printed, then press {end}.\n")
}

/// An error that was serialised, or else what is printed in the text.
pub fn explain(text: &str, host: &mut Host) -> (Evidence, Option<Diagnosis>) {
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

/// The three parts, each a line.
#[must_use]
pub fn parts(diagnosis: &Diagnosis) -> String {
    let styles = [style::HEADLINE, style::ACTION, style::DETAIL]
        .map(|style| (format!("{style}"), format!("{style:#}")));
    let styles = styles.each_ref().map(|(begin, end)| (&**begin, &**end));
    diagnosis.styled(styles) + "\n"
}

/// The error object, or that there is none.
#[must_use]
pub fn object(diagnosis: Option<&Diagnosis>, exits: &ExitTable) -> String {
    match diagnosis {
        Some(diagnosis) => diagnosis.to_json(exits),
        None => r#"{"ok":true,"error":null}"#.into(),
    }
}

/// What went wrong with the command itself, for programs.
#[derive(Serialize)]
pub(crate) struct Trouble<'t> {
    pub(crate) code: &'t str,
    pub(crate) message: &'t str,
}
