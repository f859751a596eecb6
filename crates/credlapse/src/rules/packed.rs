//! The rules in few bytes.
//!
//! As a struct, a row is forty bytes of addresses and lengths, which hardly
//! compress, and every WebAssembly module would carry them. Here the strings of
//! all rows are one text, a line for each, and the rest of a row is a few small
//! numbers. Where a line begins is found out when it is first asked, see `prepared`.

use super::{Sort, Verdict};
use crate::{Confidence, Kind};

/// `N` rows.
pub(super) struct Packed<const N: usize> {
    /// The symbols, the words in lower case with a hyphen between two of them, or the digits of the status.
    pub(super) signals: &'static str,
    /// The scopes, each once, see [`scope::Packed`](super::scope::Packed).
    pub(super) scopes: &'static str,
    verdicts: [u8; N],
    sorts: [u8; N],
    /// Which line of `scopes`.
    scoped: [u8; N],
}

impl<const N: usize> Packed<N> {
    pub(super) fn verdict(&self, at: usize) -> Option<Verdict> {
        let (verdict, kind) = split(*self.verdicts.get(at)?, KINDS);
        let kind = Kind::ALL.get(kind).copied()?;
        Some(match verdict {
            IS => Verdict::Is(kind),
            CHAIN_END => Verdict::ChainEnd(kind),
            WRAPPER => Verdict::Wrapper,
            TRANSPORT => Verdict::Transport,
            _ => Verdict::NotAuth,
        })
    }

    pub(super) fn sort(&self, at: usize) -> Option<(Sort, Confidence)> {
        let (sort, confidence) = split(*self.sorts.get(at)?, CONFIDENCES);
        let sort = match sort {
            SYMBOL => Sort::Symbol,
            PHRASE => Sort::Phrase,
            WHOLE => Sort::Whole,
            _ => Sort::Status,
        };
        Some((sort, Confidence::ALL.get(confidence).copied()?))
    }

    pub(super) fn scope(&self, at: usize) -> usize {
        self.scoped.get(at).copied().unwrap_or(0).into()
    }
}

const SYMBOL: u8 = Sort::Symbol as u8;
const PHRASE: u8 = Sort::Phrase as u8;
const WHOLE: u8 = Sort::Whole as u8;

const IS: u8 = 0;
const CHAIN_END: u8 = 1;
const WRAPPER: u8 = 2;
const TRANSPORT: u8 = 3;
const NOT_AUTH: u8 = 4;

/// How many values stand beside a sort, and beside a verdict, in one byte.
const CONFIDENCES: u8 = 4;
const KINDS: u8 = 32;

fn split(byte: u8, values: u8) -> (u8, usize) {
    let tag = byte.checked_div(values).unwrap_or(0);
    (tag, usize::from(byte.checked_rem(values).unwrap_or(0)))
}

pub(super) use pack::{Scopes, Text};

