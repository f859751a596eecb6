//! One object for programs, written field by field: JSON with names in snake_case, serde with camelCase.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};

/// The value of a field.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
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
        if !core::mem::take(&mut first) {
            json.push(',');
        }
        push_field(json, name, value);
    });
    json.push('}');
}

/// Appends `"name":value`.
pub(crate) fn push_field(json: &mut String, name: &str, value: Value<'_>) {
    push_string(json, name);
    json.push(':');
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(value) => json.push_str(if value { "true" } else { "false" }),
        Value::Number(value) => json.push_str(&value.to_string()),
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
    for char in text.chars() {
        match char {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\t' => json.push_str("\\t"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                json.push_str(&format!("\\u{:04x}", u32::from(char)));
            }
            _ => json.push(char),
        }
    }
    json.push('"');
}

/// Serialises one field under its camelCase name.
#[cfg(feature = "serde")]
pub(crate) fn serialize_entry<M: serde::ser::SerializeMap>(
    map: &mut M,
    name: &str,
    value: Value<'_>,
) -> Result<(), M::Error> {
    let name = camel(name);
    match value {
        Value::Null => map.serialize_entry(&name, &()),
        Value::Bool(value) => map.serialize_entry(&name, &value),
        Value::Number(value) => map.serialize_entry(&name, &value),
        Value::Text(value) => map.serialize_entry(&name, value),
        Value::List(value) => map.serialize_entry(&name, value),
    }
}

#[cfg(feature = "serde")]
fn camel(snake: &str) -> String {
    let mut camel = String::with_capacity(snake.len());
    for part in snake.split('_') {
        let mut chars = part.chars();
        if let Some(first) = chars.next() {
            camel.push(if camel.is_empty() {
                first
            } else {
                first.to_ascii_uppercase()
            });
        }
        camel.push_str(chars.as_str());
    }
    camel
}
