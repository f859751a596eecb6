//! Finds the words of a message and the phrases of the rules in it, in one walk.
//!
//! Each phrase is filed under its rarest word. A message is walked once, word by
//! word; a phrase is compared only where its word stands and its second rarest
//! stands somewhere too. That is linear in the message, needs nothing built at
//! run time, and is little code.
//!
//! A word is a run of ASCII letters, digits and underscores, compared without
//! case. All else separates words: quotes of any style, line wraps, box
//! drawing and arrows do not count.

mod rarity;

use crate::mention;
use crate::rules::{Filed, HOLE, NAME};
use crate::text::class::Class;

pub(crate) use rarity::file;

/// Under which of its words a phrase is filed.
#[derive(Clone, Copy)]
pub(crate) struct FiledWords {
    /// The number of its rarest word, of those before the first hole.
    rarest: u8,
    /// The number of its second rarest word, of all; that of the rarest where it has no other.
    second: u8,
}

/// What stands in a message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Seen<'t> {
    /// A word that begins with a capital, from one byte position up to another.
    Name(usize, usize),
    /// The phrase with this number.
    Phrase(usize, Match<'t>),
}

/// Where a phrase stands in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match<'t> {
    /// Whether the message has no words beyond the phrase.
    pub(crate) is_whole: bool,
    /// The text from the first word to the end of the message.
    pub(crate) from: &'t str,
}

/// The words of a message, one bit for each mark.
#[derive(Clone, Copy)]
struct Marks([u64; 4]);

impl Marks {
    const ALL: Self = Self([u64::MAX; 4]);

    fn add(&mut self, mark: u8) {
        if let Some(word) = self.0.get_mut(usize::from(mark >> 6)) {
            *word |= 1 << (mark & 63);
        }
    }

    fn may_have(&self, mark: u8) -> bool {
        let word = self.0.get(usize::from(mark >> 6)).copied().unwrap_or(0);
        word >> (mark & 63) & 1 == 1
    }
}

/// The mark of a word: bits of its hash that the filter does not use.
const fn mark(hash: u32) -> u8 {
    (hash >> 24) as u8
}

/// How many words may wait for the walk to end; a longer message is compared as it comes.
const WAITING: usize = 64;

/// The hash under which a phrase is filed, and what is filed: its number, the number of that word, the mark of its second rarest.
pub(crate) fn filed(number: u16, phrase: &str, words: FiledWords) -> (u32, u32) {
    let (mut rarest, mut second) = (SEED, SEED);
    let mut at = 0;
    for word in 0..=words.rarest.max(words.second) {
        let Some((hash, end)) = word_at(phrase.as_bytes(), at) else {
            break;
        };
        if word == words.rarest {
            rarest = hash;
        }
        if word == words.second {
            second = hash;
        }
        at = end;
    }
    let filed = [words.rarest, mark(second)];
    let filed = u32::from(number) << 16 | u32::from(u16::from_be_bytes(filed));
    (rarest, filed)
}

/// Calls `see` with each word of `text` that begins with a capital, and with each phrase at each place where it stands.
pub(crate) fn search<'t, const N: usize>(
    index: &Filed<N>,
    text: &'t str,
    phrase_of: impl Fn(usize) -> &'static str,
    mut see: impl FnMut(Seen<'t>),
) {
    let bytes = text.as_bytes();
    let mut words = Words { bytes, at: 0 };
    let mut marks = Marks([0; 4]);
    let mut waiting = [(0_u32, 0_u32); WAITING];
    let mut count = 0_usize;
    let compare_all = |waiting: &[(u32, u32)], marks: &Marks, see: &mut dyn FnMut(Seen<'t>)| {
        for (start, hash) in waiting {
            for filed in index.under(*hash) {
                let [number @ .., word, second] = filed.to_be_bytes();
                if !marks.may_have(second) {
                    continue;
                }
                let number = usize::from(u16::from_be_bytes(number));
                let start = *start as usize;
                if let Some((from, to)) = compare(bytes, start, phrase_of(number), word) {
                    let is_whole = previous_word(bytes, from).is_none()
                        && Words { bytes, at: to }.next_hash().is_none();
                    let from = text.get(from..).unwrap_or("");
                    see(Seen::Phrase(number, Match { is_whole, from }));
                }
            }
        }
    };
    while let Some((start, hash)) = words.next_hash() {
        if bytes.get(start).is_some_and(u8::is_ascii_uppercase) {
            see(Seen::Name(start, words.at));
        }
        marks.add(mark(hash));
        if !index.may_have(hash) {
            continue;
        }
        if count == WAITING {
            compare_all(&waiting, &Marks::ALL, &mut see);
            count = 0;
        }
        if let Some(slot) = waiting.get_mut(count) {
            *slot = (start as u32, hash);
            count = count.saturating_add(1);
        }
    }
    compare_all(waiting.get(..count).unwrap_or_default(), &marks, &mut see);
}

