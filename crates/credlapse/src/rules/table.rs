//! All tables as one, and the two indexes over it; everything here is made at compile time.

#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "the tables are made at compile time alone, where a mistake is a compile error"
)]

use super::packed::{self, Packed};
use super::{Rule, Signal};
use crate::phrase;

/// Writes a table: rules for the verdict, and beside them, apart, where each literal comes from.
///
/// The sources are of no use to a verdict. In a table of their own, the linker
/// leaves them out of every program that does not print them, WASM above all.
macro_rules! rules {
    ($($id:literal: $verdict:expr, $confidence:ident, $signal:expr, $scope:expr, $source:literal;)*) => {
        #[allow(clippy::enum_glob_use, unused_imports, reason = "a row reads as a row")]
        use crate::{
            Confidence::*, Kind::*,
            rules::{Rule, Scope::*, Signal::*, Verdict::*},
        };

        pub(super) const RULES: &[Rule] = &[
            $(Rule { id: $id, verdict: $verdict, confidence: $confidence, signal: $signal, scope: $scope, letters: crate::rules::letters($signal.literal()) },)*
        ];
        pub(super) const SOURCES: &[(&str, &str)] = &[$(($id, $source),)*];
    };
}
pub(super) use rules;

const TABLES: &[&[Rule]] = &[
    super::denied::RULES,
    super::expired::RULES,
    super::invalid::RULES,
    super::misconfigured::RULES,
    super::missing::RULES,
    super::not_auth::RULES,
    super::wrapper::RULES,
];

const SOURCES: &[&[(&str, &str)]] = &[
    super::denied::SOURCES,
    super::expired::SOURCES,
    super::invalid::SOURCES,
    super::misconfigured::SOURCES,
    super::missing::SOURCES,
    super::not_auth::SOURCES,
    super::wrapper::SOURCES,
];

/// Where the literal of the rule with this id comes from.
pub(super) fn source(id: &str) -> &'static str {
    SOURCES
        .iter()
        .copied()
        .flatten()
        .find(|(rule, _)| *rule == id)
        .map_or("", |(_, source)| source)
}

/// A code or name, and the rows whose symbol it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol<'t> {
    pub(crate) text: &'t str,
    rows: &'static [u16],
}

impl<'t> Symbol<'t> {
    pub(crate) fn look_up(text: &'t str) -> Self {
        // Most codes and names are of no rule.
        let known = SYMBOL_FILTER.may_have(phrase::hash(text.as_bytes()));
        let symbols = if known { &SYMBOLS[..] } else { &[] };
        let literal = |row: &u16| PACKED.literal(usize::from(*row));
        let start = symbols.partition_point(|row| literal(row) < text);
        let (_, rows) = symbols.split_at_checked(start).unwrap_or_default();
        let count = rows.iter().take_while(|row| literal(row) == text).count();
        let (rows, _) = rows.split_at_checked(count).unwrap_or_default();
        Self { text, rows }
    }

