//! Ids in few bytes: a word of an id that stands in the rule's literal is a letter.
//!
//! `js3-sso-session-has-expired` of `The SSO session has expired` is `js3BAAA`:
//! a capital says how many words of the literal to pass over before the next
//! one is taken. What is not in the literal stands as it is.

use alloc::string::String;
use alloc::vec::Vec;

use crate::phrase::fold;

/// The id that `encoded` stands for, beside its literal.
pub(super) fn decode(encoded: &str, literal: &str) -> String {
    let mut id = Vec::with_capacity(64);
    let (mut word, mut rest) = (&b""[..], literal.as_bytes());
    for sign in encoded.bytes() {
        if !sign.is_ascii_uppercase() {
            id.push(sign);
            continue;
        }
        for _ in b'A'..=sign {
            (word, rest) = next_word(rest);
        }
        id.push(b'-');
        id.extend_from_slice(word);
    }
    // An id has no capitals of its own.
    id.make_ascii_lowercase();
    String::from_utf8(id).unwrap_or_default()
}

/// The next word of a literal and what follows it; a word ends before a capital behind a small letter, too.
const fn next_word(mut rest: &[u8]) -> (&[u8], &[u8]) {
    while let [first, tail @ ..] = rest
        && letter(*first) == 0
    {
        rest = tail;
    }
    let word = rest;
    let mut was_small = false;
    while let [first, tail @ ..] = rest {
        let letter = letter(*first);
        if letter == 0 || was_small && letter != *first {
            break;
        }
        was_small = letter == *first;
        rest = tail;
    }
    match word.split_at_checked(word.len().saturating_sub(rest.len())) {
        Some((word, _)) => (word, rest),
        None => (word, rest),
    }
}

/// A letter in lower case, or a digit; 0 for what separates words.
const fn letter(byte: u8) -> u8 {
    if byte == b'_' { 0 } else { fold(byte) }
}

/// Runs at compile time alone.
pub(super) mod pack {
    #![expect(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        reason = "a mistake is a compile error"
    )]

    use super::next_word;

    /// A line of a packed text.
    pub(in crate::rules) struct Line {
        pub(in crate::rules) bytes: [u8; Self::MAX],
        pub(in crate::rules) length: usize,
    }

    impl Line {
        const MAX: usize = 256;

        pub(in crate::rules) const EMPTY: Self = Self {
            bytes: [0; Self::MAX],
            length: 0,
        };

        pub(in crate::rules) const fn of(text: &str) -> Self {
            let mut line = Self::EMPTY;
            while line.length < text.len() {
                line.push(text.as_bytes()[line.length]);
            }
            line
        }

        pub(in crate::rules) const fn push(&mut self, byte: u8) {
            self.bytes[self.length] = byte;
            self.length += 1;
        }
    }

    pub(in crate::rules) const fn encode(id: &str, literal: &Line) -> Line {
        let (id, mut encoded) = (id.as_bytes(), Line::EMPTY);
        let (mut literal, _) = literal.bytes.split_at(literal.length);
        let mut from = 0;
        while from < id.len() {
            let mut to = from + 1;
            while to < id.len() && id[to] != b'-' {
                to += 1;
            }
            assert!(!id[from].is_ascii_uppercase(), "an id has no capitals");
            match passed_over(literal, id, from + 1, to) {
                Some((count, rest)) if id[from] == b'-' => {
                    encoded.push(b'A' + count);
                    literal = rest;
                }
                _ => {
                    while from < to {
                        encoded.push(id[from]);
                        from += 1;
                    }
                }
            }
            from = to;
        }
        encoded
    }

    /// How many words stand before the one that is `id[from..to]`, and what follows it.
    const fn passed_over<'l>(
        mut literal: &'l [u8],
        id: &[u8],
        from: usize,
        to: usize,
    ) -> Option<(u8, &'l [u8])> {
        let mut count = 0;
        while count < 26 {
            let (word, rest) = next_word(literal);
            if word.is_empty() {
                return None;
            }
            if is_same(word, id, from, to) {
                return Some((count, rest));
            }
            literal = rest;
            count += 1;
        }
        None
    }

    const fn is_same(word: &[u8], id: &[u8], from: usize, to: usize) -> bool {
        if word.len() != to - from {
            return false;
        }
        let mut at = 0;
        while at < to - from {
            if word[at].to_ascii_lowercase() != id[from + at] {
                return false;
            }
            at += 1;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(id: &str, literal: &str) -> String {
        let encoded = pack::encode(id, &pack::Line::of(literal));
        String::from_utf8_lossy(&encoded.bytes[..encoded.length]).into_owned()
    }

    #[test]
    fn words_of_the_literal_are_letters() {
        for (id, literal, short) in [
            (
                "js3-sso-session-has-expired",
                "The SSO session has expired",
                "js3BAAA",
            ),
            ("aws-expired-token", "ExpiredToken", "awsAA"),
            ("sso-portal-forbidden", "ForbiddenException", "sso-portalA"),
            ("oidc-create-token-400", "400", "oidc-create-tokenA"),
            ("a-b", "", "a-b"),
        ] {
            assert_eq!(encoded(id, literal), short);
            assert_eq!(decode(short, literal), id);
        }
    }
}
