//! Numbers in digits; the formatting of the standard library is larger than all that is written with it.

use alloc::string::String;

/// Appends a number with at least `width` digits, at most 20.
pub(crate) fn push(out: &mut String, number: i64, width: usize) {
    if number < 0 {
        out.push('-');
    }
    let mut digits = [b'0'; 20];
    let mut from = digits.len();
    let mut rest = number.unsigned_abs();
    while let Some(place) = from.checked_sub(1)
        && (rest > 0 || digits.len().saturating_sub(from) < width)
    {
        if let Some(digit) = digits.get_mut(place) {
            *digit = b'0'.wrapping_add((rest % 10) as u8);
        }
        rest /= 10;
        from = place;
    }
    out.extend(digits.iter().skip(from).map(|digit| char::from(*digit)));
}

/// The two hexadecimal digits of a byte, in small letters.
pub(crate) fn hex(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_the_standard_library_writes() {
        for number in [0, 7, 10, -1, 2026, i64::MAX, i64::MIN] {
            for width in [1, 2, 4] {
                let mut out = String::new();
                push(&mut out, number, width);
                let sign = if number < 0 { "-" } else { "" };
                let digits = number.unsigned_abs();
                assert_eq!(out, alloc::format!("{sign}{digits:0width$}"));
            }
        }
        assert_eq!([hex(0x0f), hex(0xa9)], [['0', 'f'], ['a', '9']]);
    }
}
