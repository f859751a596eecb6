//! Source code that is printed beside errors: excerpts of compilers, matches of grep, diffs.
//!
//! A code that a program compares with is no error that happened.

use super::scan;

/// Whether the line is source code and nothing else.
pub(super) fn is_code(text: &str) -> bool {
    let end = text.bytes().next_back().unwrap_or(b' ');
    if !matches!(end, b'{' | b';' | b':' | b',' | b')' | b'"' | b'\'' | b'}') {
        return false;
    }
    let (line, code) = excerpt(text);
    let is_opened = matches!(end, b'{' | b':');
    let is_branch = BRANCHES.iter().any(|word| code.starts_with(word));
    let is_ended = end == b';' && (code.ends_with(");") || code.ends_with("\";") || is_branch);
    is_opened && is_branch
        || is_ended && !code.contains(". ")
        || COMPARISONS.iter().any(|sign| code.contains(sign)) && (is_opened || line)
        || line && code.ends_with("{")
}

/// Keywords that a statement begins with.
const BRANCHES: [&str; 14] = [
    "if ", "if(", "} else", "else if", "elif ", "switch ", "case ", "for ", "while ", "match ",
    "return ", "throw ", "raise ", "except ",
];

/// Operators, between the words that they compare or assign.
const COMPARISONS: [&str; 10] = [
    " == \"", " == '", " === \"", " === '", " != \"", " != '", " !== \"", " !== '", " := ",
    "\" => ",
];

/// The code of a numbered or compared line, `> 12 | code`, `+code`, `src/main.go:12: code`, and whether it is one.
fn excerpt(text: &str) -> (bool, &str) {
    let numbered = text.trim_start_matches(['>', ' ']);
    let (digits, rest) = scan::split_run(numbered, |byte| byte.is_ascii_digit());
    if let (false, Some(code)) = (digits.is_empty(), rest.trim_start().strip_prefix('|')) {
        return (true, code.trim_start());
    }
    if let Some(code) = text.strip_prefix(['+', '-'])
        && !code.starts_with([' ', '-', '+'])
    {
        return (true, code.trim_start());
    }
    let (path, rest) = scan::split_run(text, |byte| !matches!(byte, b':' | b' ' | b'-'));
    let (digits, code) = scan::split_run(scan::from(rest, 1), |byte| byte.is_ascii_digit());
    match code.strip_prefix([':', '-']) {
        Some(code) if path.contains('.') && !digits.is_empty() => (true, code.trim_start()),
        _ => (false, text),
    }
}
