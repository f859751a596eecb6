//! Stack frames: dropped, but for the one that names credential code.

use alloc::string::String;

use super::class::Class;
use super::scan::{self, List};

/// What a line of a stack trace is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A frame.
    Plain,
    /// A Python frame, whose source line follows.
    Python,
    /// The last frame of a JavaScript error, before its own properties.
    Opens,
}

/// What `text`, indented by `indent`, is, where it belongs to a stack trace.
pub(super) fn read(text: &str, indent: usize) -> Option<Frame> {
    match text.as_bytes() {
        [b'a', b't', b' ', ..] if indent > 0 => text
            .ends_with(" {")
            .then_some(Frame::Opens)
            .or(Some(Frame::Plain)),
        [b'F', b'i', b'l', b'e', b' ', b'"', ..] if scan::contains(text, "\", line ") => {
            Some(Frame::Python)
        }
        // In a string of a log the rest of the trace stands on the same line.
        [b'#', digit, ..] if digit.is_ascii_digit() && !scan::contains(text, "\\n") => {
            Some(Frame::Plain)
        }
        [b'.', b'.', b'.', b' ', ..]
            if text.ends_with(" more") || text.ends_with("omitted") || text.ends_with(" ...") =>
        {
            Some(Frame::Plain)
        }
        [b'-', b'-', b'-', b' ', ..] | [b'[', b'P', b'r', b'e', b'v', ..]
            if scan::contains(text, "stack trace") || scan::contains(text, " repeated ") =>
        {
            Some(Frame::Plain)
        }
        [b'f', b'r', b'o', b'm', b' ', ..] if scan::contains(text, ":in ") => Some(Frame::Plain),
        [b'g', b'o', b'r', b'o', b'u', b't', b'i', b'n', b'e', ..] if text.ends_with("]:") => {
            Some(Frame::Plain)
        }
        [b'/', ..] if indent > 0 && scan::contains(text, ".go:") => Some(Frame::Plain),
        [b'~' | b'^', ..] => Some(Frame::Plain),
        _ => None,
    }
}

/// What names a file of credential code.
const FILES: List = List("credential|token-providers|/tokens.py|/metadata_service|/utils.py");

/// The package whose code the frame is in, where it is credential code.
pub(super) fn provenance(text: &str) -> Option<String> {
    let at = FILES.place(text)?;
    if let Some(file) = javascript_v2(text) {
        return Some(file);
    }
    let at = at.saturating_add(1);
    let (before, _) = const { PATH.with(b".").not() }.split_tail(text.get(..at)?);
    let start = before.len();
    let (file, _) = const { Class::WORD.with(b"-.") }.split(scan::from(text, start));
    let parent = text.get(..start.saturating_sub(1))?;
    let (_, parent) = const { PATH.not() }.split_tail(parent);
    let is_package = file.starts_with("credential-provider") || file.starts_with("token-providers");
    let is_python = parent.ends_with("botocore") && file.ends_with(".py");
    let is_npm = is_package && parent.starts_with('@');
    (is_python || is_npm).then(|| [parent, "/", file].concat())
}

/// The file of the SDK for JavaScript v2, whose modules are files of one package.
fn javascript_v2(text: &str) -> Option<String> {
    let (_, path) = scan::split_once(text, "aws-sdk/")?;
    let (_, file) = scan::split_once(path, "lib/")?;
    let file = file.split([':', ')']).next()?;
    Some(["aws-sdk/lib/", file].concat())
}

/// What parts and encloses the segments of a path.
const PATH: Class = Class::of(b"/\\\"( ");
