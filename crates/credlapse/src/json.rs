//! A small reader of JSON: what it needs, where it stands, without a tree.
//!
//! Linear in the input, no recursion, no memory of its own; brackets may nest
//! up to 128 deep. It is strict about structure, so that a truncated or damaged
//! text is noticed, and tolerant about the inside of strings and of numbers.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::digits;
use crate::text::class::Class;

/// A value, not looked into: the slice of the text that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// What stands between the quotes, escapes as they are.
    String(Escaped<'a>),
    /// A number, `true`, `false` or `null`, as written.
    Literal(&'a str),
    /// An object, braces included: read it with [`members`].
    Object(&'a str),
    /// An array, brackets included.
    Array(&'a str),
}

/// The inside of a JSON string, escapes as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Escaped<'a>(&'a str);

/// The members of one object, in their order.
#[derive(Clone, Debug)]
pub(crate) struct Members<'a> {
    rest: &'a str,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    First,
    Next,
    Closed,
    Broken,
}

/// The members of the object at the start of `text`, or `None` where there is no object.
pub(crate) fn members(text: &str) -> Option<Members<'_>> {
    let rest = skip_space(text).strip_prefix('{')?;
    Some(Members {
        rest,
        state: State::First,
    })
}

/// The members of the one object that `text` is, or `None` where it is anything else.
pub(crate) fn object(text: &str) -> Option<Members<'_>> {
    let members = members(text)?;
    let mut end = members.clone();
    end.by_ref().for_each(drop);
    end.after()
        .is_some_and(|rest| skip_space(rest).is_empty())
        .then_some(members)
}

impl<'a> Members<'a> {
    /// The last member of this name, as every parser that keeps one keeps the last.
    pub(crate) fn get(&self, name: &str) -> Option<Value<'a>> {
        self.clone()
            .filter(|(key, _)| key.is(name))
            .map(|(_, value)| value)
            .last()
    }

    /// The last member of this name, where it is a string.
    pub(crate) fn string(&self, name: &str) -> Option<Cow<'a, str>> {
        match self.get(name)? {
            Value::String(escaped) => Some(escaped.text()),
            _ => None,
        }
    }

    /// What follows the closing brace; `None` before it and where it is missing.
    pub(crate) fn after(&self) -> Option<&'a str> {
        (self.state == State::Closed).then_some(self.rest)
    }

    fn step(&mut self) -> Option<(Escaped<'a>, Value<'a>)> {
        let mut rest = skip_space(self.rest);
        if let Some(after) = rest.strip_prefix('}') {
            self.rest = after;
            self.state = State::Closed;
            return None;
        }
        if self.state == State::Next {
            rest = skip_space(rest.strip_prefix(',')?);
        }
        let (name, rest) = split_string(rest.strip_prefix('"')?)?;
        let rest = skip_space(skip_space(rest).strip_prefix(':')?);
        let (value, rest) = split_value(rest)?;
        self.rest = rest;
        self.state = State::Next;
        Some((name, value))
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (Escaped<'a>, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if matches!(self.state, State::Closed | State::Broken) {
            return None;
        }
        let member = self.step();
        if member.is_none() && self.state != State::Closed {
            self.state = State::Broken;
        }
        member
    }
}

impl<'a> Escaped<'a> {
    /// The inside of a string that was found by other means.
    pub(crate) const fn new(inside: &'a str) -> Self {
        Self(inside)
    }

    /// Whether the string is `text`.
    pub(crate) fn is(self, text: &str) -> bool {
        if self.0.contains('\\') {
            self.text() == text
        } else {
            self.0 == text
        }
    }

