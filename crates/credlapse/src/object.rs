//! One object for programs, written field by field: JSON with names in snake_case, serde with camelCase.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::digits;

/// The value of a field.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    /// The field is left out.
    Absent,
    Null,
    Bool(bool),
    Number(i32),
    Text(&'a str),
    List(&'a [Cow<'static, str>]),
}

impl<'a> Value<'a> {
    pub(crate) fn of(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    /// The words of a command; null where there is none.
    pub(crate) const fn argv(argv: &'a [Cow<'static, str>]) -> Self {
        if argv.is_empty() {
            Self::Null
        } else {
            Self::List(argv)
        }
    }

    /// A number of seconds; what does not fit is cut to 68 years.
    pub(crate) fn seconds(seconds: Option<i64>) -> Self {
        let bounded = |seconds: i64| {
            i32::try_from(seconds).unwrap_or(if seconds < 0 { i32::MIN } else { i32::MAX })
        };
        seconds.map_or(Self::Null, |seconds| Self::Number(bounded(seconds)))
    }
}

/// What is called with each field of an object, in order.
pub(crate) type Field<'f> = dyn FnMut(&'static str, Value<'_>) + 'f;

/// Appends an object in JSON, on one line.
pub(crate) fn push(json: &mut String, fields: impl FnOnce(&mut Field<'_>)) {
    json.push('{');
    let mut first = true;
    fields(&mut |name, value| {
        if matches!(value, Value::Absent) {
            return;
        }
        json.push_str(if core::mem::take(&mut first) {
            "\""
        } else {
            ",\""
        });
        json.push_str(name);
        json.push_str("\":");
        push_value(json, value);
    });
    json.push('}');
}

fn push_value(json: &mut String, value: Value<'_>) {
    match value {
        Value::Absent | Value::Null => json.push_str("null"),
        Value::Bool(value) => json.push_str(if value { "true" } else { "false" }),
        Value::Number(value) => digits::push(json, value.into(), 1),
        Value::Text(value) => push_string(json, value),
        Value::List(list) => {
            json.push('[');
            for (at, item) in list.iter().enumerate() {
                if at > 0 {
                    json.push(',');
                }
                push_string(json, item);
            }
            json.push(']');
        }
    }
}

/// Appends `text` as a JSON string; separators of lines are escaped too, so that one object stays one line.
fn push_string(json: &mut String, text: &str) {
    json.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_need_escape) {
        let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        json.push_str(plain);
        let mut chars = tail.chars();
        if let Some(char) = chars.next() {
            push_escaped(json, char);
        }
        rest = chars.as_str();
    }
    json.push_str(rest);
    json.push('"');
}

/// Whether a byte may be, or begin, a character that does not stand in a string as it is.
#[expect(
    clippy::indexing_slicing,
    reason = "every byte has a place in the table"
)]
fn may_need_escape(byte: u8) -> bool {
    MAY_NEED_ESCAPE[usize::from(byte)]
}

#[expect(
    clippy::indexing_slicing,
    reason = "runs at compile time alone, where a mistake is a compile error"
)]
static MAY_NEED_ESCAPE: [bool; 256] = {
    let mut escaped = [true; 256];
    let mut byte = 0x20;
    while byte < 0x7f {
        escaped[byte] = byte == b'"' as usize || byte == b'\\' as usize;
        byte += 1;
    }
    escaped
};

fn push_escaped(json: &mut String, char: char) {
    match char {
        '"' => json.push_str("\\\""),
        '\\' => json.push_str("\\\\"),
        '\n' => json.push_str("\\n"),
        '\t' => json.push_str("\\t"),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
            json.push_str("\\u");
            let [.., high, low] = u32::from(char).to_be_bytes();
            json.extend([high, low].into_iter().flat_map(digits::hex));
        }
        _ => json.push(char),
    }
}

/// Serialises one field under its camelCase name.
#[cfg(feature = "serde")]
pub(crate) fn serialize_entry<M: serde::ser::SerializeMap>(
    map: &mut M,
    name: &str,
    value: Value<'_>,
) -> Result<(), M::Error> {
    let mut camel = String::with_capacity(name.len());
    push_camel(&mut camel, name);
    match value {
        Value::Absent => Ok(()),
        Value::Null => map.serialize_entry(&camel, &()),
        Value::Bool(value) => map.serialize_entry(&camel, &value),
        Value::Number(value) => map.serialize_entry(&camel, &value),
        Value::Text(value) => map.serialize_entry(&camel, value),
        Value::List(value) => map.serialize_entry(&camel, value),
    }
}

#[cfg(feature = "serde")]
fn push_camel(json: &mut String, snake: &str) {
    let mut rest = snake;
    while let Some(at) = rest.bytes().position(|byte| byte == b'_') {
        let (part, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        json.push_str(part);
        let mut chars = tail.chars();
        chars.next();
        json.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        rest = chars.as_str();
    }
    json.push_str(rest);
}
