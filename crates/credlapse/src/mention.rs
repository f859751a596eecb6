//! What a message mentions beside its sentence: codes, a profile, a permission, a resource.

use crate::Timestamp;
use crate::digits;
use crate::text::class::Class;
use crate::text::scan::List;

/// A word of a message that stands where a code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention<'t> {
    pub(crate) code: &'t str,
    /// Whether the message says that it happened, and does not only speak of it.
    pub(crate) is_told: bool,
}

/// The word with a capital at `start..end`, where it stands as a code does: `(ExpiredToken)`, `ExpiredToken: ...`, `code: "ExpiredToken"`, `<Code>ExpiredToken<`.
///
/// In object keys and host names they stand beside slashes, dots and dashes
/// instead, so a bucket that is named like a code is none.
pub(crate) fn code(message: &str, start: usize, end: usize) -> Option<Mention<'_>> {
    let bytes = message.as_bytes();
    let word = bytes.get(start..end)?;
    if word.len() < CODE_MIN {
        return None;
    }
    let before = start.checked_sub(1).and_then(|before| bytes.get(before));
    let after = bytes.get(end);
    let stands = before.is_none_or(|byte| b" \t\n(\"'>`[#".contains(byte))
        && after.is_none_or(|byte| b":)\"',<\t`]\n".contains(byte));
    if !stands {
        return None;
    }
    let (before, after) = (message.get(..start)?, message.get(end..)?);
    Some(Mention {
        code: message.get(start..end)?,
        is_told: is_told(before, after),
    })
}

/// Whether what stands around a code tells of a failure.
///
/// A list of changes, of tests or of codes names them too: there none is the
/// head of a message, nothing is said of it, and no word calls it an error. A
/// compiler calls an error what it says of the name: "'X' is not defined".
fn is_told(before: &str, after: &str) -> bool {
    let head = before.trim_end();
    let is_head =
        before.is_empty() || const { Class::of(b":>") }.ends(head) && after.trim().is_empty();
    // So the AWS CLI prints it; here its sentence is broken into a line for each word.
    let is_in_brackets = head == "(" && after.trim() == ")";
    let has_message = after.strip_prefix(':').is_some_and(|rest| {
        let said = rest.strip_prefix(' ').unwrap_or(rest);
        Class::SAID.begins(said)
    });
    let said = const { Class::ALPHANUMERIC.not() }.split(after).1;
    let verb = said.split(' ').next().unwrap_or("");
    let is_subject = List("is|has|was|not|does").has(verb);
    is_head || is_in_brackets || has_message || !is_subject && is_called_error(before)
}

/// Whether one of the last words of `before` calls what follows an error.
fn is_called_error(before: &str) -> bool {
    let mut head = before;
    (0..CALLED_WITHIN).any(|_| {
        let (words, _) = const { Class::ALPHANUMERIC.not() }.split_tail(head);
        let (rest, word) = Class::ALPHANUMERIC.split_tail(words);
        head = rest;
        is_error_word(word)
    })
}

/// How many words before a code may call it an error.
const CALLED_WITHIN: usize = 3;

