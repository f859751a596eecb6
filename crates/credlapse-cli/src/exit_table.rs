//! Which exit statuses stand for a diagnosis: a built-in table, or one from a file.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use credlapse::ExitTable;

/// Reads the name of a built-in table, or the path of a `.toml` or `.json` file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExitTableParser;

impl TypedValueParser for ExitTableParser {
    type Value = ExitTable;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<ExitTable, clap::Error> {
        StringValueParser::new()
            .try_map(|text| ExitTable::chosen(&text, content))
            .parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = ExitTable::NAMES.iter().map(PossibleValue::new);
        Some(Box::new(names))
    }
}

fn content(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}
