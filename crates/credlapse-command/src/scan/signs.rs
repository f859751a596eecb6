//! Signs of AWS in a large text: the places where a rule's signal may stand.
//!
//! Each signal is filed under one of its words. These are searched for all
//! together, and at each the signals filed there are compared as the core
//! compares them: without case, and whatever stands between two words.
//! What is found is a superset of what the core finds, and decides nothing.

mod anchor;
mod grams;
mod near;
mod words;

use std::ops::Range;

use credlapse::Confidence;
use credlapse::rules::{Rule, Scope, Signal, Verdict};

use anchor::{Anchor, Frequencies};
use grams::Grams;
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
    grams: Grams,
    filed: Vec<Filed>,
}

/// The signals that are filed under one word.
struct Filed {
    word: &'static str,
    /// Where in the word its rarest letters begin.
    rarest: usize,
    company: Company,
    signs: Vec<Sign>,
}

impl Signs {
    pub(super) fn of_the_rules() -> Self {
        let signals = Rule::all().filter(is_sign).flat_map(|rule| signals(&rule));
        let frames = FRAMES.iter().copied().map(Signal::Phrase);
        let frequencies = Frequencies::of_everyday_words();
        let mut filed: Vec<Filed> = Vec::new();
        for (anchor, sign) in signals
            .chain(frames)
            .filter_map(|signal| Sign::of(signal, &frequencies))
        {
            let word = &anchor.part[anchor.place];
            let known = filed
                .iter()
                .position(|filed| filed.word.eq_ignore_ascii_case(word));
            let number = known.unwrap_or_else(|| {
                filed.push(Filed {
                    word,
                    rarest: anchor.rarest,
                    company: Company::default(),
                    signs: Vec::new(),
                });
                filed.len() - 1
            });
            filed[number].company.add(sign.near);
            filed[number].signs.push(sign);
        }
        let grams = Grams::of(filed.iter().map(|filed| (filed.word, filed.rarest)));
        Self { grams, filed }
    }

    /// The first sign whose word begins at `from` or later.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<Range<usize>> {
        self.grams.find(text, from, |word, start| {
            if start < from {
                return None;
            }
            self.filed[word].compare(text, start)
        })
    }
}

impl Filed {
    /// Where one of the signals stands, if its word begins at `start`.
    fn compare(&self, text: &[u8], start: usize) -> Option<Range<usize>> {
        let place = start..start + self.word.len();
        let is_here = text
            .get(place.clone())
            .is_some_and(|word| word.eq_ignore_ascii_case(self.word.as_bytes()));
        if !is_here || !self.company.may_be(text, &place) {
            return None;
        }
        let near = Near::around(text, &place);
        self.signs.iter().find_map(|sign| {
            near.may_be(&sign.near)
                .then(|| sign.compare(text, &place))?
        })
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

/// A signal, or the part of it that stands between two holes, around a word.
struct Sign {
    before: Vec<u8>,
    after: Vec<u8>,
    near: Near,
    /// A symbol is a word of its own, letter for letter.
    symbol: Option<&'static [u8]>,
}

impl Sign {
    /// The word under which a signal is filed, and the signal.
    fn of(signal: Signal, frequencies: &Frequencies) -> Option<(Anchor<'static>, Self)> {
        let anchor = frequencies.anchor(parts(signal.literal()))?;
        let Anchor { part, place, .. } = &anchor;
        let before = letters(&part[..place.start]);
        let after = letters(&part[place.end..]);
        let sign = Self {
            near: Near::of(&before, &after),
            before,
            after,
            symbol: matches!(signal, Signal::Symbol(_)).then_some(part.as_bytes()),
        };
        Some((anchor, sign))
    }

    /// Where the signal stands in `text`, if it stands around the word at `place`.
    fn compare(&self, text: &[u8], place: &Range<usize>) -> Option<Range<usize>> {
        let start = words::precede(text, place.start, &self.before)?;
        let end = words::follow(text, place.end, &self.after)?;
        let Some(symbol) = self.symbol else {
            return Some(start..end);
        };
        // Bundlers put an underscore before a name.
        let starts = start == 0 || !text[start - 1].is_ascii_alphanumeric();
        let ends = text.get(end).is_none_or(|byte| !is_word(*byte));
        (text[start..end] == *symbol && starts && ends).then_some(start..end)
    }
}

/// The parts between the holes of a signal.
fn parts(literal: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    literal.split(['{', '}']).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signal_is_found_in_a_line_of_its_own() {
        let signs = Signs::of_the_rules();
        for signal in Rule::all().filter(is_sign).flat_map(|rule| signals(&rule)) {
            let literal = signal.literal();
            let words: Vec<_> = parts(literal).collect();
            // Wherever it begins, also where the text ends behind it.
            for indent in 0..Grams::STRIDE {
                let line = format!("{}{}", " ".repeat(indent), words.join("x"));
                for end in ["", " or whatever follows\n"] {
                    let line = format!("{line}{end}");
                    assert!(signs.find(line.as_bytes(), 0).is_some(), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_sign_is_found_behind_and_before_nuls() {
        let signs = Signs::of_the_rules();
        for gap in 0..40 {
            let line = [&vec![0; gap][..], b"ExpiredToken", &[0; 40]].concat();
            assert_eq!(signs.find(&line, 0), Some(gap..gap + 12), "{gap}");
        }
    }

    #[test]
    fn an_ordinary_line_holds_no_sign() {
        let line = b"INFO token refreshed, request failed for user 7: invalid credentials, permission denied\n";
        assert_eq!(Signs::of_the_rules().find(line, 0), None);
    }
}
