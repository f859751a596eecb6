//! Runs of bytes of a kind; one copy of each loop in the code serves all that looks for secrets.

/// How many of the first bytes `is` holds for, at most `most`.
pub(super) fn ahead(bytes: &[u8], most: usize, is: fn(u8) -> bool) -> usize {
    let bytes = bytes.iter().take(most);
    bytes.take_while(|byte| is(**byte)).count()
}

/// How many of the last bytes `is` holds for, at most `most`.
pub(super) fn back(bytes: &[u8], most: usize, is: fn(u8) -> bool) -> usize {
    let bytes = bytes.iter().rev().take(most);
    bytes.take_while(|byte| is(**byte)).count()
}

/// Whether `is` holds for one of the bytes.
pub(super) fn has(bytes: &[u8], is: fn(&u8) -> bool) -> bool {
    bytes.iter().any(is)
}