fn is_error_word(word: &str) -> bool {
    List("error|code|exception|failed|failure|fatal|reason").any(&|name| {
        let at = word.len().checked_sub(name.len());
        at.and_then(|at| word.get(at..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(name))
    })
}

/// The shortest code that is taken for one wherever it stands: shorter ones are English words too.
const CODE_MIN: usize = 9;

/// The profile that a message names: `profile 'dev'`, `profile=dev`, `--profile dev`, `profile: [dev]`.
pub(crate) fn profile(message: &str) -> Option<&str> {
    let mut rest = message;
    while let Some((_, tail)) = split_word(rest, "profile") {
        rest = tail;
        let direct = const { Class::of(b":= ") }.split(tail).1;
        let name = match direct.chars().next()? {
            '\'' | '`' | '"' | '[' | '(' => quoted(direct),
            // A bare word is the name only where a sign says so: "profile dev" may be prose.
            _ if tail.starts_with('=') => Some(bare(direct)),
            _ => None,
        };
        if let Some(name) = name.filter(|name| is_name(name)) {
            return Some(name);
        }
    }
    None
}

/// The action and the resource of "is not authorized to perform: ACTION on resource: RESOURCE".
pub(crate) fn permission(message: &str) -> (Option<&str>, Option<&str>) {
    let mut rest = message;
    let (action, tail) = loop {
        let Some((_, tail)) = split_word(rest, "authorized to perform") else {
            return (None, None);
        };
        // "You are not authorized to perform this operation" may come first.
        rest = const { Class::of(b": ") }.split(tail).1;
        let action = rest.split_whitespace().next().map(trim_punctuation);
        if let Some(action) = action.filter(|action| is_action(action)) {
            break (Some(action), rest);
        }
    };
    let resource = split_word(tail, "on resource")
        .map(|(_, tail)| const { Class::of(b": ") }.split(tail).1)
        .and_then(|tail| tail.split_whitespace().next())
        .map(trim_punctuation)
        .filter(|resource| !resource.is_empty() && *resource != "*");
    (action, resource)
}

/// How far behind "expired" the time of it may stand, in words.
const END_WITHIN: usize = 6;

/// When what a message calls expired has ended: "expired at 2026-11-21T14:15:00Z",
/// "must be before the expiration date/time 1763734500", "Token expired: NOW >= 1763734500".
pub(crate) fn end(message: &str) -> Option<Timestamp> {
    // Without an early end, so that many bytes are looked at at a time.
    let has_digit = message
        .bytes()
        .fold(false, |has, byte| has | byte.is_ascii_digit());
    if !has_digit {
        return None;
    }
    let mut rest = message;
    let mut end = None;
    while let Some((_, tail)) = split_word(rest, "expir") {
        rest = tail;
        let mut words = tail.split_whitespace().map(trim_punctuation);
        for _ in 0..END_WITHIN {
            let Some(word) = words.next() else { break };
            // What follows is the time of the refusal.
            if word.eq_ignore_ascii_case("current") {
                break;
            }
            if let Some(time) = time(word).filter(|_| words.clone().next() != Some(">=")) {
                end = Some(time);
                break;
            }
        }
    }
    end
}

/// RFC 3339, or seconds of Unix time of this century: ten digits, which may touch the word before them.
fn time(word: &str) -> Option<Timestamp> {
    let digits = const { Class::DIGIT.not() }.split(word).1;
    if digits.len() == 10 && Class::DIGIT.is_all(digits) {
        return digits::read(digits, 10).map(Timestamp);
    }
    Timestamp::parse(word)
}

fn is_action(action: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && const { Class::ALPHANUMERIC.with(b"-") }.is_all(part);
    action
        .split_once(':')
        .is_some_and(|(service, name)| part(service) && part(name))
}

fn trim_punctuation(text: &str) -> &str {
    const { Class::of(b"\"'`,.;()") }.trim(text)
}

/// The text before and after the first `word`, which is given in lower case and begins with a letter; case does not count.
fn split_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let first = word.first()?;
    let mut at = 0_usize;
    loop {
        let rest = bytes.get(at..)?;
        let skipped = rest.iter().position(|byte| byte | 0x20 == *first)?;
        let start = at.checked_add(skipped)?;
        let end = start.checked_add(word.len())?;
        if bytes.get(start..end)?.eq_ignore_ascii_case(word) {
            return Some((text.get(..start)?, text.get(end..)?));
        }
        at = start.checked_add(1)?;
    }
}

fn quoted(text: &str) -> Option<&str> {
    let (open, rest) = text.split_at_checked(1)?;
    let inside = match open {
        "[" => const { Class::of(b"]").not() },
        "(" => const { Class::of(b")").not() },
        "\"" => const { Class::of(b"\"").not() },
        // Ruby opens with a backtick and closes with an apostrophe.
        "`" => const { Class::of(b"`'").not() },
        _ => const { Class::of(b"'").not() },
    };
    let (name, close) = inside.split(rest);
    (!close.is_empty() || open == "`").then_some(name)
}

/// The word that begins `text`, as it stands in prose or in a list.
pub(crate) fn bare(text: &str) -> &str {
    const { Class::SPACE.with(b",;\"'`)").not() }.split(text).0
}

/// A profile may have any name; what a message quotes behind "profile" is one only if it looks like one.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 128
        && const { Class::SAID.with(b"_.@/+-: ") }.is_all(name)
        && !const { Class::of(b"- ") }.begins(name)
}
