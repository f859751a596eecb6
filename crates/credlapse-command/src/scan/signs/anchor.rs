//! The word under which a signal is filed.

use std::collections::HashMap;
use std::ops::Range;

use super::grams::{GRAM, Grams};
use super::words::is_word;

/// Words that ordinary logs hold in every second line.
///
/// A signal is looked for by letters of it that are rare in these. The list
/// decides how quick a search is, not what it finds.
const EVERYDAY: &str = "\
    failed to unable to cannot find could not be is not was not not found not set to the of the in \
    the with the from the for the by the and the there is no has been must be should be can be \
    accept access account action active address admin agent allowed already application array \
    assert async attempt attribute auth authentication authorization available backend batch body \
    bucket buffer build bytes cache cached callback cannot change check class client close cluster \
    code collection command commit common complete completed component config configuration \
    configured connect connection console container content context control controller core count \
    create created credential credentials current data database date debug default delete denied \
    dependency deploy deployment detail device directory disabled disconnect document domain done \
    download duration element email empty enabled endpoint engine entity entry environment error \
    event exception exec execute execution existing exit expected expired expires external factory \
    failed failure fetch fetching file filter finish finished flush folder format forward found \
    function gateway generate generated global group handle handler hash header headers health host \
    identity image import index info information initialize inner input inside insert install \
    instance interface internal interval invalid invoke item java kernel latency layer length level \
    library limit line link list listen listener load loading local location lock logger login \
    lookup machine main manager mapping master match max memory message metadata method metrics \
    migration missing mode model module monitor network node notice null number object offset \
    online open operation option options order output owner package page parameter parent parse \
    partition pass path pattern payload pending percent performance permission permissions pipeline \
    plugin policy pool port present previous primary private process processed processing producer \
    profile progress project properties property protocol provider proxy public publish pull push \
    query queue read ready reason receive received reconnect record redirect reference refresh \
    region register registered registry reject release remote remove render repeat replica report \
    repository request require required reset resolve resource response restart result resume \
    retrieve retry return returned role rollback root route router running runtime sample scale \
    schedule scheduler schema scope script search seconds section secret security select send sent \
    sequence serial server service session setting settings shard shutdown signal signature single \
    size skip snapshot socket source specified spring stage stack stale start started starting state \
    static status step stop stopped storage store stream string submit subscription success \
    successfully summary support sync system table target task template temporary tenant terminate \
    test thread throw timeout timestamp token total trace transaction transfer transport trigger type \
    unable unexpected unknown update updated upload user using valid validate validation value \
    variable version volume waiting warning watch web webhook window worker workflow write zone";

/// Where a signal is looked for.
#[derive(Clone, Debug)]
pub(super) struct Anchor<'a> {
    /// The part of the signal between two holes, and the word in it.
    pub(super) part: &'a str,
    pub(super) place: Range<usize>,
    /// Where in the word the rarest letters begin.
    pub(super) rarest: usize,
}

/// How often letters stand in ordinary words.
pub(super) struct Frequencies(HashMap<[u8; GRAM], u16>);

impl Frequencies {
    pub(super) fn of_everyday_words() -> Self {
        let mut counts = HashMap::new();
        for letters in EVERYDAY.as_bytes().windows(GRAM) {
            if let Some(letters) = letters.first_chunk() {
                *counts.entry(*letters).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// The rarest word of a signal, or the rarest pair of words where all words are ordinary.
    ///
    /// A pair is found as it is written: not where a line is broken between its words.
    pub(super) fn anchor<'a>(
        &self,
        parts: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<Anchor<'a>> {
        let rarest = |places: fn(&str) -> Vec<Range<usize>>| {
            parts
                .clone()
                .flat_map(|part| places(part).into_iter().map(move |place| (part, place)))
                .filter_map(|(part, place)| {
                    let (frequency, rarest) = self.rarest(&part[place.clone()])?;
                    let anchor = Anchor {
                        part,
                        place,
                        rarest,
                    };
                    Some((frequency, anchor))
                })
                .min_by_key(|(frequency, _)| *frequency)
        };
        let word = rarest(words);
        let is_rare = |(frequency, _): &(u16, Anchor<'_>)| usize::from(*frequency) < Grams::STRIDE;
        let anchor = if word.as_ref().is_some_and(is_rare) {
            word
        } else {
            rarest(pairs).or(word)
        };
        anchor.map(|(_, anchor)| anchor)
    }

    /// How frequent the rarest letters of a word are, and where they begin.
    fn rarest(&self, word: &str) -> Option<(u16, usize)> {
        let word = word.to_ascii_lowercase();
        let counts: Vec<u16> = word
            .as_bytes()
            .windows(GRAM)
            .map(|letters| {
                letters
                    .first_chunk()
                    .and_then(|letters| self.0.get(letters))
            })
            .map(|count| count.copied().unwrap_or(0))
            .collect();
        let sums = counts
            .windows(Grams::STRIDE)
            .map(|counts| counts.iter().sum());
        sums.zip(0..).min()
    }
}

fn words(part: &str) -> Vec<Range<usize>> {
    let bytes = part.as_bytes();
    let mut words = Vec::new();
    let mut at = 0;
    for word in bytes.split(|byte| !is_word(*byte)) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    words
}

/// Two words and what stands between them.
fn pairs(part: &str) -> Vec<Range<usize>> {
    let words = words(part);
    let pairs = words.windows(2);
    pairs.map(|pair| pair[0].start..pair[1].end).collect()
}
