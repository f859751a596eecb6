//! The rules, as data: one row for each signal.
//!
//! A rule never decides alone. [`diagnose`](crate::diagnose) collects the rules
//! that match each cause and takes the strongest by [`Rule::rank`]; the order of
//! rows and tables has no meaning. Rows that say the same stand together: they
//! read as groups, and what is packed of them compresses.

mod denied;
mod expired;
mod filed;
mod found;
mod id;
mod invalid;
mod misconfigured;
mod missing;
mod not_auth;
mod packed;
mod prepared;
mod scope;
mod table;
mod wrapper;

use alloc::string::String;

use crate::{Confidence, Kind};

pub(crate) use filed::Filed;
pub(crate) use found::{Symbol, phrase, search, status};
pub(crate) use scope::Place;
pub use scope::Scope;

/// One row: a signal, and what it says.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rule {
    row: u16,
    /// What the signal says.
    pub verdict: Verdict,
    /// How sure the signal is.
    pub confidence: Confidence,
    sort: Sort,
    scope: scope::Packed,
    /// How many letters the signal has, holes left out.
    letters: u8,
}

/// The sort of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Symbol,
    Phrase,
    Whole,
    Status,
}

/// A rule as the tables write it.
#[derive(Clone, Copy)]
struct Row {
    signal: Signal,
    scope: Scope,
    verdict: Verdict,
    confidence: Confidence,
}

/// What a signal says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It is a failure of this kind.
    Is(Kind),
    /// A chain of providers ended with this kind and says nothing of the cause.
    ChainEnd(Kind),
    /// An auth call failed; the wrapped error says why.
    Wrapper,
    /// The network failed, perhaps inside an auth call.
    Transport,
    /// It looks like an auth failure and is none.
    NotAuth,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {
    /// An error code or name, letter for letter.
    Symbol(&'static str),
    /// Words in this order in a message.
    ///
    /// Case, punctuation, quotes and white space do not count; `{}` stands for
    /// any text of up to [`HOLE`] words, `{profile}` and `{session}` for a name
    /// of up to [`NAME`] words.
    Phrase(&'static str),
    /// Words in this order that are the whole message.
    Whole(&'static str),
    /// An HTTP status, where neither a code nor a message says more.
    Status(u16),
}

/// How many words a hole without a name may span.
pub const HOLE: usize = 48;

/// How many words a hole with a name may span: names of profiles and sessions are short.
pub const NAME: usize = 8;

impl Signal {
    /// The symbol or the words; empty for a status.
    #[must_use]
    pub const fn literal(&self) -> &'static str {
        match self {
            Self::Symbol(literal) | Self::Phrase(literal) | Self::Whole(literal) => literal,
            Self::Status(_) => "",
        }
    }

    const fn sort(&self) -> Sort {
        match self {
            Self::Symbol(_) => Sort::Symbol,
            Self::Phrase(_) => Sort::Phrase,
            Self::Whole(_) => Sort::Whole,
            Self::Status(_) => Sort::Status,
        }
    }
}

impl Sort {
    const fn is_message(self) -> bool {
        matches!(self, Self::Phrase | Self::Whole)
    }
}

impl Rule {
    /// The rule of a verdict for which local facts are all that there is; it is in no table.
    pub(crate) const fn of_facts(verdict: Verdict, confidence: Confidence) -> Self {
        Self {
            row: u16::MAX,
            verdict,
            confidence,
            sort: Sort::Whole,
            scope: scope::Packed(""),
            letters: 0,
        }
    }

    /// The id that a diagnosis names: the signal, and the place where alone it counts.
    ///
    /// No two rules have the same.
    ///
    /// ```
    /// use credlapse::{Cause, Evidence, diagnose};
    ///
    /// let cause = Cause { code: Some("ExpiredToken".into()), ..Cause::default() };
    /// let diagnosis = diagnose(&Evidence { causes: vec![cause], ..Evidence::default() }).unwrap();
    /// assert_eq!(diagnosis.rule, "ExpiredToken");
    /// ```
    #[must_use]
    pub fn id(&self) -> String {
        match self.packed() {
            "" => String::from("local-facts"),
            signal => id::of(signal, self.scope),
        }
    }

    /// The signal as it is packed: a symbol or digits as they are, words as [`packed`] normalises them.
    pub(crate) fn packed(&self) -> &'static str {
        prepared::prepared().signal(self.row.into())
    }

    /// What is looked for.
    #[must_use]
    pub fn signal(&self) -> Signal {
        let row = table::ROWS.get(usize::from(self.row));
        row.map_or(Signal::Whole(""), |row| row.signal)
    }

    /// Where the signal counts.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let row = table::ROWS.get(usize::from(self.row));
        row.map_or(Scope::Any, |row| row.scope)
    }

    pub(crate) fn is_scoped(&self) -> bool {
        self.scope.narrowness() > 0
    }

    /// Whether it counts in this place.
    pub(crate) fn holds(&self, place: &Place<'_>) -> bool {
        self.scope.holds(place)
    }

    /// Where the literal comes from.
    #[must_use]
    pub fn source(&self) -> &'static str {
        table::source(self.row.into())
    }

    /// The strength among the rules that match one cause; the greatest decides.
    ///
    /// 1. What says something, before the end of a chain, before a guess or a doubt, before a wrapper.
    /// 2. Definite before likely before possible.
    /// 3. A signal with a scope before one without: operation plus code beats code.
    /// 4. A message before a code: codes are overloaded, sentences hardly ever.
    /// 5. The longest literal.
    /// 6. The narrower remedy.
    #[must_use]
    pub fn rank(&self) -> Rank {
        Rank {
            decisive: match (self.verdict, self.confidence) {
                (Verdict::Wrapper, _) => 0,
                (Verdict::Is(_), Confidence::Possible) => 1,
                (Verdict::NotAuth, Confidence::Possible | Confidence::Likely) => 1,
                (Verdict::ChainEnd(_), _) => 2,
                _ => 3,
            },
            confidence: self.confidence,
            scope: self.scope.narrowness(),
            message: self.sort.is_message(),
            length: self.letters,
            narrowness: match self.verdict {
                Verdict::Is(kind) => narrowness(kind),
                Verdict::ChainEnd(kind) => narrowness(kind),
                Verdict::NotAuth | Verdict::Transport | Verdict::Wrapper => 0,
            },
            row: self.row,
        }
    }
}

/// The strength of a rule; see [`Rule::rank`]. Later fields break ties of earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    decisive: u8,
    confidence: Confidence,
    scope: u8,
    message: bool,
    length: u8,
    narrowness: u8,
    row: u16,
}

/// How many letters a literal has, without those of holes; at most 255.
fn letters(literal: &str) -> u8 {
    let (mut count, mut inside) = (0_u8, false);
    for byte in literal.bytes() {
        match byte {
            b'{' => inside = true,
            b'}' => inside = false,
            _ => count = count.saturating_add((!inside && byte.is_ascii_alphanumeric()).into()),
        }
    }
    count
}

/// Where two kinds overlap textually, the one with the narrower remedy wins.
const fn narrowness(kind: Kind) -> u8 {
    match kind {
        Kind::AmbiguousAuth => 4,
        Kind::CredentialsMissing | Kind::MetadataUnavailable => 5,
        Kind::CredentialProcessFailed => 6,
        Kind::ProfileMisconfigured => 7,
        Kind::PermissionDenied | Kind::InvalidAccessKey | Kind::SignatureMismatch => 8,
        Kind::AssumeRoleDenied | Kind::InvalidToken | Kind::ProfileNotFound => 9,
        _ => 10,
    }
}