/// Runs at compile time alone.
mod pack {
    #![expect(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        clippy::panic,
        reason = "a mistake is a compile error"
    )]

    use super::{CHAIN_END, CONFIDENCES, IS, KINDS, NOT_AUTH, Packed, TRANSPORT, WRAPPER};
    use crate::Kind;
    use crate::phrase::fold;
    use crate::rules::{Row, Scope, Signal, Verdict};

    impl<const N: usize> Packed<N> {
        /// Packs rows whose signals and scopes are given.
        pub(in crate::rules) const fn new(
            rows: &[Row; N],
            signals: &'static [u8],
            scopes: &Scopes<N>,
            lines: &'static [u8],
        ) -> Self {
            let mut packed = Self {
                signals: text(signals),
                scopes: text(lines),
                verdicts: [0; N],
                sorts: [0; N],
                scoped: scopes.of_row,
            };
            let mut row = 0;
            while row < N {
                packed.verdicts[row] = verdict(rows[row].verdict);
                packed.sorts[row] =
                    rows[row].signal.sort() as u8 * CONFIDENCES + rows[row].confidence as u8;
                row += 1;
            }
            packed
        }
    }

    const fn verdict(verdict: Verdict) -> u8 {
        let (tag, kind) = match verdict {
            Verdict::Is(kind) => (IS, kind),
            Verdict::ChainEnd(kind) => (CHAIN_END, kind),
            Verdict::Wrapper => (WRAPPER, Kind::ALL[0]),
            Verdict::Transport => (TRANSPORT, Kind::ALL[0]),
            Verdict::NotAuth => (NOT_AUTH, Kind::ALL[0]),
        };
        tag * KINDS + kind as u8
    }

    /// Lines as one text.
    pub(in crate::rules) struct Text<const MAX: usize> {
        bytes: [u8; MAX],
        pub(in crate::rules) length: usize,
    }

    impl<const MAX: usize> Text<MAX> {
        const EMPTY: Self = Self {
            bytes: [0; MAX],
            length: 0,
        };

        /// The signals of all rows, a line for each.
        pub(in crate::rules) const fn signals(rows: &[Row]) -> Self {
            let (mut text, mut row) = (Self::EMPTY, 0);
            while row < rows.len() {
                match rows[row].signal {
                    Signal::Symbol(symbol) => text.push_str(symbol),
                    Signal::Phrase(words) | Signal::Whole(words) => text.push_words(words),
                    Signal::Status(status) => text.push_status(status),
                }
                text.push(b'\n');
                row += 1;
            }
            text
        }

        const fn scope(scope: &Scope) -> Self {
            let mut text = Self::EMPTY;
            match scope {
                Scope::Any => {}
                Scope::Operation(names) => text.push_names(b'O', names),
                Scope::Service(names) => text.push_names(b'S', names),
                Scope::Module(names) => text.push_names(b'M', names),
                Scope::Code(names) => text.push_names(b'C', names),
                Scope::Answer(statuses) => {
                    text.push(b'A');
                    let mut at = 0;
                    while at < statuses.len() {
                        text.push(b'|');
                        text.push_status(statuses[at]);
                        at += 1;
                    }
                }
                Scope::Silent => text.push_str("silent"),
                Scope::Loading => text.push_str("loading"),
                Scope::SessionToken => text.push_str("temporary-keys"),
                Scope::Aws => text.push_str("aws"),
            }
            text.push(b'\n');
            text
        }

        const fn push(&mut self, byte: u8) {
            self.bytes[self.length] = byte;
            self.length += 1;
        }

        const fn push_str(&mut self, line: &str) {
            let (line, mut at) = (line.as_bytes(), 0);
            while at < line.len() {
                assert!(
                    !matches!(line[at], b'\n' | b'|'),
                    "these end a line or a name"
                );
                self.push(line[at]);
                at += 1;
            }
        }

        const fn push_names(&mut self, sort: u8, names: &[&str]) {
            self.push(sort);
            let mut at = 0;
            while at < names.len() {
                self.push(b'|');
                self.push_str(names[at]);
                at += 1;
            }
        }

        /// Words and holes, a hyphen between two of them.
        const fn push_words(&mut self, words: &str) {
            let (words, start) = (words.as_bytes(), self.length);
            let (mut at, mut is_apart, mut is_hole) = (0, false, false);
            while at < words.len() {
                let byte = words[at];
                is_apart |= byte == b'{';
                is_hole |= byte == b'{';
                let letter = if is_hole { byte } else { fold(byte) };
                if letter != 0 {
                    if is_apart && self.length > start {
                        self.push(b'-');
                    }
                    self.push(letter);
                }
                is_apart = letter == 0 || byte == b'}';
                is_hole &= byte != b'}';
                at += 1;
            }
        }

        const fn push_status(&mut self, status: u16) {
            self.push(b'0' + (status / 100) as u8);
            self.push(b'0' + (status / 10 % 10) as u8);
            self.push(b'0' + (status % 10) as u8);
        }

        const fn push_text<const LINE: usize>(&mut self, text: &Text<LINE>) {
            let mut at = 0;
            while at < text.length {
                self.push(text.bytes[at]);
                at += 1;
            }
        }

        /// Where `line` stands in the text, as the number of lines before it, or how many lines there are.
        const fn find<const LINE: usize>(&self, line: &Text<LINE>) -> (u8, bool) {
            let (mut at, mut number) = (0, 0);
            while at < self.length {
                let (start, mut is_same) = (at, true);
                while self.bytes[at] != b'\n' {
                    is_same = is_same && line.bytes[at - start] == self.bytes[at];
                    at += 1;
                }
                if is_same && line.bytes[at - start] == b'\n' {
                    return (number, true);
                }
                at += 1;
                number += 1;
            }
            (number, false)
        }

        /// The text in no more bytes than it has.
        pub(in crate::rules) const fn exact<const LENGTH: usize>(&self) -> [u8; LENGTH] {
            let (mut exact, mut at) = ([0; LENGTH], 0);
            while at < LENGTH {
                exact[at] = self.bytes[at];
                at += 1;
            }
            exact
        }
    }

    const fn text(bytes: &'static [u8]) -> &'static str {
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => panic!("strings joined are a string"),
        }
    }

    /// The scopes of `N` rows.
    pub(in crate::rules) struct Scopes<const N: usize> {
        /// A line for each, the first for everywhere.
        pub(in crate::rules) lines: Text<8192>,
        pub(in crate::rules) count: usize,
        of_row: [u8; N],
    }

    impl<const N: usize> Scopes<N> {
        pub(in crate::rules) const fn of(rows: &[Row; N]) -> Self {
            let mut scopes = Self {
                lines: Text::EMPTY,
                count: 1,
                of_row: [0; N],
            };
            scopes.lines.push(b'\n');
            let mut row = 0;
            while row < N {
                if !matches!(rows[row].scope, Scope::Any) {
                    let line = Text::<512>::scope(&rows[row].scope);
                    let (number, is_there) = scopes.lines.find(&line);
                    scopes.of_row[row] = number;
                    if !is_there {
                        scopes.lines.push_text(&line);
                        scopes.count += 1;
                    }
                }
                row += 1;
            }
            scopes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{PACKED, ROWS};
    use super::super::{Rule, Signal};

    #[test]
    fn every_row_comes_out_as_it_went_in() {
        let mut rules = Rule::all();
        for row in &ROWS {
            let rule = rules.next().unwrap();
            assert_eq!(rule.signal(), row.signal);
            assert_eq!(rule.scope(), row.scope);
            assert_eq!(rule.sort, row.signal.sort());
            assert_eq!(
                (rule.verdict, rule.confidence),
                (row.verdict, row.confidence)
            );
        }
        assert!(rules.next().is_none());
    }

    #[test]
    fn words_are_packed_without_what_does_not_count() {
        for (row, packed) in ROWS.iter().zip(PACKED.signals.lines()) {
            match row.signal {
                Signal::Symbol(symbol) => assert_eq!(packed, symbol),
                Signal::Status(status) => assert_eq!(packed.parse(), Ok(status)),
                Signal::Phrase(words) | Signal::Whole(words) => {
                    let is_packed =
                        |byte: u8| crate::phrase::fold(byte) == byte || b"-{}".contains(&byte);
                    assert!(packed.bytes().all(is_packed), "{packed}");
                    assert!(!packed.contains("--"), "{packed}");
                    assert_eq!(packed.matches('{').count(), words.matches('{').count());
                }
            }
        }
    }
}
