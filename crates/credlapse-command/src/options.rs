//! What was typed, as a host in another language gives it.

use std::rc::Rc;

use credlapse::check::{Situation, Watch};
use credlapse::{ExitTable, ExitTableError, Shell};
use serde::Deserialize;

use crate::check::{news, said};
use crate::explain::{Explain, Format, Manner};
use crate::host::{Host, Known};
use crate::machine::Machine;

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
    ) -> Result<Explain, ExitTableError> {
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
        Ok(Explain::new(Host::new(known, machine), manner))
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

fn exit_table(
    chosen: Option<&str>,
    read: impl FnOnce(&str) -> Result<String, String>,
) -> Result<ExitTable, ExitTableError> {
    chosen.map_or(Ok(ExitTable::DEFAULT), |name| ExitTable::chosen(name, read))
}
