//! Fields, however they are written: `"code": "X"` (JSON), `code: 'X'` (JavaScript),
//! `code: Some("X")` (Rust), `Code: X` (YAML), `code=X` (logfmt), `<Code>X</Code>` (XML).

use alloc::borrow::Cow;
use alloc::string::String;

use super::class::Class;
use super::name;
use super::scan::{self, List};
use crate::digits;
use crate::json::Escaped;

/// What a field says of a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Code,
    /// What CloudFormation makes of a code: of what was said before, not another failure.
    Category,
    /// A type: a code where it reads as one.
    Kind,
    Name,
    Message,
    /// OAuth: a code or a sentence.
    Error,
    /// OAuth: the sentence to that code.
    Description,
    Status,
    RequestId,
    Operation,
    Level,
}

/// How the keys are spelled.
const SPELLINGS: &[(Key, &[&str])] = &[
    (
        Key::Code,
        &[
            "code",
            "Code",
            "errorCode",
            "ErrorCode",
            "error_code",
            "awsErrorCode",
            "ExceptionName",
            "typeName",
        ],
    ),
    (Key::Category, &["HandlerErrorCode"]),
    (
        Key::Kind,
        &[
            "__type",
            "type",
            "Type",
            "errorType",
            "ErrorType",
            "error_type",
            "exception_type",
        ],
    ),
    (Key::Name, &["name", "Name", "class", "exception_class"]),
    (
        Key::Message,
        &[
            "message",
            "Message",
            "msg",
            "Msg",
            "errorMessage",
            "ErrorMessage",
            "error_message",
            "err",
            "errmsg",
            "stack",
            "stacktrace",
            "stack_trace",
            "trace",
            "exception",
            "exc_info",
            "stderr",
            "stdout",
            "log",
            "detail",
            "details",
            "reason",
            "summary",
            "textPayload",
            "MESSAGE",
            "@message",
            "body",
            "cause",
        ],
    ),
    (Key::Error, &["error", "Error"]),
    (Key::Description, &["error_description", "errorDescription"]),
    (
        Key::Status,
        &[
            "status",
            "Status",
            "statusCode",
            "StatusCode",
            "httpStatusCode",
            "HttpStatusCode",
            "HTTPStatusCode",
            "status_code",
            "http_status",
        ],
    ),
    (
        Key::RequestId,
        &[
            "requestId",
            "RequestId",
            "RequestID",
            "requestID",
            "request_id",
            "aws_request_id",
            "x-amz-request-id",
            "x-amzn-requestid",
            "RequestToken",
        ],
    ),
    (
        Key::Operation,
        &["operationName", "service_operation", "eventName"],
    ),
    (
        Key::Level,
        &[
            "level",
            "severity",
            "lvl",
            "levelname",
            "loglevel",
            "log.level",
        ],
    ),
];

impl Key {
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut keys = SPELLINGS.iter();
        keys.find(|(_, words)| words.contains(&word))
            .map(|(key, _)| *key)
    }

    /// The key that an XML element is.
    pub(super) fn of_tag(tag: &str) -> Option<Self> {
        match tag {
            "Code" | "code" => Some(Self::Code),
            "Message" | "message" => Some(Self::Message),
            "RequestId" | "RequestID" => Some(Self::RequestId),
            _ => None,
        }
    }

    /// Whether a sentence can be the value, so that it is read to its end without quotes.
    const fn is_sentence(self) -> bool {
        matches!(self, Self::Message | Self::Error)
    }

    /// Whether `value` is a value of this key, which is written `word`.
    pub(super) fn takes(self, word: &str, value: &Value<'_>) -> bool {
        // Everything has a type.
        let is_own = !word.eq_ignore_ascii_case("type");
        let text = value.text;
        if value.is_bare && List("undefined|null|None|nil").has(text) {
            return false;
        }
        match self {
            Self::Name | Self::Category => name::is_name(text),
            Self::Kind => name::is_name(text) && (is_own || name::is_class(text)),
            Self::Code => {
                let is_nothing = text.is_empty() || value.is_bare && is_number(text);
                !(is_nothing || text.contains(char::is_whitespace) || value.is_begun_sentence())
            }
            Self::Status => status(text).is_some(),
            Self::RequestId | Self::Operation => !text.is_empty(),
            Self::Message | Self::Error | Self::Description => !(value.is_bare && is_number(text)),
            Self::Level => true,
        }
    }
}

