//! Which existing profile was meant by a name that does not exist.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::chain::Sources;

/// How many names are kept.
const MAX_NAMES: usize = 16;

/// Longer names are not compared.
const MAX_LENGTH: usize = 64;

/// Up to 16 of the profiles that exist, nearest to `wanted` first.
pub(super) fn known_profiles(sources: &Sources<'_>, wanted: &str) -> Vec<String> {
    let mut nearest: Vec<(usize, Cow<'_, str>)> = Vec::new();
    for name in sources.profiles() {
        if nearest.iter().any(|(_, known)| *known == name) {
            continue;
        }
        let distance = distance(wanted, &name);
        let place = nearest.partition_point(|(known, _)| *known <= distance);
        if place < MAX_NAMES {
            nearest.truncate(MAX_NAMES.saturating_sub(1));
            nearest.insert(place, (distance, name));
        }
    }
    nearest
        .into_iter()
        .map(|(_, name)| name.into_owned())
        .collect()
}

/// Whether one name is probably a misspelling of the other.
pub(super) fn is_near(wanted: &str, known: &str) -> bool {
    distance(wanted, known) <= wanted.len().div_euclid(3).max(1)
}

/// How many letters differ, upper and lower case being the same (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (index, a) in a.bytes().enumerate() {
        let mut diagonal = index;
        let mut left = index.saturating_add(1);
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = left;
        }
        for (cell, b) in cells.zip(b.bytes()) {
            let replaced = diagonal.saturating_add(usize::from(!a.eq_ignore_ascii_case(&b)));
            diagonal = *cell;
            left = replaced.min(left.min(*cell).saturating_add(1));
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_differing_letters() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("dev", "Dev", 0),
            ("kitten", "sitting", 3),
            ("prod-admim", "prod-admin", 1),
            ("prdo", "prod", 2),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
        assert!(is_near("dev", "devs"));
        assert!(is_near("stagign", "staging"));
        assert!(!is_near("dev", "prod"));
        assert!(!is_near("nosuch", "dev"));
    }
}
