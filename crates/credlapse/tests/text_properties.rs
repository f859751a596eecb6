//! What `text::read` keeps for any text: no panic, and bounds on what it gives.

use credlapse::{Cause, Evidence, text};
use proptest::prelude::*;

/// What headers, frames and bodies are made of; in any order, no text that a tool would print.
const PIECES: &[&str] = &[
    "An error occurred (",
    "ExpiredToken",
    ") when calling the ",
    "PutObject",
    " operation: ",
    "operation error S3: ",
    "https response error StatusCode: ",
    "403",
    ", RequestID: ",
    "api error ",
    "status code: 403, request id: ",
    "(Service: S3, Status Code: 403",
    "(Aws::S3::Errors::X)",
    "<?xml ?>",
    "<Error>",
    "<Code>",
    "</Code>",
    "<Message>",
    "&#x41;",
    "&#99999999;",
    "</Error>",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "\\\"",
    "\\\\\"",
    "'",
    "\\u12",
    "\\n",
    "\n",
    "\r",
    "\t",
    "  ",
    "",
    "\"message\":",
    "message: ",
    "code=",
    "\"__type\":\"",
    "level=debug ",
    "Some(\"",
    "b\"",
    "undefined",
    "Traceback (most recent call last):",
    "\n  File \"/a/botocore/credentials.py\", line 3, in f\n    x()\n",
    "The above exception was the direct cause of the following exception:",
    "\n    at f (/a/b.js:1:2) {\n",
    "[cause]: ",
    "Caused by: ",
    " ---> ",
    "\u{1b}[31m",
    "\u{1b}]0;",
    "\u{1b}",
    "│ ",
    "↳ ",
    "|-> ",
    "\u{1}",
    "2026-11-21T21:10:00Z ",
    "E1121 21:19:53.029743    4805 a.go:1] ",
    "##[error]",
    "::error::",
    "ERROR:a:",
    "AWS Error ACCESS_DENIED during X operation: ",
    "S3 error: 403 (",
    "Retrying",
    "A",
    "é",
    "𝄞",
    ": ",
    ", ",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..200).prop_map(|pieces| pieces.concat())
}

fn size(cause: &Cause) -> usize {
    let texts = [
        &cause.name,
        &cause.code,
        &cause.message,
        &cause.service,
        &cause.operation,
        &cause.request_id,
    ];
    texts.into_iter().flatten().map(String::len).sum()
}

/// A byte may be said as the end of one message, in a field that the next cause
/// takes over, and once more for each string that it stood in.
fn is_bounded(printed: &str, evidence: &Evidence) -> bool {
    let given: usize = evidence.causes.iter().map(size).sum();
    given <= printed.len().saturating_mul(4).saturating_add(64)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_within_bounds(printed in any::<String>()) {
        let evidence = text::read(&printed);
        prop_assert!(evidence.causes.len() <= Evidence::MAX_CAUSES);
        prop_assert!(is_bounded(&printed, &evidence));
    }

    #[test]
    fn any_order_of_headers_is_read_within_bounds(printed in pieces()) {
        let evidence = text::read(&printed);
        prop_assert!(evidence.causes.len() <= Evidence::MAX_CAUSES);
        prop_assert!(is_bounded(&printed, &evidence));
    }

    #[test]
    fn no_cause_is_empty(printed in pieces()) {
        for cause in text::read(&printed).causes {
            prop_assert_ne!(cause, Cause::default());
        }
    }

    #[test]
    fn messages_are_one_line(printed in pieces()) {
        for cause in text::read(&printed).causes {
            let message = cause.message.unwrap_or_default();
            prop_assert!(!message.contains(['\n', '\r', '\u{1}', '\u{1b}']), "{message:?}");
        }
    }
}

/// Texts that would take hours if any part were looked at again and again.
#[test]
fn hostile_texts_end() {
    let hostile = [
        "(",
        "{\"a\":",
        "<Code>",
        "<Error",
        "\"\\\"",
        "Aa [Aa ",
        "message: \"",
        "An error occurred (",
        "{\"message\":\"{\\\"message\\\":",
        "operation error S3: ",
        "{\"m\":\"x y\"},",
        "code=A ",
        "(Service: S3; ",
        "a\n",
        "│ ",
        "\\",
        "code: \\\"",
        "AaError: ",
        "- ",
        "error ",
        "::error ",
        "{code: 'A',{",
        "{\"a\":\"\\n\",\"message\":\"",
        "a' ",
        "E1234 ",
        "  at credential \n",
        "&",
        "\u{1b}[",
        "The above exception was the direct cause\nTraceback (most recent call last)\nAaError: b\n",
    ];
    for piece in hostile {
        let printed = piece.repeat(text::READ_MAX / 8 / piece.len());
        let evidence = text::read(&printed);
        assert!(evidence.causes.len() <= Evidence::MAX_CAUSES, "{piece}");
        assert!(is_bounded(&printed, &evidence), "{piece}");
    }
}

#[test]
fn a_line_of_times_alone_takes_no_stack() {
    let times = "11:22:33Z ".repeat(text::READ_MAX / 10);
    assert!(is_bounded(&times, &text::read(&times)));
}

#[test]
fn the_head_and_the_tail_of_a_long_text_are_read() {
    let filler = "item processed without trouble\n".repeat(text::READ_MAX / 8);
    let printed = format!("ExpiredToken: first\n{filler}SlowDown: last\n");
    let names: Vec<_> = text::read(&printed)
        .causes
        .into_iter()
        .filter_map(|cause| cause.name)
        .collect();
    assert_eq!(names, ["ExpiredToken", "SlowDown"]);
}

#[test]
fn what_speaks_of_access_outlives_what_does_not() {
    let filler = "item processed without trouble\n".repeat(5000);
    let printed = format!("{filler}Unable to locate credentials\n{filler}");
    let causes = text::read(&printed).causes;
    assert_eq!(causes.len(), Evidence::MAX_CAUSES);
    assert!(causes.contains(&Cause::message("Unable to locate credentials")));
}