/// The value of a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'t> {
    /// What stands between the quotes, escapes as they are; empty for a bare sentence.
    pub(super) text: &'t str,
    /// What follows.
    pub(super) rest: &'t str,
    pub(super) is_bare: bool,
}

impl<'t> Value<'t> {
    /// Whether it is the first word of a sentence that nothing quotes: `code=The request ...`.
    fn is_begun_sentence(&self) -> bool {
        let (word, after) = scan::split_word(scan::from(self.rest, 1));
        self.is_bare
            && Class::LOWER.is_all(scan::from(self.text, 1))
            && self.rest.starts_with(' ')
            && Class::LOWER.is_all(word)
            && after.starts_with(' ')
    }

    /// Reads the value at the head of `text`, behind `:` or, where `is_word`, behind `=`.
    pub(super) fn read(text: &'t str, key: Key, is_word: bool) -> Option<Self> {
        let mut rest = const { Class::of(b" \t") }.split(text).1;
        for wrapper in ["Optional(", "Some(", "StatusCode(", "b"] {
            if let Some(inside) = rest.strip_prefix(wrapper)
                && (wrapper != "b" || inside.starts_with('"'))
            {
                rest = inside;
            }
        }
        let (escape, quoted) = const { Class::of(b"\\") }.split(rest);
        if const { Class::of(b"\"'") }.begins(quoted) {
            let mark = scan::between(rest, 0, escape.len().saturating_add(1));
            let inside = scan::from(rest, mark.len());
            let (text, end) = split_string(inside, mark);
            let rest = scan::from(inside, end);
            return Some(Self {
                text,
                rest: rest.strip_prefix(mark).unwrap_or(rest),
                is_bare: false,
            });
        }
        if is_word && !key.is_sentence() {
            let (text, rest) = const { Class::SPACE.with(b",;)]}\x01").not() }.split(rest);
            return (!text.is_empty()).then_some(Self {
                text,
                rest,
                is_bare: true,
            });
        }
        let (text, after) = const { Class::WORD.with(b".#:/-") }.split(rest);
        let is_whole = after.is_empty() || const { Class::of(b",;)}]\n\x01\\\"") }.begins(after);
        if text.is_empty() && !key.is_sentence() {
            return None;
        }
        if key.is_sentence() && !(is_whole && List("undefined|null|None").has(text)) {
            // A nested value is for the walk to read.
            let is_struct = name::is_name(text)
                && const { Class::of(b"( ") }.begins(after)
                && !after.starts_with(" (");
            let is_struct = is_struct && const { Class::of(b"({") }.begins(after.trim_start());
            let is_nested =
                is_struct || const { Class::of(b"{[(<\n") }.begins(rest) || rest.is_empty();
            return (!is_nested).then_some(Self {
                text: "",
                rest,
                is_bare: true,
            });
        }
        let is_status = key == Key::Status || key == Key::RequestId;
        (is_whole || is_status).then_some(Self {
            text,
            rest: after,
            is_bare: true,
        })
    }
}

/// The inside of a string up to its closing `mark`, and its length; all of `text` where none closes it.
pub(super) fn split_string<'t>(text: &'t str, mark: &str) -> (&'t str, usize) {
    let mut end = text.len();
    if mark.len() > 1 {
        // Inside another string: the mark itself is escaped, deeper ones have more backslashes.
        let quote = const { Class::of(b"\\") }.split(mark).1;
        let depth = mark.len().saturating_sub(1);
        let mut backslashes = 0_usize;
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\\' {
                backslashes = backslashes.saturating_add(1);
                continue;
            }
            if quote.as_bytes().first() == Some(&byte) && backslashes <= depth {
                end = at.saturating_sub(backslashes);
                break;
            }
            backslashes = 0;
        }
        return (scan::between(text, 0, end), end);
    }
    let quote = mark.bytes().next();
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if is_escaped {
            is_escaped = false;
        } else if byte == b'\\' {
            is_escaped = true;
        } else if Some(byte) == quote {
            let after = text.as_bytes().get(at.saturating_add(1));
            // An apostrophe within a word closes nothing.
            if byte == b'"' || !after.is_some_and(u8::is_ascii_alphanumeric) {
                end = at;
                break;
            }
        }
    }
    (scan::between(text, 0, end), end)
}

