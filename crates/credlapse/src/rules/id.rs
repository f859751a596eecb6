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
    let literal = literal.as_bytes();
    let mut word = (0, 0);
    for sign in encoded.bytes() {
        if !sign.is_ascii_uppercase() {
            id.push(sign);
            continue;
        }
        for _ in b'A'..=sign {
            word = next_word(literal, word.1);
        }
        id.push(b'-');
        id.extend_from_slice(literal.get(word.0..word.1).unwrap_or_default());
    }
    // An id has no capitals of its own.
    id.make_ascii_lowercase();
    String::from_utf8(id).unwrap_or_default()
}

/// Where the next word of a literal begins and ends; it ends before a capital behind a small letter, too.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "every place is compared with the length before it is read"
)]
const fn next_word(literal: &[u8], mut start: usize) -> (usize, usize) {
    while start < literal.len() && letter(literal[start]) == 0 {
        start += 1;
    }
    let mut end = start;
    let mut was_small = false;
    while end < literal.len() && letter(literal[end]) != 0 {
        let is_small = letter(literal[end]) == literal[end];
        if was_small && !is_small {
            break;
        }
        was_small = is_small;
        end += 1;
    }
    (start, end)
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
        let (literal, _) = literal.bytes.split_at(literal.length);
        let (mut at, mut from) = (0, 0);
        while from < id.len() {
            let mut to = from + 1;
            while to < id.len() && id[to] != b'-' {
                to += 1;
            }
            assert!(!id[from].is_ascii_uppercase(), "an id has no capitals");
            match passed_over(literal, at, id, from + 1, to) {
                Some((count, end)) if id[from] == b'-' => {
                    encoded.push(b'A' + count);
                    at = end;
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

    /// How many words from `at` on stand before the one that is `id[from..to]`, and where that ends.
    const fn passed_over(
        literal: &[u8],
        mut at: usize,
        id: &[u8],
        from: usize,
        to: usize,
    ) -> Option<(u8, usize)> {
        let mut count = 0;
        while count < 26 {
            let (start, end) = next_word(literal, at);
            if start == end {
                return None;
            }
            if is_same(literal, start, end, id, from, to) {
                return Some((count, end));
            }
            at = end;
            count += 1;
        }
        None
    }

    const fn is_same(
        literal: &[u8],
        start: usize,
        end: usize,
        id: &[u8],
        from: usize,
        to: usize,
    ) -> bool {
        if end - start != to - from {
            return false;
        }
        let mut at = 0;
        while at < to - from {
            if literal[start + at].to_ascii_lowercase() != id[from + at] {
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
