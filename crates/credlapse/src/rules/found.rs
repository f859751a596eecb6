//! Looks rules up: by code or name, by phrase, by status.

use super::filed::Under;
use super::prepared::prepared;
use super::table::{COUNT, PACKED, STATUSES};
use super::{Rule, Sort};
use crate::digits;
use crate::phrase::{self, Match, Seen};

impl Rule {
    /// Every rule, in the order of the tables.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..COUNT).filter_map(Self::of_row)
    }

    // Once, not at each of its callers.
    #[inline(never)]
    fn of_row(row: usize) -> Option<Self> {
        let prepared = prepared();
        let (sort, confidence) = PACKED.sort(row)?;
        Some(Self {
            row: u16::try_from(row).ok()?,
            verdict: PACKED.verdict(row)?,
            confidence,
            sort,
            scope: prepared.scope(row),
            letters: prepared.letters(row),
        })
    }
}

/// A code or name, and the rules whose symbol it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol<'t> {
    pub(crate) text: &'t str,
    rows: Option<Under<'static>>,
}

impl<'t> Symbol<'t> {
    pub(crate) fn look_up(text: &'t str) -> Self {
        let symbols = &prepared().symbols;
        let hash = phrase::hash(text.as_bytes());
        // Most codes and names are of no rule.
        let rows = symbols.may_have(hash).then(|| symbols.under(hash));
        let is_known = SymbolRows { text, rows }.next().is_some();
        Self {
            text,
            rows: rows.filter(|_| is_known),
        }
    }

    pub(crate) fn is_known(&self) -> bool {
        self.rows.is_some()
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = Rule> + use<'t> {
        let Self { text, rows } = *self;
        SymbolRows { text, rows }.filter_map(Rule::of_row)
    }
}

/// The rows of a code or name.
struct SymbolRows<'t> {
    text: &'t str,
    rows: Option<Under<'static>>,
}

impl Iterator for SymbolRows<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let prepared = prepared();
        let mut rows = self.rows.as_mut()?.map(|row| row as usize);
        // Two symbols may have one hash.
        rows.find(|row| prepared.signal(*row) == self.text)
    }
}

/// The rules for a status.
pub(crate) fn status(status: u16) -> impl Iterator<Item = Rule> {
    STATUSES
        .iter()
        .filter_map(|row| Rule::of_row(usize::from(*row)))
        .filter(move |rule| digits::read(rule.packed(), 10) == Some(status))
}

/// Calls `see` with each word of `text` that begins with a capital, and with each phrase of the rules that stands in it.
pub(crate) fn search<'t>(text: &'t str, see: impl FnMut(Seen<'t>)) {
    let prepared = prepared();
    phrase::search(&prepared.phrases, text, |row| prepared.signal(row), see);
}

/// The rule of a phrase that was seen, where it stands as the rule wants it.
pub(crate) fn phrase(number: usize, at: &Match<'_>) -> Option<Rule> {
    let rule = Rule::of_row(number);
    rule.filter(|rule| at.is_whole || rule.sort != Sort::Whole)
}