/// Whether `text`, behind a key, is a value as data has it: `: 'x'`, `: 7`, `: {`, `: undefined`.
pub(super) fn is_member(text: &str) -> bool {
    let Some(value) = text.strip_prefix(':').map(str::trim_start) else {
        return false;
    };
    const { Class::DIGIT.with(b"\"'`{[-") }.begins(value)
        || List("undefined|null|true|false|None").begins(value)
}

/// Whether the value of a key can begin behind `word`.
pub(super) fn may_be_key(word: &str, after: &str) -> bool {
    const { Class::of(b":=") }.begins(after) || is_in_table(word)
}

/// Whether a table is read whose rows are fields and whose first cell is `word`.
fn is_in_table(word: &str) -> bool {
    matches!(word, "Code" | "Message")
}

/// The cell beside the one that holds `word`, in a table whose rows are fields.
pub(super) fn cell<'t>(word: &str, after: &'t str) -> Option<&'t str> {
    if !is_in_table(word) {
        return None;
    }
    let cell = const { Class::of(b" ") }
        .split(after)
        .1
        .strip_prefix("| ")?;
    let (text, _) = scan::split_word(const { Class::of(b" ") }.split(cell).1);
    // In a table whose columns are fields stands the next one's name there.
    Key::of(text).is_none().then_some(cell)
}

/// A string without its escapes.
///
/// A line end that is not escaped came from wrapping.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if scan::contains(text, "\\n") && text.contains('\n') {
        let text = text.replace('\n', " ");
        return Cow::Owned(Escaped::new(&text).text().into_owned());
    }
    Escaped::new(text).text()
}

/// A text of XML without its entities; it may stand in a string.
pub(super) fn unescape_xml(text: &str) -> String {
    unescape_entities(&unescape(text))
}

/// A text without its entities, named or numbered.
pub(super) fn unescape_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('&') {
        out.push_str(plain);
        let (entity, tail) = const { Class::ALPHANUMERIC.with(b"#") }.split(after);
        let char = match entity {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => numeric(entity),
        };
        match (char, tail.strip_prefix(';')) {
            (Some(char), Some(tail)) => {
                out.push(char);
                rest = tail;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn numeric(entity: &str) -> Option<char> {
    let digits = entity.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => digits::read(hex, 16)?,
        None => digits::read(digits, 10)?,
    };
    char::from_u32(code)
}

/// An HTTP status.
pub(super) fn status(text: &str) -> Option<u16> {
    let (digits, rest) = Class::DIGIT.split(text);
    let status = digits::read(digits, 10)?;
    ((100..600).contains(&status) && !const { Class::of(b".-:/") }.begins(rest)).then_some(status)
}

/// The status that a sentence names: `HTTP 403`, `status code: 400`, `Status Code (403)`; and where it ends.
pub(super) fn status_in_prose(text: &str) -> Option<(u16, usize)> {
    let (_, rest) = Class::LETTER.split(text);
    let rest = rest
        .strip_prefix(" code")
        .or_else(|| rest.strip_prefix(" Code"))
        .unwrap_or(rest);
    let rest = rest.strip_prefix(" status").unwrap_or(rest);
    let rest = rest.strip_prefix(" client error").unwrap_or(rest);
    let (space, rest) = const { Class::of(b" :=(`'") }.split(rest);
    let status = (!space.is_empty() && space.len() < 4)
        .then(|| status(rest))
        .flatten()?;
    // 250 to 255 are what processes exit with.
    let is_http = !(250..=255).contains(&status);
    is_http.then(|| (status, scan::offset(text, rest).saturating_add(3)))
}

/// Whether a level is a warning or below, as a word or as pino writes it.
pub(super) fn is_low(level: &str) -> bool {
    List("warn|warning|info|debug|trace|verbose|notice|10|20|30|40").has_in_any_case(level)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && const { Class::DIGIT.with(b"-.") }.is_all(text)
}
