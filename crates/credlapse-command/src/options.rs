//! What was typed, as a host in another language gives it.

use std::io;
use std::path::Path;
use std::rc::Rc;

use credlapse::check::{Situation, Watch};
use credlapse::{ExitTable, ExitTableError, Shell};
use serde::Deserialize;

use crate::check::{INTERVAL, interval, news, said};
use crate::explain::{Explain, Format, Manner, Said, Source};
use crate::host::{Host, Known};
use crate::machine::Machine;
use crate::reading::Reading;

/// Options of the verb `explain`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ExplainOptions {
    /// The AWS profile that the failed call used.
    pub profile: Option<String>,
    /// What failed, in the words of whoever asks.
    pub subject: Option<String>,
    /// The shell in which a shown command will be typed.
    pub shell: Shell,
    /// Whether the failure is another machine's.
    pub no_local: bool,
    /// The name of an exit table, or the path of a file with one.
    pub exit_table: Option<String>,
    /// For whom the answers are.
    pub format: Format,
    /// Whether to give reasons.
    pub verbose: bool,
    /// Whether there are several inputs.
    pub is_one_of_many: bool,
}

impl ExplainOptions {
    /// A run of the verb with these options.
    ///
    /// # Errors
    ///
    /// Where the exit table is none; `read` reads its file.
    pub fn explain(
        self,
        machine: Rc<dyn Machine>,
        read: impl FnOnce(&str) -> Result<String, String>,
    ) -> Result<Explainer, ExitTableError> {
        let known = Known {
            profile: self.profile,
            subject: self.subject,
            shell: self.shell,
            is_elsewhere: self.no_local,
            exits: exit_table(self.exit_table.as_deref(), read)?,
        };
        let manner = Manner {
            format: self.format,
            is_verbose: self.verbose,
            is_one_of_many: self.is_one_of_many,
        };
        Ok(Explainer {
            explain: Explain::new(Host::new(known, machine), manner),
            reading: Reading::default(),
            path: None,
        })
    }
}

/// One run of the verb `explain`, whose inputs come one after the other, in pieces.
pub struct Explainer {
    explain: Explain,
    reading: Reading,
    path: Option<String>,
}

impl Explainer {
    /// Begins an input; without a path it is standard input.
    pub fn begin(&mut self, path: Option<String>, is_ndjson: bool) {
        self.path = path;
        self.reading = if is_ndjson {
            Reading::lines()
        } else {
            Reading::default()
        };
    }

    /// Takes a piece of the input, and gives the answers to the lines that end in it.
    pub fn push(&mut self, piece: &[u8]) -> String {
        self.reading.push(&mut self.explain, piece)
    }

    /// What is said when the input has ended, or failed for a reason.
    pub fn finish(&mut self, failed: Option<String>) -> Said {
        let reading = std::mem::take(&mut self.reading);
        let path = self.path.as_deref();
        let source = path.map_or(Source::Stdin, |path| Source::File(Path::new(path)));
        reading.finish(&mut self.explain, source, failed.map(io::Error::other))
    }

    /// The exit status for all inputs.
    #[must_use]
    pub fn status(&self) -> u8 {
        self.explain.status().0
    }
}

/// Options of the verb `check` that say how to tell what is found.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CheckOptions {
    /// The name of an exit table, or the path of a file with one.
    pub exit_table: Option<String>,
    /// For whom the answers are.
    pub format: Format,
}

/// Tells what situations come to, once or as long as somebody stays.
#[derive(Debug)]
pub struct Teller {
    format: Format,
    exits: ExitTable,
    watch: Watch,
    status: u8,
}

impl CheckOptions {
    /// Who tells what is found.
    ///
    /// # Errors
    ///
    /// Where the exit table is none; `read` reads its file.
    pub fn teller(
        self,
        read: impl FnOnce(&str) -> Result<String, String>,
    ) -> Result<Teller, ExitTableError> {
        Ok(Teller {
            format: self.format,
            exits: exit_table(self.exit_table.as_deref(), read)?,
            watch: Watch::default(),
            status: 0,
        })
    }
}

impl Teller {
    /// What a situation comes to.
    pub fn tell(&mut self, situation: &Situation) -> String {
        let check = situation.check();
        self.status = check.status(&self.exits);
        said(&check, self.format, &self.exits)
    }

    /// What is new in a situation, if anything is.
    pub fn news(&mut self, situation: Situation) -> Option<String> {
        let check = self.watch.news(situation)?;
        Some(news(&check, self.format, &self.exits))
    }

    /// The exit status of what was told last.
    #[must_use]
    pub const fn status(&self) -> u8 {
        self.status
    }
}

/// The milliseconds of an interval that was typed, or of the one where nobody says any.
///
/// # Errors
///
/// Where it is no [`interval`].
pub fn milliseconds(text: Option<&str>) -> Result<u32, String> {
    let interval = interval(text.unwrap_or(INTERVAL))?;
    u32::try_from(interval.as_millis()).map_err(|error| error.to_string())
}

fn exit_table(
    chosen: Option<&str>,
    read: impl FnOnce(&str) -> Result<String, String>,
) -> Result<ExitTable, ExitTableError> {
    chosen.map_or(Ok(ExitTable::DEFAULT), |name| ExitTable::chosen(name, read))
}
