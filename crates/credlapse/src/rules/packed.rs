//! The rules in few bytes.
//!
//! As a struct, a row is forty bytes of addresses and lengths, which hardly
//! compress, and every WebAssembly module would carry them. Here the strings of
//! all rows are one text, and the rest of a row is a few small numbers.

use super::{Rule, Scope, Signal, Verdict};
use crate::{Confidence, Kind};

/// `N` rules, of which `SCOPED` have a scope.
pub(super) struct Packed<const N: usize, const SCOPED: usize> {
    ids: Strings<N>,
    literals: Strings<N>,
    verdicts: [u8; N],
    signals: [u8; N],
    /// Which of `scoped`, from 1; 0 is [`Scope::Any`].
    scopes: [u8; N],
    scoped: [Scope; SCOPED],
    letters: [u8; N],
}

impl<const N: usize, const SCOPED: usize> Packed<N, SCOPED> {
    /// The rule with this number.
    pub(super) fn rule(&self, at: usize) -> Option<Rule> {
        let literal = self.literals.get(at)?;
        let (signal, confidence) = split(*self.signals.get(at)?, CONFIDENCES);
        let (verdict, kind) = split(*self.verdicts.get(at)?, KINDS);
        let kind = Kind::ALL.get(kind).copied()?;
        Some(Rule {
            id: self.ids.get(at)?,
            verdict: match verdict {
                IS => Verdict::Is(kind),
                CHAIN_END => Verdict::ChainEnd(kind),
                WRAPPER => Verdict::Wrapper,
                TRANSPORT => Verdict::Transport,
                _ => Verdict::NotAuth,
            },
            confidence: Confidence::ALL.get(confidence).copied()?,
            signal: match signal {
                SYMBOL => Signal::Symbol(literal),
                PHRASE => Signal::Phrase(literal),
                WHOLE => Signal::Whole(literal),
                _ => Signal::Status(literal.parse().ok()?),
            },
            scope: match self.scopes.get(at)?.checked_sub(1) {
                Some(at) => self.scoped.get(usize::from(at)).copied()?,
                None => Scope::Any,
            },
            letters: u16::from(*self.letters.get(at)?),
        })
    }

    /// The symbol or the words of the rule with this number.
    pub(super) fn literal(&self, at: usize) -> &'static str {
        self.literals.get(at).unwrap_or("")
    }
}

/// Strings one after another, and where each begins.
struct Strings<const N: usize> {
    text: &'static str,
    starts: [u16; N],
}

impl<const N: usize> Strings<N> {
    fn get(&self, at: usize) -> Option<&'static str> {
        let from = usize::from(*self.starts.get(at)?);
        let to = at.checked_add(1).and_then(|next| self.starts.get(next));
        let to = to.map_or(self.text.len(), |to| usize::from(*to));
        self.text.get(from..to)
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
        CHAIN_END, CONFIDENCES, IS, KINDS, NOT_AUTH, PHRASE, Packed, STATUS, SYMBOL, Strings,
        TRANSPORT, WHOLE, WRAPPER,
    };
    use crate::Kind;
    use crate::rules::{Rule, Scope, Signal, Verdict};

    impl<const N: usize, const SCOPED: usize> Packed<N, SCOPED> {
        /// Packs rules whose joined ids and joined literals are given.
        pub(in crate::rules) const fn new(
            rules: &[Rule; N],
            ids: &'static str,
            literals: &'static str,
        ) -> Self {
            let mut packed = Self {
                ids: Strings::new(rules, true, ids),
                literals: Strings::new(rules, false, literals),
                verdicts: [0; N],
                signals: [0; N],
                scopes: [0; N],
                scoped: [Scope::Any; SCOPED],
                letters: [0; N],
            };
            let (mut rule, mut scoped) = (0, 0);
            while rule < N {
                let row = &rules[rule];
                packed.verdicts[rule] = verdict(row.verdict);
                packed.signals[rule] = signal(row.signal) * CONFIDENCES + row.confidence as u8;
                packed.letters[rule] = byte(row.letters as usize);
                if has_scope(row) {
                    packed.scoped[scoped] = row.scope;
                    scoped += 1;
                    packed.scopes[rule] = byte(scoped);
                }
                rule += 1;
            }
            packed
        }
    }

    impl<const N: usize> Strings<N> {
        const fn new(rules: &[Rule; N], ids: bool, text: &'static str) -> Self {
            let mut starts = [0; N];
            let (mut rule, mut at) = (0, 0);
            while rule < N {
                assert!(at <= u16::MAX as usize, "the strings need wider numbers");
                starts[rule] = at as u16;
                at += string_length(&rules[rule], ids);
                rule += 1;
            }
            Self { text, starts }
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

    const fn has_scope(rule: &Rule) -> bool {
        !matches!(rule.scope, Scope::Any)
    }

    /// How many rules have a scope.
    pub(in crate::rules) const fn scoped(rules: &[Rule]) -> usize {
        let (mut rule, mut count) = (0, 0);
        while rule < rules.len() {
            count += has_scope(&rules[rule]) as usize;
            rule += 1;
        }
        count
    }

    /// The bytes of all ids, or else of all literals.
    pub(in crate::rules) const fn length(rules: &[Rule], ids: bool) -> usize {
        let (mut rule, mut length) = (0, 0);
        while rule < rules.len() {
            length += string_length(&rules[rule], ids);
            rule += 1;
        }
        length
    }

    /// All ids, or else all literals, one after another.
    pub(in crate::rules) const fn joined<const LENGTH: usize>(
        rules: &[Rule],
        ids: bool,
    ) -> [u8; LENGTH] {
        let mut joined = [0; LENGTH];
        let (mut rule, mut to) = (0, 0);
        while rule < rules.len() {
            let mut from = 0;
            while from < string_length(&rules[rule], ids) {
                joined[to] = string_byte(&rules[rule], ids, from);
                from += 1;
                to += 1;
            }
            rule += 1;
        }
        joined
    }

    pub(in crate::rules) const fn text(bytes: &'static [u8]) -> &'static str {
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => panic!("strings joined are a string"),
        }
    }

    /// The id, or else the symbol, the words, or the digits of the status.
    const fn string_length(rule: &Rule, id: bool) -> usize {
        match rule.signal {
            _ if id => rule.id.len(),
            Signal::Status(_) => 3,
            signal => signal.literal().len(),
        }
    }

    const fn string_byte(rule: &Rule, id: bool, at: usize) -> u8 {
        match rule.signal {
            _ if id => rule.id.as_bytes()[at],
            Signal::Status(status) => b'0' + (status / [100, 10, 1][at] % 10) as u8,
            signal => signal.literal().as_bytes()[at],
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::super::table::{PACKED, RULES};

    #[test]
    fn every_rule_comes_out_as_it_went_in() {
        for (at, rule) in RULES.iter().enumerate() {
            let unpacked = PACKED.rule(at).unwrap();
            assert_eq!(format!("{unpacked:?}"), format!("{rule:?}"));
        }
        assert!(PACKED.rule(RULES.len()).is_none());
    }
}
