//! What loggers, consoles and CI systems put before a message.

use super::class::Class;
use super::scan::{self, List};
use crate::timestamp;

/// How much a log line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Warnings and below: the failure itself is printed elsewhere.
    Low,
    /// Errors and above.
    High,
}

/// A line, split behind its log prefix.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prefix<'t> {
    pub(super) rest: &'t str,
    pub(super) level: Option<Level>,
    pub(super) is_found: bool,
}

/// Takes timestamps, levels, thread and logger names from the head of a line.
///
/// A line that is indented may be a property, `error: 'expired_token'`; one in
/// a box, `is_boxed`, may be a row of a table.
pub(super) fn strip(line: &str, indent: usize, is_boxed: bool) -> Prefix<'_> {
    let mut out = Prefix {
        rest: line,
        level: None,
        is_found: false,
    };
    // The token that comes next, and how long the line is from there: nearly all are looked at twice.
    let mut ahead = (line.len(), token(line));
    if let Some(rest) = after_step(line).or_else(|| after_place(ahead.1)) {
        out.found(rest, None);
    }
    if let Some(rest) = line.strip_prefix("E   ") {
        // pytest
        out.found(rest.trim_start(), Some(Level::High));
    }
    for _ in 0..10 {
        let (token, rest) = if ahead.0 == out.rest.len() {
            ahead.1
        } else {
            token(out.rest)
        };
        let Some(first) = token.bytes().next() else {
            break;
        };
        let (next, after_next) = self::token(rest);
        ahead = (rest.len(), (next, after_next));
        if out.is_found && matches!(token, "stdout" | "stderr") && matches!(next, "F" | "P") {
            // A container runtime's stream, whole or in part.
            out.found(after_next, None);
            continue;
        }
        let is_line = next == "|" && !is_boxed || out.is_found && is_separator(next);
        if first.is_ascii_lowercase() && !is_line && !token.ends_with(':') && !is_npm(token) {
            break;
        }
        if let Some((level, rest)) = command(out.rest).or_else(|| klog(token, rest)) {
            out.found(rest, Some(level));
        } else if let Some(level) = level(token) {
            if indent > 0 && const { Class::of(b"'\"{[") }.begins(rest) {
                break;
            }
            out.found(rest, Some(level));
        } else if let Some((level, rest)) = python(out.rest) {
            out.found(rest, Some(level));
        } else if is_time(token)
            || out.is_found && is_id(token)
            || is_step(token) && (is_seconds(next) || next == "ERROR:")
            || is_seconds(token)
        {
            out.found(rest, None);
        } else if is_separator(token) && out.is_found {
            out.rest = rest;
        } else if timestamp::month(token).is_some() && Class::DIGIT.is_all(next) && !next.is_empty()
        {
            out.syslog(after_next);
        } else if is_source(token)
            && level(next).is_some()
            && (token.ends_with(':') || is_npm(token))
        {
            out.rest = rest;
        } else if is_npm(token) && matches!(next, "error" | "ERR!") {
            out.found(after_next, Some(Level::High));
        } else if is_npm(token) && matches!(next, "warn" | "WARN") {
            out.found(after_next, Some(Level::Low));
        } else if is_line && is_source(token) {
            out.found(after_next, None);
        } else if out.is_found && first == b'[' && const { Class::of(b"]:") }.ends(token) {
            out.rest = rest;
        } else {
            break;
        }
    }
    if out.level.is_none() && out.is_found {
        out.late_level();
    }
    let thrown = out.rest.strip_prefix('[').unwrap_or(out.rest);
    if thrown.starts_with("Un")
        && let Some(rest) = UNCAUGHT.strip(out.rest)
    {
        out.found(const { Class::of(b"\"'") }.split(rest).1, Some(Level::High));
    }
    out
}

/// What JavaScript hosts print before an error that nobody caught.
const UNCAUGHT: List = List(
    "[UnhandledPromiseRejection: |Unhandled Promise Rejection: |Unhandled promise rejection: |\
     Unhandled Rejection: |Unhandled rejection |Uncaught (in promise) |\
     Uncaught Exception: |Uncaught ",
);

impl<'t> Prefix<'t> {
    fn found(&mut self, rest: &'t str, level: Option<Level>) {
        self.is_found = true;
        self.rest = rest;
        self.level = self.level.or(level);
    }

    /// `Nov 21 21:20:04 host program[7]: message`, from behind the day.
    fn syslog(&mut self, rest: &'t str) {
        let (time, rest) = token(rest);
        let (_, after_host) = token(rest);
        let (program, after) = token(after_host);
        if is_time(time) && program.ends_with(':') {
            self.found(after, None);
        } else {
            self.found(rest, None);
        }
    }

    /// A level behind a thread or logger name: `[worker 1] com.example.App ERROR message`.
    fn late_level(&mut self) {
        let mut rest = self.rest;
        for _ in 0..4 {
            let (token, after) = token(rest);
            if Class::LOWER.is_in(token) && !const { Class::of(b".[:-") }.is_in(token) {
                return;
            }
            if let Some(level) = level(token) {
                return self.found(after, Some(level));
            }
            rest = after;
        }
    }
}

fn token(text: &str) -> (&str, &str) {
    // Here and for words a comparison is quicker than a set, and all text goes through both.
    let end = text.bytes().position(|byte| byte.is_ascii_whitespace());
    let (token, rest) = scan::split(text, end.unwrap_or(text.len()));
    match rest.as_bytes() {
        // Nearly always one space parts it from the next one.
        [_, b'!'..=b'~', ..] => (token, scan::from(rest, 1)),
        _ => (token, rest.trim_start()),
    }
}

