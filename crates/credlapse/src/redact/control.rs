//! Terminal sequences and characters that do not show.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::text::class::Class;
use crate::text::scan;

/// `text` without terminal sequences, controls and invisible characters.
///
/// `\n` and `\t` stay; `\r\n`, `\r` and the separators of lines and paragraphs
/// become `\n`. A sequence that does not end is removed up to the end of its
/// line.
pub(super) fn without_control(text: &str) -> Cow<'_, str> {
    // Without an early end, so that many bytes are looked at at a time.
    let may = text
        .bytes()
        .fold(false, |may, byte| may | may_control(byte));
    if !may || !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        let rest = chars.as_str();
        let rest = match char {
            '\r' => {
                out.push('\n');
                rest.strip_prefix('\n').unwrap_or(rest)
            }
            '\u{2028}' | '\u{2029}' => {
                out.push('\n');
                rest
            }
            '\u{1b}' => after_escape(rest),
            '\u{9b}' => after_csi(rest),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => after_string(rest),
            _ => {
                if !is_control(char) {
                    out.push(char);
                }
                rest
            }
        };
        chars = rest.chars();
    }
    Cow::Owned(out)
}

/// Whether a byte may begin a character that [`is_control`]: nearly every text has none.
const fn may_control(byte: u8) -> bool {
    !matches!(byte, b' '..=b'~' | b'\n')
}

fn is_control(char: char) -> bool {
    match char {
        '\n' | '\t' => false,
        // Marks of direction, joiners and tags: they reorder what is shown, split it, or hide words in it.
        '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => char.is_control(),
    }
}

/// What follows the sequence whose escape character is read.
pub(crate) fn after_escape(text: &str) -> &str {
    let mut chars = text.chars();
    match chars.next() {
        Some('[') => after_csi(chars.as_str()),
        // Operating system commands (titles, hyperlinks) and other strings.
        Some(']' | 'P' | 'X' | '^' | '_') => after_string(chars.as_str()),
        _ => after_final(text, INTERMEDIATE, b'0'),
    }
}

/// What may stand between an escape character and the end of its sequence.
const INTERMEDIATE: Class = Class::of(b" !\"#$%&'()*+,-./");
/// What may stand in a control sequence before its end.
const PARAMETER: Class = INTERMEDIATE.or(Class::DIGIT).with(b":;<=>?");

fn after_csi(text: &str) -> &str {
    after_final(text, PARAMETER, b'@')
}

/// What follows the parameters of a sequence, and the character from `first` on that ends it.
fn after_final(text: &str, parameter: Class, first: u8) -> &str {
    let (_, rest) = parameter.split(text);
    match rest.as_bytes().first() {
        Some(last) if (first..=b'~').contains(last) => scan::from(rest, 1),
        _ => rest,
    }
}

/// What follows a string for the terminal, which ends with its line at the latest.
fn after_string(text: &str) -> &str {
    let mut chars = text.chars();
    loop {
        let rest = chars.as_str();
        match chars.next() {
            None | Some('\n' | '\r') => return rest,
            Some('\u{7}' | '\u{9c}') => return chars.as_str(),
            Some('\u{1b}') => {
                let rest = chars.as_str();
                return rest.strip_prefix('\\').unwrap_or(rest);
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_what_a_terminal_would_obey() {
        for (text, shown) in [
            ("plain – \u{2023} é 日本", "plain – \u{2023} é 日本"),
            ("a\u{1b}[1;31mb\u{1b}[0mc\u{1b}[?25ld", "abcd"),
            ("a\u{9b}31mb", "ab"),
            (
                "\u{1b}]8;;https://x/\u{1b}\\link\u{1b}]8;;\u{1b}\\!",
                "link!",
            ),
            ("\u{1b}]0;title\u{7}text", "text"),
            ("\u{1b}]0;no end\nnext", "\nnext"),
            ("\u{1b}(Ba\u{1b}7b\u{1b}", "ab"),
            ("\u{1b}P1;2|x\u{1b}\\y\u{90}z\u{9c}!", "y!"),
            ("a\u{0}b\u{8}c\u{7f}d\u{85}e", "abcde"),
            ("a\r\nb\rc\u{2028}d\te", "a\nb\nc\nd\te"),
            ("\u{feff}a\u{202e}b\u{2066}c\u{61c}d\u{200b}e", "abcde"),
            ("a\u{ad}b\u{e0000}c\u{e0041}\u{e007f}d", "abcd"),
            ("\u{ac}\u{ae}\u{e0080}", "\u{ac}\u{ae}\u{e0080}"),
        ] {
            assert_eq!(without_control(text), shown, "{text:?}");
        }
    }

    #[test]
    fn copies_only_where_something_goes() {
        assert!(matches!(without_control("a — b\n"), Cow::Borrowed(_)));
    }
}
