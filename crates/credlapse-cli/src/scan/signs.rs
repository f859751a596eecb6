//! Signs of AWS in a large text: the places where a rule's signal may stand.
//!
//! Each signal is filed under a fragment of one of its words. A SIMD search
//! finds the fragments, and at each the signals filed there are compared as the
//! core compares them: without case, and whatever stands between two words.
//! What is found is a superset of what the core finds, and decides nothing.

mod fragments;
mod near;
mod words;

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use credlapse::Confidence;
use credlapse::rules::{Rule, Scope, Signal, Verdict};

use fragments::FRAGMENTS;
use near::{Company, Near};
use words::{is_word, letters};

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
    filed: Vec<Filed>,
}

/// The signals that are filed under one fragment.
#[derive(Default)]
struct Filed {
    company: Company,
    signs: Vec<Sign>,
}

impl Signs {
    pub(super) fn of_the_rules() -> Self {
        let signals = Rule::all().filter(is_sign).flat_map(|rule| signals(&rule));
        let frames = FRAMES.iter().copied().map(Signal::Phrase);
        let mut fragments: Vec<&str> = Vec::new();
        let mut filed: Vec<Filed> = Vec::new();
        for (fragment, sign) in signals.chain(frames).filter_map(Sign::of) {
            let known = fragments.iter().position(|known| *known == fragment);
            let number = known.unwrap_or_else(|| {
                fragments.push(fragment);
                filed.push(Filed::default());
                filed.len() - 1
            });
            filed[number].company.add(sign.near);
            filed[number].signs.push(sign);
        }
        let fragments = AhoCorasick::builder()
            // One that begins another is the end of a word, which the other is not.
            .match_kind(MatchKind::LeftmostLongest)
            .build(fragments)
            .expect("some dozens of short fragments are far below the limits of the automaton");
        Self { fragments, filed }
    }

    /// The first sign whose fragment begins at `from` or later.
    pub(super) fn find(&self, text: &[u8], mut from: usize) -> Option<Range<usize>> {
        loop {
            let found = self
                .fragments
                .find(Input::new(text).span(from..text.len()))?;
            let place = found.range();
            let filed = &self.filed[found.pattern()];
            if filed.company.may_be(text, &place) {
                let near = Near::around(text, &place);
                let sign = filed.signs.iter().find_map(|sign| {
                    near.may_be(&sign.near)
                        .then(|| sign.compare(text, &place))?
                });
                if sign.is_some() {
                    return sign;
                }
            }
            // Not from its end: fragments may overlap.
            from = place.start + 1;
        }
    }
}

/// Whether what a rule says is worth a look.
fn is_sign(rule: &Rule) -> bool {
    match rule.verdict {
        Verdict::Is(_) => rule.confidence > Confidence::Possible,
        Verdict::ChainEnd(_) | Verdict::Wrapper => true,
        _ => false,
    }
}

/// What to look for: the signal of a rule where it says AWS by itself, else what its scope names.
fn signals(rule: &Rule) -> Vec<Signal> {
    match rule.scope {
        Scope::Any | Scope::Aws => vec![rule.signal],
        Scope::Module(names) => names.iter().copied().map(Signal::Phrase).collect(),
        // These stand beside a sign: the code, the call or the loading of credentials.
        _ => Vec::new(),
    }
}

/// A signal, or the part of it that stands between two holes, around a fragment.
struct Sign {
    before: Vec<u8>,
    after: Vec<u8>,
    near: Near,
    /// Whether it is a symbol: a word of its own, letter for letter.
    is_symbol: bool,
}

impl Sign {
    /// The fragment under which a signal is filed, and the signal.
    fn of(signal: Signal) -> Option<(&'static str, Self)> {
        let is_symbol = matches!(signal, Signal::Symbol(_));
        let parts = || parts(signal.literal());
        let rare = FRAGMENTS.iter().find_map(|fragment| {
            parts().find_map(|part| {
                let at = place(part, fragment, is_symbol)?;
                Some((part, at..at + fragment.len()))
            })
        });
        let runs = || parts().flat_map(|part| lower_runs(part).map(move |run| (part, run)));
        let (part, place) = rare.or_else(|| runs().max_by_key(|(_, run)| run.len()))?;
        let (before, after) = (&part[..place.start], &part[place.end..]);
        let near = Near::of(&letters(before), &letters(after));
        let spelled = |text: &str| {
            if is_symbol {
                text.into()
            } else {
                letters(text)
            }
        };
        let sign = Self {
            before: spelled(before),
            after: spelled(after),
            near,
            is_symbol,
        };
        Some((&part[place], sign))
    }

    /// Where the signal stands in `text`, if it stands around the fragment at `place`.
    fn compare(&self, text: &[u8], place: &Range<usize>) -> Option<Range<usize>> {
        if !self.is_symbol {
            let start = words::precede(text, place.start, &self.before)?;
            let end = words::follow(text, place.end, &self.after)?;
            return Some(start..end);
        }
        let start = place.start.checked_sub(self.before.len())?;
        let end = place.end + self.after.len();
        let is_same =
            text[start..place.start] == self.before && *text.get(place.end..end)? == self.after;
        // Bundlers put an underscore before a name.
        let starts = start == 0 || !text[start - 1].is_ascii_alphanumeric();
        let ends = text.get(end).is_none_or(|byte| !is_word(*byte));
        (is_same && starts && ends).then_some(start..end)
    }
}

/// The parts between the holes of a signal.
fn parts(literal: &'static str) -> impl Iterator<Item = &'static str> {
    literal.split(['{', '}']).step_by(2)
}

/// Where `fragment` stands in `part` in a case that texts do not change.
fn place(part: &str, fragment: &str, is_symbol: bool) -> Option<usize> {
    let is_acronym = fragment
        .bytes()
        .take(2)
        .all(|byte| byte.is_ascii_uppercase());
    let is_inside = |at: usize| at > 0 && is_word(part.as_bytes()[at - 1]);
    part.match_indices(fragment)
        .map(|(at, _)| at)
        .find(|at| is_symbol || is_acronym || is_inside(*at))
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
    use fragments::QUICK;

    #[test]
    fn each_signal_is_found_in_a_line_of_its_own() {
        let signs = Signs::of_the_rules();
        for signal in Rule::all().filter(is_sign).flat_map(|rule| signals(&rule)) {
            let literal = signal.literal();
            let words: Vec<_> = parts(literal).collect();
            let line = format!("ERROR {}\n", words.join("x"));
            assert!(signs.find(line.as_bytes(), 0).is_some(), "{literal}");
        }
    }

    #[test]
    fn an_ordinary_line_holds_no_sign() {
        let line = b"INFO token refreshed, request failed for user 7: invalid credentials, permission denied\n";
        assert_eq!(Signs::of_the_rules().find(line, 0), None);
    }

    #[test]
    fn the_search_stays_quick() {
        // Where this fails, a new rule holds no fragment: add one to the list, or a better one.
        let fragments = Signs::of_the_rules().fragments;
        assert!(
            fragments.patterns_len() <= QUICK,
            "{}",
            fragments.patterns_len()
        );
    }
}
