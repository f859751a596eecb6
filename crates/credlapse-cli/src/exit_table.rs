//! Which exit statuses stand for a diagnosis: a built-in table, or one from a file.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use credlapse::{Code, ExitTable, Kind};
use serde::Deserialize;

/// Reads the name of a built-in table, or the path of a `.toml` or `.json` file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExitTableParser;

/// What a file says: a status for each name of a code or a kind.
#[derive(Deserialize)]
struct Custom {
    /// The table that has the others.
    base: Option<String>,
    #[serde(flatten)]
    statuses: BTreeMap<String, serde_json::Value>,
}

impl TypedValueParser for ExitTableParser {
    type Value = ExitTable;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<ExitTable, clap::Error> {
        StringValueParser::new()
            .try_map(|text| read(&text))
            .parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = ExitTable::NAMES.iter().map(PossibleValue::new);
        Some(Box::new(names))
    }
}

fn read(text: &str) -> Result<ExitTable, String> {
    if let Some(table) = ExitTable::named(text) {
        return Ok(table);
    }
    let extension = Path::new(text).extension().and_then(OsStr::to_str);
    let parse: fn(&str) -> Result<Custom, String> = match extension {
        Some("toml") => {
            |content| toml::from_str(content).map_err(|error| error.message().to_owned())
        }
        Some("json") => |content| serde_json::from_str(content).map_err(|error| error.to_string()),
        _ => {
            let names = ExitTable::NAMES.join(", ");
            return Err(format!(
                "it is none of {names}, nor the path of a .toml or .json file"
            ));
        }
    };
    let content = std::fs::read_to_string(text).map_err(|error| error.to_string())?;
    table(parse(&content)?)
}

fn table(custom: Custom) -> Result<ExitTable, String> {
    let base = custom.base.as_deref().unwrap_or("default");
    let mut table = ExitTable::named(base).ok_or(format!("there is no table `{base}`"))?;
    // Codes first: a kind goes before its code wherever it stands in the file.
    let mut kinds = Vec::new();
    for (name, status) in custom.statuses {
        let status = status
            .as_u64()
            .and_then(|status| u8::try_from(status).ok())
            .filter(|status| *status != 0)
            .ok_or(format!(
                "the status of `{name}` is {status}, not a number from 1 to 255"
            ))?;
        match (Code::from_name(&name), Kind::from_name(&name)) {
            (Some(code), _) => table = table.with(code, status),
            (None, Some(kind)) => kinds.push((kind, status)),
            (None, None) => return Err(format!("`{name}` is neither a code nor a kind")),
        }
    }
    let with_kinds = kinds.into_iter();
    Ok(with_kinds.fold(table, |table, (kind, status)| table.with_kind(kind, status)))
}
