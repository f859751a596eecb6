//! Exit statuses of one's own, as a file holds them: names of codes and kinds, each with a status.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use alloc::{fmt, format};

use super::ExitTable;
use crate::digits;
use crate::json::{self, Value};
use crate::{Code, Kind};

/// Why a text is no exit table: lower-case, without a final period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitTableError(String);

impl fmt::Display for ExitTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for ExitTableError {}

/// A name, and what stands behind it as it is written.
type Entry<'t> = (Cow<'t, str>, Written<'t>);

enum Written<'t> {
    Number(&'t str),
    Text(Cow<'t, str>),
    Other(&'t str),
}

impl ExitTable {
    /// The table that somebody chose: one of [`NAMES`](Self::NAMES), or that of a `.toml` or `.json` file.
    ///
    /// `read` gives the content of the file, or says why it cannot be read. The
    /// file holds a status from 1 to 255 for each name of a code or a kind, as
    /// one JSON object or as lines of TOML; `base` names the table that has the
    /// others. A kind goes before its code.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read or holds anything else.
    ///
    /// ```
    /// use credlapse::{ExitTable, Kind};
    ///
    /// let read = |_: &str| Ok("base = \"rc\"\nsso_session_expired = 75 # log in\n".into());
    /// let table = ExitTable::chosen("own.toml", read).unwrap();
    /// assert_eq!(table.status(Kind::SsoSessionExpired), 75);
    /// assert_eq!(table.status(Kind::PermissionDenied), 4);
    /// assert_eq!(ExitTable::chosen("rc", read).unwrap(), ExitTable::RC);
    ///
    /// let error = ExitTable::chosen("own.json", |_| Ok(r#"{"EXPIRED": 75}"#.into())).unwrap_err();
    /// assert_eq!(error.to_string(), "`EXPIRED` is neither a code nor a kind");
    /// ```
    pub fn chosen(
        value: &str,
        read: impl FnOnce(&str) -> Result<String, String>,
    ) -> Result<Self, ExitTableError> {
        if let Some(table) = Self::named(value) {
            return Ok(table);
        }
        let entries: fn(&str) -> Result<Vec<Entry<'_>>, String> = match value.rsplit_once('.') {
            Some((_, "toml")) => toml,
            Some((_, "json")) => object,
            _ => {
                let names = Self::NAMES.join(", ");
                return Err(ExitTableError(format!(
                    "it is none of {names}, nor the path of a .toml or .json file"
                )));
            }
        };
        let table = read(value).and_then(|content| {
            // Editors of Windows mark UTF-8 so.
            let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
            table(&entries(content)?)
        });
        table.map_err(ExitTableError)
    }
}

fn table(entries: &[Entry<'_>]) -> Result<ExitTable, String> {
    let mut base = Ok(ExitTable::DEFAULT);
    let mut codes = Vec::new();
    let mut kinds = Vec::new();
    for (place, (name, written)) in entries.iter().enumerate() {
        if entries.iter().take(place).any(|(known, _)| known == name) {
            return Err(format!("`{name}` stands twice"));
        }
        if name == "base" {
            base = match written {
                Written::Text(name) => {
                    ExitTable::named(name).ok_or_else(|| format!("there is no table `{name}`"))
                }
                Written::Number(_) | Written::Other(_) => {
                    Err(format!("`base` is {written}, not the name of a table"))
                }
            };
            continue;
        }
        let status = written.status().ok_or_else(|| {
            format!("the status of `{name}` is {written}, not a number from 1 to 255")
        });
        match (Code::from_name(name), Kind::from_name(name)) {
            (Some(code), _) => codes.push((code, status?)),
            (None, Some(kind)) => kinds.push((kind, status?)),
            (None, None) => return Err(format!("`{name}` is neither a code nor a kind")),
        }
    }
    let with_codes = |table: ExitTable, (code, status)| table.with(code, status);
    let with_kinds = |table: ExitTable, (kind, status)| table.with_kind(kind, status);
    let table = codes.into_iter().fold(base?, with_codes);
    Ok(kinds.into_iter().fold(table, with_kinds))
}

impl Written<'_> {
    fn status(&self) -> Option<u8> {
        match self {
            Self::Number(digits) => digits::read(digits, 10).filter(|status| *status != 0),
            Self::Text(_) | Self::Other(_) => None,
        }
    }
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Number(written) | Self::Other(written) => f.write_str(written),
        }
    }
}

fn object(content: &str) -> Result<Vec<Entry<'_>>, String> {
    let members = json::object(content).ok_or("it is not one JSON object")?;
    let entries = members.map(|(name, value)| {
        let written = match value {
            Value::String(text) => Written::Text(text.text()),
            Value::Literal(number) => Written::Number(number),
            Value::Object(other) | Value::Array(other) => Written::Other(other),
        };
        (name.text(), written)
    });
    Ok(entries.collect())
}