/// Whether `phrase`, whose word number `filed` stands at `at`, stands there as a whole.
///
/// Gives where it begins and where it ends.
fn compare(bytes: &[u8], at: usize, phrase: &str, filed: u8) -> Option<(usize, usize)> {
    let mut start = at;
    for _ in 0..filed {
        start = previous_word(bytes, start)?;
    }
    let (mut end, mut rest) = match_words(bytes, start, phrase.as_bytes())?;
    while let [_, hole @ ..] = rest {
        rest = next_word(skip(hole, |byte| byte != b'}'));
        if rest.first().is_some_and(|byte| is_word(*byte)) {
            let is_open = hole.first() == Some(&b'}');
            (end, rest) = find_part(bytes, end, is_open, rest)?;
        }
    }
    Some((start, end))
}

/// Finds `part` behind a hole that begins at `from`; gives the same as [`match_words`].
fn find_part<'p>(
    bytes: &[u8],
    from: usize,
    is_open: bool,
    part: &'p [u8],
) -> Option<(usize, &'p [u8])> {
    let words_at_most = if is_open { HOLE } else { NAME };
    let mut words = Words { bytes, at: from };
    for _ in 0..=words_at_most {
        let (start, _) = words.next_hash()?;
        if let Some(found) = match_words(bytes, start, part) {
            return Some(found);
        }
    }
    None
}

/// Whether the words of `part`, which begins with one, stand at `at`, up to its next hole.
///
/// Gives where they end, and the part from that hole on.
fn match_words<'p>(bytes: &[u8], at: usize, mut part: &'p [u8]) -> Option<(usize, &'p [u8])> {
    let mut text = bytes.get(at..)?;
    loop {
        // What separates words folds to the same, so most of a phrase is passed over at once.
        let same = part.iter().zip(text).take_while(|(expected, found)| {
            **expected != b'{' && fold(**expected) == fold(**found)
        });
        let same = same.count();
        let (seen, rest) = text.split_at_checked(same)?;
        part = part.get(same..)?;
        let goes_on = |rest: &[u8]| rest.first().is_some_and(|byte| is_word(*byte));
        if seen.last().is_some_and(|byte| is_word(*byte)) && (goes_on(part) || goes_on(rest)) {
            return None;
        }
        part = next_word(part);
        let ([expected, ..], true) = (part, goes_on(part)) else {
            let end = bytes.len().saturating_sub(rest.len());
            let seen = skip_back(bytes.get(..end)?, |byte| !is_word(byte));
            return Some((seen.len(), part));
        };
        text = skip(rest, |byte| !is_word(byte));
        if fold(*expected) != fold(*text.first()?) {
            return None;
        }
    }
}

/// A part from its next word or hole on.
fn next_word(part: &[u8]) -> &[u8] {
    skip(part, |byte| !is_word(byte) && byte != b'{')
}

/// `bytes` from the first on that `is` does not hold for.
fn skip(mut bytes: &[u8], is: impl Fn(u8) -> bool) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && is(*first)
    {
        bytes = rest;
    }
    bytes
}

/// `bytes` up to the last that `is` does not hold for.
fn skip_back(mut bytes: &[u8], is: impl Fn(u8) -> bool) -> &[u8] {
    while let [rest @ .., last] = bytes
        && is(*last)
    {
        bytes = rest;
    }
    bytes
}

fn previous_word(bytes: &[u8], before: usize) -> Option<usize> {
    let head = skip_back(bytes.get(..before)?, |byte| !is_word(byte));
    (!head.is_empty()).then(|| skip_back(head, is_word).len())
}

