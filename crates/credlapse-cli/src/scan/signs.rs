//! Signs of AWS in a large text: the places where a rule's signal may stand.
//!
//! Each signal is filed under a fragment of one of its words. A SIMD search
//! finds the fragments, and at each the signals filed there are compared as the
//! core compares them: without case, and whatever stands between two words.
//! What is found is a superset of what the core finds, and decides nothing.

mod words;

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use credlapse::Confidence;
use credlapse::rules::{Rule, Signal, Verdict};

use words::{is_word, letters};

/// Fragments that few lines of an ordinary log hold, the rarest first.
///
/// A fragment leaves out the first letter of its word, which may be a capital.
/// A signal that holds none of them is filed under its longest word: that is
/// right in any case, and quick while there are at most 64 fragments.
const FRAGMENTS: &[&str] = &[];

/// What surrounds an HTTP status in the texts of AWS tools: a status alone has no words.
const FRAMES: &[&str] = &[
    "when calling the HeadObject operation",
    "when calling the HeadBucket operation",
    "when calling the GetRoleCredentials operation",
    "when calling the CreateToken operation",
    "https response error StatusCode",
    "Unable to parse ExceptionName",
];

/// Finds the signs of the rules.
pub(super) struct Signs {
    fragments: AhoCorasick,
    /// For each fragment the signals that are filed under it.
    filed: Vec<Vec<Sign>>,
}

impl Signs {
    pub(super) fn of_the_rules() -> Self {
        let signals = Rule::all()
            .iter()
            .filter(|rule| is_sign(rule))
            .map(|rule| rule.signal);
        let frames = FRAMES.iter().copied().map(Signal::Phrase);
        let mut fragments: Vec<&str> = Vec::new();
        let mut filed: Vec<Vec<Sign>> = Vec::new();
        for (fragment, sign) in signals.chain(frames).filter_map(Sign::of) {
            match fragments.iter().position(|known| *known == fragment) {
                Some(number) => filed[number].push(sign),
                None => {
                    fragments.push(fragment);
                    filed.push(vec![sign]);
                }
            }
        }
        let fragments = AhoCorasick::builder()
            // One that begins another is the end of a word, which the other is not.
            .match_kind(MatchKind::LeftmostLongest)
            .build(fragments)
            .expect("some hundred short fragments are far below the limits of the automaton");
        Self { fragments, filed }
    }

    /// The first sign whose fragment begins at `from` or later.
    pub(super) fn find(&self, text: &[u8], mut from: usize) -> Option<Range<usize>> {
        loop {
            let found = self
                .fragments
                .find(Input::new(text).span(from..text.len()))?;
            let at = found.start();
            let sign = self.filed[found.pattern()]
                .iter()
                .find_map(|sign| sign.compare(text, at));
            if sign.is_some() {
                return sign;
            }
            // Not from its end: fragments may overlap.
            from = at + 1;
        }
    }
}

/// Whether a text with this signal in it is worth a look.
fn is_sign(rule: &Rule) -> bool {
    match rule.verdict {
        Verdict::Is(_) => rule.confidence > Confidence::Possible,
        Verdict::ChainEnd(_) | Verdict::Wrapper => true,
        _ => false,
    }
}

/// A signal, or the part of it that stands between two holes, around a fragment.
struct Sign {
    before: Vec<u8>,
    after: Vec<u8>,
    /// Whether it is a symbol: a word of its own, letter for letter.
    is_symbol: bool,
}

impl Sign {
    /// The fragment under which a signal is filed, and the signal.
    fn of(signal: Signal) -> Option<(&'static str, Self)> {
        let is_symbol = matches!(signal, Signal::Symbol(_));
        let parts = || parts(signal.literal());
        let rare = FRAGMENTS.iter().find_map(|fragment| {
            parts().find_map(|part| Some((part, inside_words(part, fragment)?, *fragment)))
        });
        let (part, at, fragment) = rare.or_else(|| {
            let (part, run) = parts()
                .flat_map(|part| lower_runs(part).map(move |run| (part, run)))
                .max_by_key(|(_, run)| run.len())?;
            Some((part, run.start, part.get(run)?))
        })?;
        let (before, after) = part.split_at(at);
        let spelled = |text: &str| {
            if is_symbol {
                text.into()
            } else {
                letters(text)
            }
        };
        Some((
            fragment,
            Self {
                before: spelled(before),
                after: spelled(after),
                is_symbol,
            },
        ))
    }

    fn compare(&self, text: &[u8], at: usize) -> Option<Range<usize>> {
        if self.is_symbol {
            let start = at.checked_sub(self.before.len())?;
            let end = at + self.after.len();
            let same = text.get(start..at)? == self.before && text.get(at..end)? == self.after;
            // Bundlers put an underscore before a name.
            let before = start.checked_sub(1).map(|before| text[before]);
            let alone = before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
                && text.get(end).is_none_or(|byte| !is_word(*byte));
            return (same && alone).then_some(start..end);
        }
        let end = words::follow(text, at, &self.after)?;
        let start = words::precede(text, at, &self.before)?;
        Some(start..end)
    }
}

/// The parts between the holes of a signal.
fn parts(literal: &'static str) -> impl Iterator<Item = &'static str> {
    literal.split(['{', '}']).step_by(2)
}

/// Where `fragment` stands in `part`, elsewhere than at the start of a word.
fn inside_words(part: &str, fragment: &str) -> Option<usize> {
    part.match_indices(fragment).map(|(at, _)| at).find(|at| {
        at.checked_sub(1)
            .is_some_and(|before| is_word(part.as_bytes()[before]))
    })
}

/// The runs of small letters behind the first letters of words.
fn lower_runs(part: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = part.as_bytes();
    (1..bytes.len())
        .filter(|at| bytes[*at].is_ascii_lowercase() && is_word(bytes[at - 1]))
        .filter(|at| *at == 1 || !bytes[at - 1].is_ascii_lowercase() || !is_word(bytes[at - 2]))
        .map(|start| {
            let run = bytes[start..]
                .iter()
                .take_while(|byte| byte.is_ascii_lowercase());
            start..start + run.count()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_of_each_rule_are_found() {
        let signs = Signs::of_the_rules();
        for rule in Rule::all().iter().filter(|rule| is_sign(rule)) {
            let literal = rule.signal.literal();
            let words = literal
                .split(['{', '}'])
                .step_by(2)
                .collect::<Vec<_>>()
                .join("x");
            let line = format!("ERROR {words}\n");
            let has_letters = literal.bytes().any(|byte| byte.is_ascii_lowercase());
            let found = signs.find(line.as_bytes(), 0);
            assert_eq!(found.is_some(), has_letters, "{}: {literal}", rule.id);
        }
    }
}
