//! Numbers in digits; the formatting of the standard library is larger than all that is written with it.

use alloc::string::String;

/// Appends a number with at least `width` digits.
pub(crate) fn push(out: &mut String, number: i64, width: usize) {
    if number < 0 {
        out.push('-');
    }
    push_unsigned(out, number.unsigned_abs(), width);
}

/// Appends a number without a sign, with at least `width` digits.
pub(crate) fn push_unsigned(out: &mut String, number: u64, width: usize) {
    if number > 9 || width > 1 {
        push_unsigned(out, number / 10, width.saturating_sub(1));
    }
    out.push(char::from(b'0' | (number % 10) as u8));
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