    pub(crate) fn is_known(&self) -> bool {
        !self.rows.is_empty()
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = Rule> + use<> {
        let rows = self.rows.iter();
        rows.filter_map(|row| PACKED.rule(usize::from(*row)))
    }
}

/// The rules for a status.
pub(crate) fn status(status: u16) -> impl Iterator<Item = Rule> {
    STATUSES
        .iter()
        .filter_map(|rule| PACKED.rule(usize::from(*rule)))
        .filter(move |rule| rule.signal == Signal::Status(status))
}

/// Calls `found` with each rule whose phrase stands in `text`.
pub(crate) fn phrases<'t>(text: &'t str, mut found: impl FnMut(Rule, phrase::Match<'t>)) {
    INDEX.search(
        text,
        |rule| PACKED.literal(rule),
        |rule, at| {
            let rule = PACKED.rule(rule);
            if let Some(rule) =
                rule.filter(|rule| at.is_whole || !matches!(rule.signal, Signal::Whole(_)))
            {
                found(rule, at);
            }
        },
    );
}

pub(super) static PACKED: Packed<COUNT, { packed::scoped(&RULES) }> = {
    const IDS: &[u8] = &packed::joined::<{ packed::length(&RULES, true) }>(&RULES, true);
    const LITERALS: &[u8] = &packed::joined::<{ packed::length(&RULES, false) }>(&RULES, false);
    Packed::new(&RULES, packed::text(IDS), packed::text(LITERALS))
};

static SYMBOLS: [u16; SYMBOL_COUNT] = symbols();
static STATUSES: [u16; STATUS_COUNT] = statuses();
static SYMBOL_FILTER: phrase::Filter = symbol_filter();
static INDEX: phrase::Index<PHRASE_COUNT> = phrase::Index::new(&phrase_list());

pub(crate) static RULES: [Rule; COUNT] = {
    let mut rows = [TABLES[0][0]; COUNT];
    let (mut table, mut to) = (0, 0);
    while table < TABLES.len() {
        let mut row = 0;
        while row < TABLES[table].len() {
            rows[to] = TABLES[table][row];
            to += 1;
            row += 1;
        }
        table += 1;
    }
    rows
};

const COUNT: usize = {
    let (mut table, mut count) = (0, 0);
    while table < TABLES.len() {
        count += TABLES[table].len();
        table += 1;
    }
    count
};

const STATUS_COUNT: usize = COUNT - SYMBOL_COUNT - PHRASE_COUNT;

const SYMBOL_COUNT: usize = {
    let (mut rule, mut count) = (0, 0);
    while rule < COUNT {
        count += RULES[rule].signal.is_symbol() as usize;
        rule += 1;
    }
    count
};

const PHRASE_COUNT: usize = {
    let (mut rule, mut count) = (0, 0);
    while rule < COUNT {
        count += RULES[rule].signal.is_message() as usize;
        rule += 1;
    }
    count
};

const fn phrase_list() -> [(u16, &'static str); PHRASE_COUNT] {
    let mut list = [(0, ""); PHRASE_COUNT];
    let (mut rule, mut to) = (0, 0);
    while rule < COUNT {
        if RULES[rule].signal.is_message() {
            list[to] = (rule as u16, RULES[rule].signal.literal());
            to += 1;
        }
        rule += 1;
    }
    list
}

const fn symbol_filter() -> phrase::Filter {
    let mut filter = phrase::Filter::new();
    let mut rule = 0;
    while rule < COUNT {
        if RULES[rule].signal.is_symbol() {
            filter.add(phrase::hash(RULES[rule].signal.literal().as_bytes()));
        }
        rule += 1;
    }
    filter
}

/// The rows that are a status.
const fn statuses() -> [u16; STATUS_COUNT] {
    let mut list = [0; STATUS_COUNT];
    let (mut rule, mut to) = (0, 0);
    while rule < COUNT {
        if let Signal::Status(_) = RULES[rule].signal {
            list[to] = rule as u16;
            to += 1;
        }
        rule += 1;
    }
    list
}

/// The rows that are symbols, sorted by symbol.
const fn symbols() -> [u16; SYMBOL_COUNT] {
    let mut list = [0_u16; SYMBOL_COUNT];
    let (mut rule, mut count) = (0, 0);
    while rule < COUNT {
        if RULES[rule].signal.is_symbol() {
            let mut to = count;
            while to > 0 && is_less(&RULES[rule], &RULES[list[to - 1] as usize]) {
                list[to] = list[to - 1];
                to -= 1;
            }
            list[to] = rule as u16;
            count += 1;
        }
        rule += 1;
    }
    list
}

const fn is_less(left: &Rule, right: &Rule) -> bool {
    let (left, right) = (
        left.signal.literal().as_bytes(),
        right.signal.literal().as_bytes(),
    );
    let mut at = 0;
    while at < left.len() && at < right.len() {
        if left[at] != right[at] {
            return left[at] < right[at];
        }
        at += 1;
    }
    left.len() < right.len()
}
