//! Terminal sequences and characters that do not show.

use alloc::borrow::Cow;
use alloc::string::String;
use core::iter::Peekable;
use core::str::Chars;

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
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_csi(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut chars),
            _ if is_control(char) => {}
            _ => out.push(char),
        }
    }
    Cow::Owned(out)
}

/// Whether a byte can begin a character that [`is_control`].
const fn may_control(byte: u8) -> bool {
    byte < b' ' && byte != b'\n' && byte != b'\t'
        || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef)
}

fn is_control(char: char) -> bool {
    match char {
        '\n' | '\t' => false,
        // Marks of direction and joiners: they reorder what is shown, or split it unseen.
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => true,
        _ => char.is_control(),
    }
}

type Rest<'a> = Peekable<Chars<'a>>;

/// Skips what follows an escape character.
fn skip_escape(chars: &mut Rest<'_>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_csi(chars);
        }
        // Operating system commands (titles, hyperlinks) and other strings.
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        _ => {
            while chars.next_if(|char| (' '..='/').contains(char)).is_some() {}
            chars.next_if(|char| ('0'..='~').contains(char));
        }
    }
}

fn skip_csi(chars: &mut Rest<'_>) {
    while chars.next_if(|char| (' '..='?').contains(char)).is_some() {}
    chars.next_if(|char| ('@'..='~').contains(char));
}

fn skip_string(chars: &mut Rest<'_>) {
    while let Some(char) = chars.next_if(|char| !matches!(char, '\n' | '\r')) {
        match char {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
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
        ] {
            assert_eq!(without_control(text), shown, "{text:?}");
        }
    }

    #[test]
    fn copies_only_where_something_goes() {
        assert!(matches!(without_control("a — b\n"), Cow::Borrowed(_)));
    }
}
