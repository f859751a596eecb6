//! Source code that is printed beside errors: excerpts of compilers, matches of grep, diffs.
//!
//! A code that a program compares with is no error that happened.

use super::class::Class;
use super::scan::{self, List};

/// Whether the line is source code and nothing else.
pub(super) fn is_code(line: &str) -> bool {
    let line = line.trim();
    let end = line.bytes().next_back().unwrap_or(b' ');
    if !b"{}();:,\"'|&".contains(&end) {
        return false;
    }
    let (place, code) = excerpt(line);
    let is_opened = matches!(end, b'{' | b':' | b'|' | b'&');
    let is_statement = STATEMENTS.begins(code);
    let is_compared = code.contains('=') && COMPARISONS.is_in(code);
    let is_ended = end == b';' && (is_statement || code.ends_with(");"))
        || end == b')' && code.starts_with("return ") && !scan::contains(code, ") ");
    match place {
        Place::Excerpt => const { Class::of(b"\"'(=") }.is_in(code) && !is_sentence(code),
        Place::Match => {
            const { Class::of(b"\"'") }.is_in(code)
                && !is_sentence(code)
                && matches!(end, b'{' | b';' | b',' | b':' | b')')
        }
        Place::None => {
            is_statement && (is_opened || is_compared)
                || is_opened && is_compared
                || is_ended && !is_sentence(code)
        }
    }
}

/// Words that a statement begins with.
const STATEMENTS: List = List(
    "if |if(|} else|else if|elif |switch |case |while |match |return |throw |raise |\
     except |const |let |var |import |assert |it(|test(|describe(",
);

/// Operators, between the words that they compare or assign.
const COMPARISONS: List = List(" == \"| == '| === \"| === '| != \"| != '| !== | := |\" => ");

/// Where a line of source code is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// `12 | code` of a compiler, `+code` of a diff.
    Excerpt,
    /// `src/main.go:12: code` of a search.
    Match,
    None,
}

/// The code of a line without what stands before it.
fn excerpt(line: &str) -> (Place, &str) {
    let (digits, rest) = Class::DIGIT.split(const { Class::of(b"> ") }.split(line).1);
    if let (false, Some(code)) = (digits.is_empty(), rest.trim_start().strip_prefix('|')) {
        return (Place::Excerpt, code.trim_start());
    }
    if let Some(code) = line.strip_prefix(['+', '-']) {
        // A list has one space behind its dash.
        let is_list = code.starts_with(' ') && !code.starts_with("  ");
        if !is_list && !const { Class::of(b"-+>") }.begins(code) {
            return (Place::Excerpt, code.trim_start());
        }
    }
    let (path, rest) = const { Class::of(b": ").not() }.split(line);
    let (digits, code) = Class::DIGIT.split(scan::from(rest, 1));
    match code.strip_prefix(':') {
        Some(code) if path.contains('.') && !digits.is_empty() => (Place::Match, code.trim_start()),
        _ => (Place::None, line),
    }
}

/// Whether something is said: three words in a row, outside of the statements of a language.
fn is_sentence(code: &str) -> bool {
    scan::is_prose(code) && scan::contains(code, ": ")
}
