//! The word under which a signal is filed.

use std::collections::HashMap;
use std::ops::Range;

use super::grams::{GRAM, Grams};
use super::seams::Seams;
use super::words::{is_word, letters};

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

/// Words that many a line of a log holds.
const COMMON: &str = "\
    access authentication authorization aws build cache connection credential credentials debug \
    denied error errors expired failed failure field fields file found http info input invalid login \
    message missing not path permission policy profile provider request response service session \
    status the timeout to token user users value warn warning was with";

/// Where a signal is looked for.
#[derive(Clone, Debug)]
pub(super) struct Anchor<'a> {
    /// The part of the signal between two holes, and the words in it.
    pub(super) part: &'a str,
    pub(super) place: Range<usize>,
    /// The rarest letters of these, and how far behind the beginning they are.
    pub(super) letters: Letters,
}

impl Anchor<'_> {
    /// The places of the words behind the first one: a line may be broken before them.
    pub(super) fn behind_gaps(&self) -> Vec<Range<usize>> {
        let mut words = words(self.part);
        words.retain(|word| word.start > self.place.start && word.end <= self.place.end);
        words
    }
}

/// Letters, each with its distance.
type Letters = Vec<(isize, [u8; GRAM])>;

/// How often letters stand in ordinary words.
pub(super) struct Frequencies {
    inside: HashMap<&'static [u8], u32>,
    first: HashMap<&'static [u8], u32>,
    last: HashMap<&'static [u8], u32>,
    whole: HashMap<&'static [u8], u32>,
    words: u32,
}

/// What is less frequent than one everyday word costs nothing to speak of.
const RARE: u32 = 5;

/// So many words together are always [`Grams::ENOUGH`] letters.
const MOST: usize = 4;

impl Frequencies {
    pub(super) fn of_everyday_words() -> Self {
        let mut frequencies = Self {
            inside: HashMap::new(),
            first: HashMap::new(),
            last: HashMap::new(),
            whole: HashMap::new(),
            words: 0,
        };
        for (words, weight) in [(EVERYDAY, RARE), (COMMON, 10 * RARE)] {
            for word in words.split(' ') {
                frequencies.add(word.as_bytes(), weight);
            }
        }
        frequencies
    }

    fn add(&mut self, word: &'static [u8], weight: u32) {
        self.words += weight;
        *self.whole.entry(word).or_default() += weight;
        for letters in word.windows(GRAM) {
            *self.inside.entry(letters).or_default() += weight;
        }
        for length in 1..GRAM.min(word.len() + 1) {
            *self.first.entry(&word[..length]).or_default() += weight;
            *self.last.entry(&word[word.len() - length..]).or_default() += weight;
        }
    }

    /// How often these letters stand together; small ones.
    fn of(&self, letters: &[u8]) -> u32 {
        let count = |counts: &HashMap<&[u8], u32>, letters: &[u8]| match letters {
            [] => self.words,
            _ => counts.get(letters).copied().unwrap_or(0),
        };
        let Some(end) = letters.iter().position(|byte| !is_word(*byte)) else {
            return count(&self.inside, letters);
        };
        let begin = letters.iter().rposition(|byte| !is_word(*byte));
        let begin = begin.unwrap_or(end);
        let last = count(&self.last, &letters[..end]);
        let whole = count(&self.whole, letters.get(end + 1..begin).unwrap_or_default());
        let first = count(&self.first, &letters[begin + 1..]);
        last * first / self.words * whole / self.words
    }

    /// The rarest word of a signal, or as few words together as are rare.
    ///
    pub(super) fn anchor<'a>(
        &self,
        parts: impl Iterator<Item = &'a str> + Clone,
    ) -> Option<Anchor<'a>> {
        let mut best: Option<(u32, Anchor<'a>)> = None;
        for count in 1..=MOST {
            let places = parts
                .clone()
                .flat_map(|part| places(part, count).into_iter().map(move |at| (part, at)));
            let anchors = places.filter_map(|(part, place)| {
                let (frequency, letters) = self.rarest(&part[place.clone()])?;
                let anchor = Anchor {
                    part,
                    place,
                    letters,
                };
                Some((frequency, anchor))
            });
            best = best
                .into_iter()
                .chain(anchors)
                .min_by_key(|(frequency, _)| *frequency);
            if best
                .as_ref()
                .is_some_and(|(frequency, _)| *frequency < RARE)
            {
                break;
            }
        }
        best.map(|(_, anchor)| anchor).or_else(|| {
            let part = parts.max_by_key(|part| part.len())?;
            let letters = with_neighbours(part.as_bytes())?;
            let place = 0..part.len();
            Some(Anchor {
                part,
                place,
                letters,
            })
        })
    }

    /// How frequent the rarest letters of a word are, and where they begin.
    fn rarest(&self, word: &str) -> Option<(u32, Letters)> {
        let word = word.to_ascii_lowercase();
        let word = word.as_bytes();
        let mut sum = 0;
        let mut rarest = Vec::new();
        for first in 0..Grams::STRIDE {
            let places = word.windows(GRAM).zip(0..).skip(first);
            let (frequency, at, letters) = places
                .step_by(Grams::STRIDE)
                .filter_map(|(letters, at)| Some((self.of(letters), at, *letters.first_chunk()?)))
                .min()?;
            sum += frequency;
            rarest.push((at, letters));
        }
        Some((sum, rarest))
    }
}

/// The places of so many words, one behind the other, and what stands between them.
///
/// Where more than one, a line may be broken before each: it must be known by what it begins with then.
fn places(part: &str, count: usize) -> Vec<Range<usize>> {
    let words = words(part);
    let places = words.windows(count).filter_map(|words| {
        let (first, behind) = words.split_first()?;
        let mut behind = behind.iter().map(|word| letters(&part[word.start..]));
        let are_known = behind.all(|letters| Seams::can_hold(&letters));
        are_known.then_some(first.start..words.last()?.end)
    });
    places.collect()
}

/// The letters of a short word, with what can stand before or behind it where these are too few.
fn with_neighbours(word: &[u8]) -> Option<Letters> {
    let neighbours = (0..=u8::MAX).filter(|byte| !is_word(*byte));
    let variants = neighbours.flat_map(|byte| {
        let text = [&[byte], word, &[byte]].concat();
        let letters = text
            .windows(GRAM)
            .map(|letters| letters.first_chunk().copied());
        (-1..).zip(letters.collect::<Vec<_>>())
    });
    let mut letters: Vec<_> = variants
        .filter_map(|(at, letters)| Some((at, letters?)))
        .collect();
    letters.sort_unstable();
    letters.dedup();
    (word.len() + 2 >= Grams::ENOUGH).then_some(letters)
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
