//! All tables as one; everything here is made at compile time.

#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "the tables are made at compile time alone, where a mistake is a compile error"
)]

use super::packed::{Packed, Scopes, Text};
use super::{Row, Signal};
use crate::phrase::{self, FiledWords};

/// Writes a table: rules for the verdict, and beside them, apart, where each literal comes from.
///
/// The sources are of no use to a verdict. In a table of their own, the linker
/// leaves them out of every program that does not print them, WASM above all.
macro_rules! rules {
    ($($signal:expr, $scope:expr => $verdict:expr, $confidence:ident, $source:literal;)*) => {
        #[allow(clippy::enum_glob_use, unused_imports, reason = "a row reads as a row")]
        use crate::{
            Confidence::*, Kind::*,
            rules::{Row, Scope::*, Signal::*, Verdict::*},
        };

        pub(super) static ROWS: &[Row] = &[
            $(Row { signal: $signal, scope: $scope, verdict: $verdict, confidence: $confidence },)*
        ];
        pub(super) const SOURCES: &[&str] = &[$($source,)*];
    };
}
pub(super) use rules;

const TABLES: &[&[Row]] = &[
    super::denied::ROWS,
    super::expired::ROWS,
    super::invalid::ROWS,
    super::misconfigured::ROWS,
    super::missing::ROWS,
    super::not_auth::ROWS,
    super::wrapper::ROWS,
];

const SOURCES: &[&[&str]] = &[
    super::denied::SOURCES,
    super::expired::SOURCES,
    super::invalid::SOURCES,
    super::misconfigured::SOURCES,
    super::missing::SOURCES,
    super::not_auth::SOURCES,
    super::wrapper::SOURCES,
];

/// Where the literal of the row with this number comes from.
pub(super) fn source(row: usize) -> &'static str {
    let mut sources = SOURCES.iter().copied().flatten();
    sources.nth(row).copied().unwrap_or("")
}

const SIGNALS: Text<65536> = Text::signals(&ROWS);
const SIGNAL_BYTES: &[u8] = &SIGNALS.exact::<{ SIGNALS.length }>();
const SCOPES: Scopes<COUNT> = Scopes::of(&ROWS);
const SCOPE_BYTES: &[u8] = &SCOPES.lines.exact::<{ SCOPES.lines.length }>();
pub(super) const SCOPE_COUNT: usize = SCOPES.count;

pub(super) static PACKED: Packed<COUNT> = Packed::new(&ROWS, SIGNAL_BYTES, &SCOPES, SCOPE_BYTES);

/// Under which words each phrase is filed, in the order of the rows.
pub(super) static FILED_WORDS: [FiledWords; PHRASE_COUNT] = phrase::file(&phrases());

/// The rows that are a status.
pub(super) static STATUSES: [u16; STATUS_COUNT] = statuses();

pub(super) static ROWS: [Row; COUNT] = {
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

pub(super) const COUNT: usize = {
    let (mut table, mut count) = (0, 0);
    while table < TABLES.len() {
        count += TABLES[table].len();
        table += 1;
    }
    count
};

const STATUS_COUNT: usize = COUNT - SYMBOL_COUNT - PHRASE_COUNT;

pub(super) const SYMBOL_COUNT: usize = {
    let (mut row, mut count) = (0, 0);
    while row < COUNT {
        count += matches!(ROWS[row].signal, Signal::Symbol(_)) as usize;
        row += 1;
    }
    count
};

pub(super) const PHRASE_COUNT: usize = {
    let (mut row, mut count) = (0, 0);
    while row < COUNT {
        count += ROWS[row].signal.sort().is_message() as usize;
        row += 1;
    }
    count
};

const fn phrases() -> [&'static str; PHRASE_COUNT] {
    let mut phrases = [""; PHRASE_COUNT];
    let (mut row, mut to) = (0, 0);
    while row < COUNT {
        if ROWS[row].signal.sort().is_message() {
            phrases[to] = ROWS[row].signal.literal();
            to += 1;
        }
        row += 1;
    }
    phrases
}

const fn statuses() -> [u16; STATUS_COUNT] {
    let mut statuses = [0; STATUS_COUNT];
    let (mut row, mut to) = (0, 0);
    while row < COUNT {
        if let Signal::Status(_) = ROWS[row].signal {
            statuses[to] = row as u16;
            to += 1;
        }
        row += 1;
    }
    statuses
}
