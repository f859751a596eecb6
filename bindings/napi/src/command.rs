//! The command, without its arguments and streams.

use std::fs;
use std::rc::Rc;

use credlapse::Kind;
use credlapse_command::explain::{self, Said};
use credlapse_command::options::{self, CheckOptions, ExplainOptions, Explainer, Teller};
use credlapse_command::{Disk, check, page, style};
use napi::bindgen_prelude::{Either, Unknown};
use napi::{Error, Result};
use napi_derive::napi;

use crate::check::known;
use crate::object;

/// `Explain` of the TypeScript: one run of the verb.
#[napi]
pub struct Explain(Explainer);

#[napi]
impl Explain {
    /// A run with options.
    #[napi(constructor, catch_unwind)]
    pub fn new(options: Unknown<'_>) -> Result<Self> {
        let options: ExplainOptions = object::read(&options)?;
        let explain = options.explain(Rc::new(Disk::of_this_user()), content);
        explain.map(Self).map_err(refused)
    }

    /// Begins an input; without a path it is standard input.
    #[napi(catch_unwind)]
    pub fn begin(&mut self, path: Option<String>, is_ndjson: bool) {
        self.0.begin(path, is_ndjson);
    }

    /// Takes a piece of the input, and gives the answers to the lines that end in it.
    #[napi(catch_unwind)]
    pub fn push(&mut self, piece: &[u8]) -> String {
        self.0.push(piece)
    }

    /// The answer and the remark when the input has ended, or failed for a reason.
    #[napi(catch_unwind)]
    pub fn finish(&mut self, failed: Option<String>) -> Vec<String> {
        let Said { answer, remark } = self.0.finish(failed);
        vec![answer, remark]
    }

    /// The exit status for all inputs.
    #[napi(catch_unwind)]
    pub fn status(&self) -> u8 {
        self.0.status()
    }
}

/// `Tell` of the TypeScript: what situations come to.
#[napi]
pub struct Tell(Teller);

#[napi]
impl Tell {
    /// A teller with options.
    #[napi(constructor, catch_unwind)]
    pub fn new(options: Unknown<'_>) -> Result<Self> {
        let options: CheckOptions = object::read(&options)?;
        options.teller(content).map(Self).map_err(refused)
    }

    /// What a situation comes to.
    #[napi(catch_unwind)]
    pub fn tell(&mut self, situation: Unknown<'_>, documents: Unknown<'_>) -> Result<String> {
        Ok(self.0.tell(&known(&situation, &documents)?))
    }

    /// What is new in a situation; `undefined` where nothing is.
    #[napi(catch_unwind)]
    pub fn news(
        &mut self,
        situation: Unknown<'_>,
        documents: Unknown<'_>,
    ) -> Result<Either<String, ()>> {
        let news = self.0.news(known(&situation, &documents)?);
        Ok(news.map_or(Either::B(()), Either::A))
    }

    /// The exit status of what was told last.
    #[napi(catch_unwind)]
    pub fn status(&self) -> u8 {
        self.0.status()
    }
}

/// The page on a kind; `undefined` where there is no such kind.
#[napi(catch_unwind)]
#[must_use]
pub fn page(kind: String, is_terminal: bool) -> Either<String, ()> {
    let page = |kind| Either::A(page::page(kind, is_terminal));
    Kind::from_name(&kind).map_or(Either::B(()), page)
}

/// An account that was typed, if it is one.
#[napi(catch_unwind)]
pub fn account(text: String) -> Result<String> {
    check::account(&text).map_err(Error::from_reason)
}

/// The seconds of a time that was typed.
#[napi(catch_unwind)]
pub fn seconds(text: String) -> Result<u32> {
    check::seconds(&text).map_err(Error::from_reason)
}

/// The milliseconds of an interval that was typed.
#[napi(catch_unwind)]
pub fn interval(text: Option<String>) -> Result<u32> {
    options::milliseconds(text.as_deref()).map_err(Error::from_reason)
}

/// What went wrong with the command itself, as a line.
#[napi(catch_unwind)]
#[must_use]
pub fn complaint(message: String) -> String {
    style::complaint(&message)
}

/// What is said to whoever sits before an empty terminal.
#[napi(catch_unwind)]
#[must_use]
pub fn invitation(is_windows: bool) -> String {
    explain::invitation(is_windows)
}

fn content(path: &str) -> std::result::Result<String, String> {
    fs::read_to_string(path).map_err(|error| error.to_string())
}

fn refused(error: credlapse::ExitTableError) -> Error {
    Error::from_reason(error.to_string())
}
