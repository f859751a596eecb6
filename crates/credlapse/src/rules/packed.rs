//! The rules in few bytes.
//!
//! As a struct, a row is forty bytes of addresses and lengths, which hardly
//! compress, and every WebAssembly module would carry them. Here the strings of
//! all rows are one text, a line for each, and the rest of a row is a few small
//! numbers. Where a line begins is found out when it is first asked, see `prepared`.

use super::{Scope, Signal, Verdict};
use crate::{Confidence, Kind, digits};

/// `N` rows, of which `SCOPED` have a scope.
pub(super) struct Packed<const N: usize, const SCOPED: usize> {
    /// The ids, as [`id`](super::id) encodes them.
    pub(super) ids: &'static str,
    pub(super) literals: &'static str,
    verdicts: [u8; N],
    signals: [u8; N],
    /// Which of `scoped`, from 1; 0 is [`Scope::Any`].
    scopes: [u8; N],
    scoped: [Scope; SCOPED],
}

impl<const N: usize, const SCOPED: usize> Packed<N, SCOPED> {
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

    pub(super) fn signal(&self, at: usize, literal: &'static str) -> Option<(Signal, Confidence)> {
        let (signal, confidence) = split(*self.signals.get(at)?, CONFIDENCES);
        let signal = match signal {
            SYMBOL => Signal::Symbol(literal),
            PHRASE => Signal::Phrase(literal),
            WHOLE => Signal::Whole(literal),
            _ => Signal::Status(digits::read(literal, 10)?),
        };
        Some((signal, Confidence::ALL.get(confidence).copied()?))
    }

    pub(super) fn scope(&self, at: usize) -> Option<Scope> {
        match self.scopes.get(at)?.checked_sub(1) {
            Some(at) => self.scoped.get(usize::from(at)).copied(),
            None => Some(Scope::Any),
        }
    }
}

const SYMBOL: u8 = 0;
const PHRASE: u8 = 1;
const WHOLE: u8 = 2;
const STATUS: u8 = 3;

const IS: u8 = 0;
const CHAIN_END: u8 = 1;
const WRAPPER: u8 = 2;
const TRANSPORT: u8 = 3;
const NOT_AUTH: u8 = 4;

/// How many values stand beside a signal, and beside a verdict, in one byte.
const CONFIDENCES: u8 = 4;
const KINDS: u8 = 32;

fn split(byte: u8, values: u8) -> (u8, usize) {
    let tag = byte.checked_div(values).unwrap_or(0);
    (tag, usize::from(byte.checked_rem(values).unwrap_or(0)))
}

pub(super) use pack::{joined, length, scoped, text};

/// Runs at compile time alone.
mod pack {
    #![expect(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        clippy::panic,
        reason = "a mistake is a compile error"
    )]

    use super::{
        CHAIN_END, CONFIDENCES, IS, KINDS, NOT_AUTH, PHRASE, Packed, STATUS, SYMBOL, TRANSPORT,
        WHOLE, WRAPPER,
    };
    use crate::Kind;
    use crate::rules::id::pack::{Line, encode};
    use crate::rules::{Row, Scope, Signal, Verdict};

    impl<const N: usize, const SCOPED: usize> Packed<N, SCOPED> {
        /// Packs rows whose joined ids and joined literals are given.
        pub(in crate::rules) const fn new(
            rows: &[Row; N],
            ids: &'static str,
            literals: &'static str,
        ) -> Self {
            let mut packed = Self {
                ids,
                literals,
                verdicts: [0; N],
                signals: [0; N],
                scopes: [0; N],
                scoped: [Scope::Any; SCOPED],
            };
            let (mut row, mut scoped) = (0, 0);
            while row < N {
                packed.verdicts[row] = verdict(rows[row].verdict);
                packed.signals[row] =
                    signal(rows[row].signal) * CONFIDENCES + rows[row].confidence as u8;
                if has_scope(&rows[row]) {
                    packed.scoped[scoped] = rows[row].scope;
                    scoped += 1;
                    packed.scopes[row] = byte(scoped);
                }
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

    const fn signal(signal: Signal) -> u8 {
        match signal {
            Signal::Symbol(_) => SYMBOL,
            Signal::Phrase(_) => PHRASE,
            Signal::Whole(_) => WHOLE,
            Signal::Status(_) => STATUS,
        }
    }

    const fn byte(number: usize) -> u8 {
        assert!(number <= u8::MAX as usize, "a byte is too small");
        number as u8
    }

    const fn has_scope(row: &Row) -> bool {
        !matches!(row.scope, Scope::Any)
    }

    /// How many rows have a scope.
    pub(in crate::rules) const fn scoped(rows: &[Row]) -> usize {
        let (mut row, mut count) = (0, 0);
        while row < rows.len() {
            count += has_scope(&rows[row]) as usize;
            row += 1;
        }
        count
    }

    /// The bytes of all ids, or else of all literals, a line for each.
    pub(in crate::rules) const fn length(rows: &[Row], ids: bool) -> usize {
        let (mut row, mut length) = (0, 0);
        while row < rows.len() {
            length += line(&rows[row], ids).length + 1;
            row += 1;
        }
        length
    }

    /// All ids, or else all literals.
    pub(in crate::rules) const fn joined<const LENGTH: usize>(
        rows: &[Row],
        ids: bool,
    ) -> [u8; LENGTH] {
        let mut joined = [b'\n'; LENGTH];
        let (mut row, mut to) = (0, 0);
        while row < rows.len() {
            let line = line(&rows[row], ids);
            let mut from = 0;
            while from < line.length {
                assert!(line.bytes[from] != b'\n', "a line ends where it ends");
                joined[to] = line.bytes[from];
                from += 1;
                to += 1;
            }
            to += 1;
            row += 1;
        }
        joined
    }

    /// The encoded id, or else the symbol, the words, or the digits of the status.
    const fn line(row: &Row, id: bool) -> Line {
        let literal = match row.signal {
            Signal::Status(status) => {
                let mut digits = Line::EMPTY;
                digits.push(b'0' + (status / 100) as u8);
                digits.push(b'0' + (status / 10 % 10) as u8);
                digits.push(b'0' + (status % 10) as u8);
                digits
            }
            signal => Line::of(signal.literal()),
        };
        if id {
            encode(row.id, &literal)
        } else {
            literal
        }
    }

    pub(in crate::rules) const fn text(bytes: &'static [u8]) -> &'static str {
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => panic!("strings joined are a string"),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::super::Rule;
    use super::super::table::ROWS;

    #[test]
    fn every_row_comes_out_as_it_went_in() {
        let mut rules = Rule::all();
        for row in &ROWS {
            let rule = rules.next().unwrap();
            assert_eq!(rule.id(), row.id);
            let out = (rule.verdict, rule.confidence, rule.signal, rule.scope);
            let went = (row.verdict, row.confidence, row.signal, row.scope);
            assert_eq!(format!("{out:?}"), format!("{went:?}"));
        }
        assert!(rules.next().is_none());
    }
}
