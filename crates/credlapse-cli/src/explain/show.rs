//! A diagnosis on standard output: for people, or as one JSON object a line.

use std::io::{self, Write};

use credlapse::{Diagnosis, ExitTable};
use serde::Serialize;

use super::Format;
use crate::input::Input;
use crate::style;

/// The three parts; where there is nothing to say, one sentence on standard error.
pub(super) fn human(
    input: &Input,
    is_one_of_many: bool,
    diagnosis: Option<&Diagnosis>,
) -> io::Result<()> {
    let Some(diagnosis) = diagnosis else {
        nothing_found(input);
        return Ok(());
    };
    let mut out = anstream::stdout().lock();
    if is_one_of_many {
        let title = style::TITLE;
        writeln!(out, "{title}{input}{title:#}")?;
    }
    parts(&mut out, diagnosis)
}

/// The three parts.
pub(crate) fn parts(out: &mut impl Write, diagnosis: &Diagnosis) -> io::Result<()> {
    let (headline, action, detail) = (style::HEADLINE, style::ACTION, style::DETAIL);
    writeln!(out, "{headline}{}{headline:#}", diagnosis.headline())?;
    writeln!(out, "  {action}{}{action:#}", diagnosis.action())?;
    writeln!(out, "  {detail}({}){detail:#}", diagnosis.detail())
}

fn nothing_found(input: &Input) {
    style::remark(&format!("No AWS credential failure was found in {input}."));
}

/// One annotation; where there is nothing to say, one sentence on standard error.
pub(super) fn github(input: &Input, diagnosis: Option<&Diagnosis>) -> io::Result<()> {
    match diagnosis {
        Some(diagnosis) => writeln!(io::stdout().lock(), "{}", diagnosis.to_github()),
        None => {
            nothing_found(input);
            Ok(())
        }
    }
}

/// One line: the error object, or that there is none.
pub(super) fn json(diagnosis: Option<&Diagnosis>, exits: &ExitTable) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{}", object(diagnosis, exits))
}

/// The error object, or that there is none.
pub(crate) fn object(diagnosis: Option<&Diagnosis>, exits: &ExitTable) -> String {
    match diagnosis {
        Some(diagnosis) => diagnosis.to_json(exits),
        None => r#"{"ok":true,"error":null}"#.into(),
    }
}

/// What went wrong with the command itself, for programs.
#[derive(Serialize)]
pub(super) struct Trouble<'t> {
    pub(super) code: &'t str,
    pub(super) message: &'t str,
}

/// That an input cannot be read: on standard error, and as the object that a program waits for.
pub(super) fn unreadable(input: &Input, error: &io::Error, format: Format) -> io::Result<()> {
    #[derive(Serialize)]
    struct Answer<'t> {
        ok: bool,
        error: Trouble<'t>,
    }

    let message = format!("cannot read {input}: {error}");
    style::complain(&message);
    if format == Format::Json {
        let error = Trouble {
            code: "INPUT_UNREADABLE",
            message: &message,
        };
        let answer = serde_json::to_string(&Answer { ok: false, error })?;
        writeln!(io::stdout().lock(), "{answer}")?;
    }
    Ok(())
}