/// As much of TOML as such a table needs: names with numbers or texts, a line for each.
fn toml(content: &str) -> Result<Vec<Entry<'_>>, String> {
    let mut entries = Vec::new();
    for (number, line) in (1_u32..).zip(content.lines()) {
        if ends(line) {
            continue;
        }
        let entry = entry(line).ok_or_else(|| format!("line {number} is no name with a status"));
        entries.push(entry?);
    }
    Ok(entries)
}

fn entry(line: &str) -> Option<Entry<'_>> {
    let (name, rest) = quoted(line.trim_start()).or_else(|| word(line.trim_start()))?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let (written, rest) = match quoted(value) {
        Some((text, rest)) => (Written::Text(text.into()), rest),
        None => word(value).map(|(word, rest)| (Written::Number(word), rest))?,
    };
    ends(rest).then(|| (name.into(), written))
}

/// Whether a line has no more than a comment.
fn ends(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with('#')
}

/// A text between quotes, without escapes: no name has a character that needs one.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|first| "\"'".contains(*first))?;
    let (inside, rest) = text.strip_prefix(quote)?.split_once(quote)?;
    (!inside.contains('\\')).then_some((inside, rest))
}

/// A bare name or number.
fn word(text: &str) -> Option<(&str, &str)> {
    let belongs = |char: char| char.is_ascii_alphanumeric() || "_-+.".contains(char);
    let end = text.find(|char| !belongs(char)).unwrap_or(text.len());
    text.split_at_checked(end)
        .filter(|(word, _)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn read(value: &str, content: &str) -> Result<ExitTable, String> {
        let table = ExitTable::chosen(value, |_| Ok(content.into()));
        table.map_err(|error| error.to_string())
    }

    #[test]
    fn both_forms_say_the_same() {
        let table = ExitTable::SYSEXITS
            .with(Code::CredentialsExpired, 20)
            .with_kind(Kind::ClockSkew, 255);
        for (value, content) in [
            (
                "a.toml",
                "# ours\r\n\r\nclock_skew=255\r\n 'CREDENTIALS_EXPIRED' = 20 # all\r\n\"base\" = \"sysexits\"",
            ),
            (
                "dir.d/a.json",
                r#" {"clock_skew":255,"base":"sysexits","CREDENTIALS_\u0045XPIRED":20}"#,
            ),
        ] {
            assert_eq!(read(value, content), Ok(table.clone()));
            let marked = format!("\u{feff}{content}");
            assert_eq!(read(value, &marked), Ok(table.clone()));
        }
        assert_eq!(read("a.toml", ""), Ok(ExitTable::DEFAULT));
    }

    #[test]
    fn a_kind_goes_before_its_code_wherever_it_stands() {
        let table = read("a.toml", "sso_session_expired = 3\nCREDENTIALS_EXPIRED = 4").unwrap();
        assert_eq!(table.status(Kind::SsoSessionExpired), 3);
        assert_eq!(table.status(Kind::SessionTokenExpired), 4);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (value, content, error) in [
            ("a.toml", "CLOCK_SKEW: 7", "line 1 is no name with a status"),
            ("a.toml", "\n[x]\n", "line 2 is no name with a status"),
            (
                "a.toml",
                "CLOCK_SKEW = 7 8",
                "line 1 is no name with a status",
            ),
            ("a.toml", "CLOCK_SKEW =", "line 1 is no name with a status"),
            (
                "a.toml",
                "CLOCK_SKEW = 7\nCLOCK_SKEW = 7",
                "`CLOCK_SKEW` stands twice",
            ),
            ("a.toml", "base = \"x\"", "there is no table `x`"),
            ("a.json", "{", "it is not one JSON object"),
            ("a.json", "[]", "it is not one JSON object"),
            (
                "a.json",
                r#"{"EXPIRED":7}"#,
                "`EXPIRED` is neither a code nor a kind",
            ),
            (
                "a.json",
                r#"{"CLOCK_SKEW":"7"}"#,
                "the status of `CLOCK_SKEW` is \"7\", not a number from 1 to 255",
            ),
            (
                "a.json",
                r#"{"base":1}"#,
                "`base` is 1, not the name of a table",
            ),
            (
                "a.json",
                r#"{"CLOCK_SKEW":[]}"#,
                "the status of `CLOCK_SKEW` is [], not a number from 1 to 255",
            ),
            (
                "a.yaml",
                "",
                "it is none of default, cli-agent-spec-2026-07, rc, sysexits, nor the path of a .toml or .json file",
            ),
        ] {
            assert_eq!(read(value, content), Err(error.to_string()));
        }
        for status in ["0", "256", "-1", "1.5", "1e2", "true", "null"] {
            let error = read("a.json", &format!("{{\"CLOCK_SKEW\":{status}}}")).unwrap_err();
            assert!(error.contains(status), "{error}");
        }
    }
}
