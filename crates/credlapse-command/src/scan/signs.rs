//! Signs of AWS in a large text: the places where a rule's signal may stand.
//!
//! Each signal is filed under one of its words. These are searched for all
//! together, and at each the signals filed there are compared as the core
//! compares them: without case, and whatever stands between two words.
//! What is found is a superset of what the core finds, and decides nothing.

mod anchor;
mod grams;
mod near;
mod piece;
mod seams;
mod words;

use std::ops::Range;

use credlapse::Confidence;
use credlapse::rules::{Rule, Scope, Signal, Verdict};

use anchor::Frequencies;
use grams::{Gram, Grams, READ};
use near::{Company, Near};
use piece::{PIECE, is_blank};
use seams::Seams;
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
    seams: Seams,
    behind_seams: Vec<Filed>,
}

/// Where signs stand close together, the next one is within that much.
const NEXT: usize = 1024;

/// The signals that are filed under one word, or some words together.
struct Filed {
    word: &'static str,
    company: Company,
    signs: Vec<Sign>,
}

impl Signs {
    pub(super) fn of_the_rules() -> Self {
        let signals = Rule::all().filter(is_sign).flat_map(|rule| signals(&rule));
        let frames = FRAMES.iter().copied().map(Signal::Phrase);
        let frequencies = Frequencies::of_everyday_words();
        let (mut filed, mut behind_seams) = (Vec::new(), Vec::new());
        let mut grams = Vec::new();
        let mut seams = Seams::default();
        for signal in signals.chain(frames) {
            let Some(anchor) = frequencies.anchor(parts(signal.literal())) else {
                continue;
            };
            for behind in anchor.behind_gaps() {
                let sign = Sign::around(signal, anchor.part, &behind);
                let (number, _) = file(&mut behind_seams, &anchor.part[behind.clone()], sign);
                seams.add(&letters(&anchor.part[behind.start..]), number);
            }
            let sign = Sign::around(signal, anchor.part, &anchor.place);
            let (number, is_new) = file(&mut filed, &anchor.part[anchor.place], sign);
            if is_new {
                let letters = anchor.letters.into_iter();
                grams.extend(letters.map(|(at, letters)| Gram::new(&letters, number, at)));
            }
        }
        let grams = Grams::of(grams);
        Self {
            grams,
            filed,
            seams,
            behind_seams,
        }
    }

    /// The first sign whose word begins at `from` or later.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<Range<usize>> {
        let mut end = from;
        while end < text.len() {
            let start = end;
            let length = if start == from { NEXT } else { PIECE };
            end = text.len().min(start + length);
            if is_blank(&text[start..text.len().min(end + READ)]) {
                continue;
            }
            let sign = self.grams.find(text, start..end, |word, at| {
                if at < from {
                    return None;
                }
                self.filed[word].compare(text, at)
            });
            let before = sign.as_ref().map_or(end, |sign| end.min(sign.start));
            let behind_seam = |word: usize, at| self.behind_seams[word].compare(text, at);
            let sign = self.seams.find(text, start..before, behind_seam).or(sign);
            if sign.is_some() {
                return sign;
            }
        }
        None
    }
}

/// Files a sign under a word: its number, and whether it is a new one.
fn file(filed: &mut Vec<Filed>, word: &'static str, sign: Sign) -> (usize, bool) {
    let known = filed
        .iter()
        .position(|filed| filed.word.eq_ignore_ascii_case(word));
    let number = known.unwrap_or(filed.len());
    if known.is_none() {
        filed.push(Filed {
            word,
            company: Company::default(),
            // Most have one.
            signs: Vec::with_capacity(1),
        });
    }
    filed[number].company.add(sign.near);
    filed[number].signs.push(sign);
    (number, known.is_none())
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
    match rule.scope() {
        Scope::Any | Scope::Aws => vec![rule.signal()],
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
    /// What stands around the word at `place` of a part of a signal.
    fn around(signal: Signal, part: &'static str, place: &Range<usize>) -> Self {
        let before = letters(&part[..place.start]);
        let after = letters(&part[place.end..]);
        Self {
            near: Near::of(&before, &after),
            before,
            after,
            symbol: matches!(signal, Signal::Symbol(_)).then_some(part.as_bytes()),
        }
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
    fn a_signal_is_found_wherever_its_line_is_broken() {
        let signs = Signs::of_the_rules();
        for signal in Rule::all().filter(is_sign).flat_map(|rule| signals(&rule)) {
            let line = parts(signal.literal()).collect::<Vec<_>>().join("x");
            for (at, _) in line.match_indices(' ') {
                for gap in ["\n", "\r\n", "\n\u{2502} ", "\x1b[0m\n\x1b[31m\u{2502}   "] {
                    let broken = [&line[..at], gap, &line[at + 1..]].concat();
                    assert!(signs.find(broken.as_bytes(), 0).is_some(), "{broken}");
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
    fn a_sign_is_found_across_the_edge_of_a_piece() {
        let signs = Signs::of_the_rules();
        let broken = b"the security token\nincluded in the request is expired";
        for edge in [NEXT, NEXT + PIECE] {
            for gap in edge - 54..edge + 2 {
                for filler in *b"\0x" {
                    let filler = [&vec![filler; gap - 1][..], b" "].concat();
                    let sign = [&filler[..], b"ExpiredToken "].concat();
                    assert_eq!(signs.find(&sign, 0), Some(gap..gap + 12), "{gap}");
                    let sign = [&filler[..], broken].concat();
                    assert!(signs.find(&sign, 0).is_some(), "{gap}");
                }
            }
        }
    }

    #[test]
    fn a_short_symbol_is_found_between_any_neighbours() {
        let signs = Signs::of_the_rules();
        for (before, after) in (0..=u8::MAX).zip((0..=u8::MAX).rev()) {
            if is_word(before) || is_word(after) {
                continue;
            }
            for indent in 0..Grams::STRIDE {
                let line = [
                    &vec![b' '; indent][..],
                    &[before],
                    b"Blocked",
                    &[after],
                    b"12",
                ]
                .concat();
                assert!(signs.find(&line, 0).is_some(), "{line:?}");
            }
        }
    }

    #[test]
    fn an_ordinary_line_holds_no_sign() {
        let line = b"INFO token refreshed, request failed for user 7: invalid credentials, permission denied\n";
        assert_eq!(Signs::of_the_rules().find(line, 0), None);
    }
}