/// The longest level, with the signs that may stand around it.
const LEVEL_MAX: usize = 12;

/// The level that a token names: `ERROR`, `[WARN]`, `error:`, but not `Error` within a sentence.
fn level(token: &str) -> Option<Level> {
    if token.len() > LEVEL_MAX {
        return None;
    }
    let bare = const { Class::LETTER.not() }.trim(token);
    if bare.len() < 3 || bare.len() > 8 {
        return None;
    }
    let is_marked = bare.len() < token.len() || Class::UPPER.is_all(bare);
    if !is_marked || token.len() > bare.len().saturating_add(4) || token.contains('\'') {
        return None;
    }
    // Every line of a log has one: the words are not looked for in a text.
    let is = |word: &&str| bare.eq_ignore_ascii_case(word);
    if [
        "error", "fatal", "critical", "severe", "panic", "err", "fail",
    ]
    .iter()
    .any(is)
    {
        Some(Level::High)
    } else if ["warn", "warning", "debug", "info", "trace", "verbose"]
        .iter()
        .any(is)
    {
        Some(Level::Low)
    } else {
        None
    }
}

/// `2026-11-21T21:10:00.123Z`, `2026/11/21`, `21:10:00,123`, `[2026-11-21`.
fn is_time(token: &str) -> bool {
    let token = const { Class::of(b"[](),|") }.trim(token);
    let mut marks = 0_u8;
    for byte in token.bytes() {
        match byte {
            b':' | b'-' | b'/' => marks = marks.saturating_add(1),
            b'0'..=b'9' | b'.' | b',' | b'T' | b'Z' | b'+' => {}
            _ => return false,
        }
    }
    marks >= 2 && token.len() >= 7 && token.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

/// `#8`, the step of an image that a builder prints before each of its lines.
fn is_step(token: &str) -> bool {
    let number = token.strip_prefix('#').unwrap_or("");
    !number.is_empty() && Class::DIGIT.is_all(number)
}

/// `1.304` or `120.5`: the seconds since that step began, always as wide.
fn is_seconds(token: &str) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let [first, rest @ .., last] = token.as_bytes() else {
        return false;
    };
    matches!(rest.len(), 3 | 4)
        && is_digit(first)
        && is_digit(last)
        && rest.iter().filter(|byte| !is_digit(byte)).eq(b".")
}

/// The id of a request, as Lambda logs it.
fn is_id(token: &str) -> bool {
    token.len() == 36 && const { Class::DIGIT.with(b"abcdefABCDEF-") }.is_all(token)
}

fn is_separator(token: &str) -> bool {
    matches!(token, "-" | "--" | "---" | "|" | ":" | "::")
}

/// What may be the name of a logger, thread, process or container.
fn is_source(token: &str) -> bool {
    token.len() <= 64 && const { Class::WORD.with(b".-:[]/$#@") }.is_all(token)
}

fn is_npm(token: &str) -> bool {
    matches!(token, "npm" | "pnpm" | "yarn")
}

/// Workflow commands: `##[error]message`, `::error file=a.sh::message`.
fn command(text: &str) -> Option<(Level, &str)> {
    let (head, rest) = if let Some(text) = text.strip_prefix("##[") {
        text.split_once(']')?
    } else {
        scan::split_once(text.strip_prefix("::")?, "::")?
    };
    let name = head.split(' ').next().unwrap_or("");
    let level = match name {
        "error" => Level::High,
        _ if List("warning|notice|debug|group|section|command").has(name) => Level::Low,
        _ => return None,
    };
    Some((level, rest.trim_start()))
}

/// `E1121 21:19:53.029743    4805 memcache.go:265] message`.
fn klog<'t>(token: &str, rest: &'t str) -> Option<(Level, &'t str)> {
    let level = match token.as_bytes() {
        [b'E' | b'F', digits @ ..]
            if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) =>
        {
            Level::High
        }
        [b'W' | b'I', digits @ ..]
            if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) =>
        {
            Level::Low
        }
        _ => return None,
    };
    let (head, rest) = scan::split_once(rest, "] ")?;
    (head.len() < 100).then_some((level, rest))
}

/// `ERROR:botocore.credentials:message`.
fn python(text: &str) -> Option<(Level, &str)> {
    let (name, rest) = Class::UPPER.split(text);
    let (logger, rest) = rest.strip_prefix(':')?.split_once(':')?;
    if logger.is_empty() || !is_source(logger) {
        return None;
    }
    Some((level(name)?, rest))
}

/// `job<TAB>step<TAB>2026-11-21T21:10:00.1Z message`, as a CI client prints a log.
fn after_step(line: &str) -> Option<&str> {
    if !line.as_bytes().contains(&b'\t') {
        return None;
    }
    let mut fields = line.splitn(3, '\t');
    let (job, step, rest) = (fields.next()?, fields.next()?, fields.next()?);
    let (time, _) = token(rest);
    (job.len().saturating_add(step.len()) < 200 && is_time(time)).then_some(rest)
}

/// Ruby's ``/app/main.rb:17:in `call': message``.
fn after_place<'t>((place, rest): (&str, &'t str)) -> Option<&'t str> {
    if !place.ends_with(":in") {
        return None;
    }
    scan::split_once(rest, "': ").map(|(_, rest)| rest)
}
