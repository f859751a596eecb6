//! Bits as printable text that gzip makes no larger.
//!
//! A file with the module is compressed once more on its way. Six or seven
//! bits are a character: [`FREQUENT`] of them stand for six, the others for
//! seven, so that each is as frequent as a Huffman code wants it. Base64 has no
//! room for the end of a block in such a code, and with fewer characters three
//! of them repeat so often by chance that gzip takes them for repetitions.

/// How many characters stand for six bits.
pub const FREQUENT: u8 = 36;
/// The first character; the last is `~`.
pub const FIRST: u8 = b'#';
/// What stands for the backslash, which would need another one in a string.
pub const BACKSLASH: u8 = b'!';

/// Turns text into bytes where it stands; gives how many they are.
///
/// Text that is none becomes bytes of no use.
pub fn decode(text: &mut [u8]) -> usize {
    let (mut held, mut count, mut to) = (0_u32, 0, 0);
    for at in 0..text.len() {
        let character = match text[at] {
            BACKSLASH => b'\\',
            character => character,
        };
        let value = u32::from(character.wrapping_sub(FIRST));
        let rare = value.wrapping_sub(FREQUENT.into());
        if value < FREQUENT.into() {
            held |= value << count;
            count += 6;
        } else {
            held |= (u32::from(FREQUENT) + rare / 2 + (rare % 2) * 64) << count;
            count += 7;
        }
        if count > 7 {
            text[to] = held as u8;
            to += 1;
            held >>= 8;
            count -= 8;
        }
    }
    to
}
