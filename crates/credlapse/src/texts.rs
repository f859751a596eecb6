//! Texts that are looked up by their place.

/// One text, and where each of its parts ends: a slice of slices takes more room.
pub(crate) struct Texts<const N: usize> {
    texts: &'static str,
    ends: [u16; N],
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "made at compile time, where a mistake is a compile error; the places of an enum are all there"
)]
impl<const N: usize> Texts<N> {
    /// The texts of these lengths, which stand behind each other.
    pub(crate) const fn new(texts: &'static str, lengths: &[usize; N]) -> Self {
        let mut ends = [0; N];
        let (mut at, mut end) = (0, 0);
        while at < N {
            end += lengths[at];
            ends[at] = end as u16;
            at += 1;
        }
        assert!(end == texts.len() && end <= u16::MAX as usize);
        Self { texts, ends }
    }

    /// The text at a place, which is one of the `N`.
    pub(crate) const fn get(&self, at: usize) -> &'static str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        let Some((texts, _)) = self.texts.split_at_checked(self.ends[at] as usize) else {
            return "";
        };
        match texts.split_at_checked(start as usize) {
            Some((_, text)) => text,
            None => "",
        }
    }
}
