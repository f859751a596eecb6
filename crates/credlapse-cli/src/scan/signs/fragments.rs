//! The fragments under which signals are filed.

/// Fragments of words that cover all signals, the rarest in ordinary logs first.
///
/// A fragment leaves out the first letter of its word, which a text may write
/// as a capital, unless it is an acronym or part of a symbol. A signal that holds
/// none is filed under its own longest word: right, and quick up to 64 of them.
pub(super) const FRAGMENTS: &[&str] = &[
    "ACCESS_",
    "INSUFF",
    "IMDS",
    "CREDENTIALS",
    "Suspended",
    "EXPIRED",
    "auth2",
    "RejectedClaim",
    "er MFA code",
    "PendingVerif",
    "nflicting",
    "otocore",
    "SecurityHeader",
    "NotEntitled",
    "SignedUp",
    "RequestTimeToo",
    "SharedC",
    "s too old",
    "ssume",
    "ccount",
    "Blocked",
    "ncomplete",
    "etadata",
    "orization",
    "ormed",
    "resent",
    "etween",
    "xplicit",
    "econds",
    "ncorrect",
    "atest",
    "peration",
    "rong",
    "ined",
    "Auth",
    "Empty",
    "olicy",
    "nable",
    "s not",
    "ould",
    "ound",
    "ture",
    "erver",
    "ired",
    "nvalid",
    "ache",
    "ogin",
    "cept",
    "ailed",
    "ccess",
    "enti",
    "rovide",
    "rror",
];

/// How many fragments the SIMD search takes; with more, each byte costs a step of an automaton.
#[cfg(test)]
pub(super) const QUICK: usize = 64;
