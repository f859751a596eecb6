//! The command, without its arguments and streams.

use std::rc::Rc;

use credlapse::{ExitTableError, Kind, Timestamp};
use credlapse_command::explain::{self, Said};
use credlapse_command::options::{self, CheckOptions, ExplainOptions, Explainer, Teller};
use credlapse_command::{Machine, check, page, style};
use wasm_bindgen::prelude::*;

use crate::check::known;
use crate::object;

#[wasm_bindgen]
extern "C" {
    /// `Machine` of the TypeScript: what WebAssembly cannot reach.
    #[derive(Clone, Debug)]
    pub type Host;

    #[wasm_bindgen(method)]
    fn variable(this: &Host, name: &str) -> Option<String>;

    #[wasm_bindgen(method)]
    fn content(this: &Host, path: &str) -> Option<String>;

    #[wasm_bindgen(method)]
    fn now(this: &Host) -> String;

    #[wasm_bindgen(method, catch)]
    fn file(this: &Host, path: &str) -> Result<String, js_sys::Error>;
}

#[derive(Debug)]
struct Outside(Host);

impl Machine for Outside {
    fn variable(&self, name: &str) -> Option<String> {
        self.0.variable(name)
    }

    fn content(&self, path: &str) -> Option<String> {
        self.0.content(path)
    }

    /// A check gets permissions with its situation.
    fn mode(&self, _: &str) -> Option<u32> {
        None
    }

    fn now(&self) -> Option<Timestamp> {
        Timestamp::parse(&self.0.now())
    }
}

/// `Explain` of the TypeScript: one run of the verb.
#[wasm_bindgen]
pub struct Explain(Explainer);

#[wasm_bindgen]
impl Explain {
    /// A run with options.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, host: &Host) -> Result<Self, JsError> {
        let options: ExplainOptions = object::read(options)?;
        let explain = options.explain(Rc::new(Outside(host.clone())), |path| file(host, path));
        explain.map(Self).map_err(refused)
    }

    /// Begins an input; without a path it is standard input.
    pub fn begin(&mut self, path: Option<String>, is_ndjson: bool) {
        self.0.begin(path, is_ndjson);
    }

    /// Takes a piece of the input, and gives the answers to the lines that end in it.
    pub fn push(&mut self, piece: &[u8]) -> String {
        self.0.push(piece)
    }

    /// The answer and the remark when the input has ended, or failed for a reason.
    pub fn finish(&mut self, failed: Option<String>) -> Vec<String> {
        let Said { answer, remark } = self.0.finish(failed);
        vec![answer, remark]
    }

    /// The exit status for all inputs.
    #[must_use]
    pub fn status(&self) -> u8 {
        self.0.status()
    }
}

/// `Tell` of the TypeScript: what situations come to.
#[wasm_bindgen]
pub struct Tell(Teller);

#[wasm_bindgen]
impl Tell {
    /// A teller with options.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, host: &Host) -> Result<Self, JsError> {
        let options: CheckOptions = object::read(options)?;
        let teller = options.teller(|path| file(host, path));
        teller.map(Self).map_err(refused)
    }

    /// What a situation comes to.
    pub fn tell(&mut self, situation: JsValue, documents: JsValue) -> Result<String, JsError> {
        Ok(self.0.tell(&known(situation, documents)?))
    }

    /// What is new in a situation; `undefined` where nothing is.
    pub fn news(
        &mut self,
        situation: JsValue,
        documents: JsValue,
    ) -> Result<Option<String>, JsError> {
        Ok(self.0.news(known(situation, documents)?))
    }

    /// The exit status of what was told last.
    #[must_use]
    pub fn status(&self) -> u8 {
        self.0.status()
    }
}

/// The page on a kind; `undefined` where there is no such kind.
#[wasm_bindgen]
#[must_use]
pub fn page(kind: &str, is_terminal: bool) -> Option<String> {
    Kind::from_name(kind).map(|kind| page::page(kind, is_terminal))
}

/// An account that was typed, if it is one.
#[wasm_bindgen]
pub fn account(text: &str) -> Result<String, JsError> {
    check::account(text).map_err(JsError::new)
}

/// The seconds of a time that was typed.
#[wasm_bindgen]
pub fn seconds(text: &str) -> Result<u32, JsError> {
    check::seconds(text).map_err(|error| JsError::new(&error))
}

/// The milliseconds of an interval that was typed.
#[wasm_bindgen]
pub fn interval(text: Option<String>) -> Result<u32, JsError> {
    options::milliseconds(text.as_deref()).map_err(|error| JsError::new(&error))
}

/// What went wrong with the command itself, as a line.
#[wasm_bindgen]
#[must_use]
pub fn complaint(message: &str) -> String {
    style::complaint(message)
}

/// What is said to whoever sits before an empty terminal.
#[wasm_bindgen]
#[must_use]
pub fn invitation(is_windows: bool) -> String {
    explain::invitation(is_windows)
}

fn file(host: &Host, path: &str) -> Result<String, String> {
    host.file(path).map_err(|error| error.message().into())
}

fn refused(error: ExitTableError) -> JsError {
    JsError::new(&error.to_string())
}
