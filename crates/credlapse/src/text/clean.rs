//! Terminal control sequences out of a text.

use alloc::borrow::Cow;
use alloc::string::String;

use super::class::Class;
use super::fields;
use super::scan::{self, List};
use crate::redact::after_escape;

/// `text` without control sequences; a carriage return ends a line.
///
/// A sequence that lost its escape character on the way (`[31m`) goes too.
pub(super) fn strip(text: &str) -> Cow<'_, str> {
    // Without a branch in it, so that it runs over many bytes at once.
    let is_clean = text
        .bytes()
        .zip(text.bytes().skip(1))
        .fold(true, |is_clean, (byte, next)| {
            let is_control = next < b' ' && next != b'\n' && next != b'\t';
            let is_colour = byte == b'[' && next.is_ascii_digit();
            is_clean & !is_control & !is_colour
        });
    let is_clean = is_clean
        && text
            .bytes()
            .next()
            .is_none_or(|byte| byte >= b' ' || byte == b'\n');
    if is_clean {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (plain, after) = const { Class::CONTROL.with(b"[").not() }.split(rest);
        out.push_str(plain);
        let mut chars = after.chars();
        match chars.next() {
            None => return Cow::Owned(out),
            Some('\u{1b}') => rest = after_escape(chars.as_str()),
            Some('[') => {
                rest = match after_colour(chars.as_str()) {
                    Some(rest) => {
                        out.truncate(before_written_escape(&out).len());
                        rest
                    }
                    None => {
                        out.push('[');
                        chars.as_str()
                    }
                }
            }
            Some(char) => {
                match char {
                    '\n' | '\t' => out.push(char),
                    // What is drawn over was a line of its own.
                    '\r' if !chars.as_str().starts_with('\n') => out.push_str("\n\n"),
                    _ => {}
                }
                rest = chars.as_str();
            }
        }
    }
}

/// `text` without the entities of HTML, where all of it stood in a page or in an element.
///
/// Elements that are elements here have values whose entities are read with them.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    let is_escaped = text.contains('&')
        && List("&quot;|&lt;|&#|&apos;|&amp;").is_in(text)
        && !scan::contains(text, "</");
    if is_escaped {
        Cow::Owned(fields::unescape_entities(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// `text` without the escape character at its end, where a string of data has it in letters.
fn before_written_escape(text: &str) -> &str {
    ["u001b", "u001B", "x1b", "x1B", "033", "e"]
        .iter()
        .filter_map(|letters| text.strip_suffix(letters))
        .find(|before| before.ends_with('\\'))
        .map_or(text, |before| {
            const { Class::of(b"\\") }.split_tail(before).0
        })
}

/// What follows a colour whose `[` is read.
fn after_colour(text: &str) -> Option<&str> {
    let (codes, rest) = const { Class::DIGIT.with(b";") }.split(text);
    if codes.is_empty() || codes.len() > 16 {
        return None;
    }
    rest.strip_prefix('m')
}