    /// The string; half of a surrogate pair becomes U+FFFD.
    pub(crate) fn text(self) -> Cow<'a, str> {
        if !self.0.contains('\\') {
            return Cow::Borrowed(self.0);
        }
        let mut out = String::with_capacity(self.0.len());
        let mut rest = self.0;
        while let Some((plain, escape)) = rest.split_once('\\') {
            out.push_str(plain);
            let mut chars = escape.chars();
            let Some(letter) = chars.next() else {
                return Cow::Owned(out);
            };
            rest = chars.as_str();
            out.push(match letter {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let (char, after) = unit(rest);
                    rest = after;
                    char
                }
                other => other,
            });
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

/// The character of the `XXXX` (and a second `\uXXXX` of a pair) at the start of `text`.
fn unit(text: &str) -> (char, &str) {
    let Some((high, rest)) = hex(text) else {
        return (char::REPLACEMENT_CHARACTER, text);
    };
    if let Some((low, after)) = rest.strip_prefix("\\u").and_then(hex) {
        let pair = char::decode_utf16([high, low]).next();
        if let (0xd800..=0xdbff, Some(Ok(char))) = (high, pair) {
            return (char, after);
        }
    }
    let char = char::from_u32(u32::from(high)).unwrap_or(char::REPLACEMENT_CHARACTER);
    (char, rest)
}

fn hex(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    Some((digits::read(digits, 16)?, rest))
}

pub(crate) fn skip_space(text: &str) -> &str {
    const { Class::of(b" \t\n\r") }.split(text).1
}

/// Splits after the closing quote; the opening one is gone already.
pub(crate) fn split_string(text: &str) -> Option<(Escaped<'_>, &str)> {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })?;
    let (inside, rest) = text.split_at_checked(end)?;
    Some((Escaped(inside), rest.strip_prefix('"')?))
}

fn split_literal(text: &str) -> Option<(&str, &str)> {
    let (literal, rest) = const { Class::ALPHANUMERIC.with(b"+-.") }.split(text);
    let known = matches!(literal, "true" | "false" | "null")
        || const { Class::DIGIT.with(b"-") }.begins(literal);
    known.then_some((literal, rest))
}

pub(crate) fn split_value(text: &str) -> Option<(Value<'_>, &str)> {
    match text.as_bytes().first()? {
        b'"' => {
            let (inside, rest) = split_string(text.strip_prefix('"')?)?;
            Some((Value::String(inside), rest))
        }
        first @ (b'{' | b'[') => {
            let rest = skip_nested(text)?;
            let (inside, rest) = text.split_at_checked(text.len().checked_sub(rest.len())?)?;
            let value = if *first == b'{' {
                Value::Object(inside)
            } else {
                Value::Array(inside)
            };
            Some((value, rest))
        }
        _ => {
            let (literal, rest) = split_literal(text)?;
            Some((Value::Literal(literal), rest))
        }
    }
}

/// What follows the object or array at the start of `text`.
fn skip_nested(text: &str) -> Option<&str> {
    // One bit for each open bracket, innermost last: 1 is an object. The first
    // bit marks the depth.
    let mut open: u128 = 1;
    let mut rest = text;
    let mut may_close = true;
    loop {
        rest = skip_space(rest);
        let (first, after) = rest.split_at_checked(1)?;
        let in_object = open & 1 == 1 && open > 1;
        let mut ended = true;
        match first {
            "}" | "]" if open > 1 => {
                if (first == "}") != in_object || !may_close {
                    return None;
                }
                open >>= 1_u32;
                rest = after;
            }
            _ => {
                if in_object {
                    let (_, after) = split_string(rest.strip_prefix('"')?)?;
                    rest = skip_space(skip_space(after).strip_prefix(':')?);
                }
                match rest.as_bytes().first()? {
                    bracket @ (b'{' | b'[') => {
                        if open.leading_zeros() == 0 {
                            return None;
                        }
                        open = open << 1_u32 | u128::from(*bracket == b'{');
                        rest = rest.split_at_checked(1)?.1;
                        ended = false;
                        may_close = true;
                    }
                    b'"' => rest = split_string(rest.strip_prefix('"')?)?.1,
                    _ => rest = split_literal(rest)?.1,
                }
            }
        }
        if !ended {
            continue;
        }
        if open == 1 {
            return Some(rest);
        }
        rest = skip_space(rest);
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
            may_close = false;
        } else if const { Class::of(b"}]") }.begins(rest) {
            may_close = true;
        } else {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn reads_members_where_they_stand() {
        let text = r#" {"a" : "x\ny", "b":{"c":[1,{"d":"}"}]}, "e":-1.5e3,"f":null, "g":[]} tail"#;
        let object = members(text).unwrap();
        let found: Vec<_> = object.clone().map(|(name, _)| name.text()).collect();
        assert_eq!(found, ["a", "b", "e", "f", "g"]);
        assert_eq!(object.string("a").unwrap(), "x\ny");
        assert_eq!(
            object.get("b"),
            Some(Value::Object(r#"{"c":[1,{"d":"}"}]}"#))
        );
        assert_eq!(object.get("e"), Some(Value::Literal("-1.5e3")));
        assert_eq!(object.get("g"), Some(Value::Array("[]")));
        assert_eq!(object.string("e"), None);
        let mut end = object;
        assert_eq!(end.after(), None);
        assert_eq!(end.by_ref().count(), 5);
        assert_eq!(end.after(), Some(" tail"));
    }

    #[test]
    fn keeps_the_last_of_equal_names() {
        let object = object(r#"{"a":"1","\u0061":"2"}"#).unwrap();
        assert_eq!(object.string("a").unwrap(), "2");
    }

    #[test]
    fn decodes_escapes() {
        for (escaped, text) in [
            (r#"{"a":"\"\\\/\b\f\n\r\t"}"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#"{"a":"\u00e9\ud83d\ude00!"}"#, "é😀!"),
            (r#"{"a":"\ud83d-\ude00"}"#, "\u{fffd}-\u{fffd}"),
            (r#"{"a":"\ud83d\u0041"}"#, "\u{fffd}A"),
            (r#"{"a":"\u12"}"#, "\u{fffd}12"),
            (r#"{"a":"\u+123"}"#, "\u{fffd}+123"),
        ] {
            assert_eq!(object(escaped).unwrap().string("a").unwrap(), text);
        }
    }

    #[test]
    fn refuses_what_is_damaged() {
        for text in [
            "",
            "[]",
            "nonsense",
            "{",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a":1 "b":2}"#,
            r#"{,"a":1}"#,
            r#"{"a":"1}"#,
            r#"{"a":"1\"}"#,
            r#"{"a":[1,]}"#,
            r#"{"a":[1}]"#,
            r#"{"a":{"b":1]}"#,
            r#"{"a":{"b"}}"#,
            r#"{"a":nope}"#,
            r#"{"a":1} {"b":2}"#,
        ] {
            assert!(object(text).is_none(), "{text}");
        }
        for text in ["{}", " { } ", r#"{"a":[[],{},"",0,true]}"#] {
            assert!(object(text).is_some(), "{text}");
        }
    }

    #[test]
    fn notices_where_a_text_was_cut() {
        let whole = r#"{"a":"\"é\u00e9","b":[1,{"c":null}],"d":{"e":[]},"f":-0.5}"#;
        assert!(object(whole).is_some());
        for (end, _) in whole.char_indices() {
            let (cut, _) = whole.split_at(end);
            assert!(object(cut).is_none(), "{cut}");
        }
    }

    #[test]
    fn bounds_the_depth() {
        let nested =
            |depth: usize| alloc::format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(object(&nested(127)).is_some());
        assert!(object(&nested(128)).is_none());
        assert!(object(&nested(100_000)).is_none());
        assert!(object(&alloc::format!("{{\"a\":{}", "[{\"a\":".repeat(50_000))).is_none());
    }
}