struct Words<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Words<'_> {
    /// The start and the hash of the next word.
    fn next_hash(&mut self) -> Option<(usize, u32)> {
        let rest = self.bytes.get(self.at..)?;
        let mut word = skip(rest, |byte| !is_word(byte));
        let start = self.bytes.len().saturating_sub(word.len());
        let mut hash = SEED;
        while let [byte, rest @ ..] = word {
            let letter = fold(*byte);
            if letter == 0 {
                break;
            }
            hash = (hash ^ u32::from(letter)).wrapping_mul(PRIME);
            word = rest;
        }
        self.at = self.bytes.len().saturating_sub(word.len());
        (start < self.at).then_some((start, hash))
    }
}

/// FNV-1a, 32 bits.
const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

const fn mix(hash: u32, byte: u8) -> u32 {
    (hash ^ fold(byte) as u32).wrapping_mul(PRIME)
}

pub(crate) const fn is_word(byte: u8) -> bool {
    fold(byte) != 0
}

/// A byte of a word in lower case; 0 for what separates words.
#[expect(
    clippy::indexing_slicing,
    reason = "every byte has a place in the table"
)]
pub(crate) const fn fold(byte: u8) -> u8 {
    FOLDED[byte as usize]
}

#[expect(
    clippy::indexing_slicing,
    reason = "runs at compile time alone, where a mistake is a compile error"
)]
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let known = byte as u8;
        if known.is_ascii_alphanumeric() || known == b'_' {
            folded[byte] = known.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// The hash of a symbol, letter for letter.
pub(crate) const fn hash(symbol: &[u8]) -> u32 {
    let mut hash = SEED;
    let mut rest = symbol;
    while let [byte, tail @ ..] = rest {
        hash = (hash ^ *byte as u32).wrapping_mul(PRIME);
        rest = tail;
    }
    hash
}

/// The hash and the end of the first word of a phrase at or after `at`; the name of a hole is none.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "every place is compared with the length before it is read"
)]
const fn word_at(phrase: &[u8], mut at: usize) -> Option<(u32, usize)> {
    while at < phrase.len() && !is_word(phrase[at]) {
        if phrase[at] == b'{' {
            while at < phrase.len() && phrase[at] != b'}' {
                at += 1;
            }
        } else {
            at += 1;
        }
    }
    if at == phrase.len() {
        return None;
    }
    let mut hash = SEED;
    while at < phrase.len() && is_word(phrase[at]) {
        hash = mix(hash, phrase[at]);
        at += 1;
    }
    Some((hash, at))
}

/// What `hole`, for example `{profile}`, holds where `phrase` stands at the start of `text`.
pub(crate) fn capture<'t>(text: &'t str, phrase: &str, hole: &str) -> Option<&'t str> {
    let bytes = text.as_bytes();
    let mut parts = phrase.split('{');
    let (mut end, _) = match_words(bytes, 0, parts.next()?.as_bytes())?;
    for part in parts {
        let (name, part) = part.split_once('}')?;
        let open = !part.bytes().any(is_word);
        let next = if open {
            end
        } else {
            find_part(bytes, end, name.is_empty(), part.as_bytes())?.0
        };
        if hole.get(1..).and_then(|hole| hole.strip_suffix('}')) == Some(name) {
            let held = if open {
                text.get(end..)?
            } else {
                let length = words_before(bytes, next, part)?;
                text.get(end..length)?
            };
            return name_in(held, open);
        }
        end = next;
    }
    None
}

/// Where the words of `part` begin that end at `end`.
fn words_before(bytes: &[u8], end: usize, part: &str) -> Option<usize> {
    let mut words = Words {
        bytes: part.as_bytes(),
        at: 0,
    };
    let mut start = end;
    while words.next_hash().is_some() {
        start = previous_word(bytes, start)?;
    }
    Some(start)
}

/// The name in the text of a hole: without the quotes around it, and without what follows an open one.
fn name_in(held: &str, open: bool) -> Option<&str> {
    const AROUND: Class = Class::SPACE.with(b"'\"`[]():,=.");
    let held = AROUND.split(held).1;
    // Go names a profile by its section in the file.
    let held = held.strip_prefix("profile ").unwrap_or(held);
    let held = if open { mention::bare(held) } else { held };
    let held = AROUND.split_tail(held).0;
    (!held.is_empty() && held.len() <= 128).then_some(held)
}
