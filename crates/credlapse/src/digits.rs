//! Numbers in digits; what the standard library has for them is larger than all that is read and written with it.

use alloc::string::String;

/// Appends a number with at least `width` digits.
pub(crate) fn push(out: &mut String, number: i64, width: usize) {
    if number < 0 {
        out.push('-');
    }
    push_unsigned(out, number.unsigned_abs(), width);
}

/// Appends a number without a sign, with at least `width` digits.
fn push_unsigned(out: &mut String, number: u64, width: usize) {
    if number > 9 || width > 1 {
        push_unsigned(out, number / 10, width.saturating_sub(1));
    }
    out.push(char::from(b'0' | (number % 10) as u8));
}

/// Reads digits and nothing else, and no number of much more than 56 bits.
pub(crate) fn read<N: TryFrom<u64>>(digits: &str, base: u32) -> Option<N> {
    N::try_from(number(digits, base)?).ok()
}

fn number(digits: &str, base: u32) -> Option<u64> {
    let mut number = 0_u64;
    for byte in digits.bytes() {
        // What is not ASCII is no digit, byte by byte as well.
        let digit = match byte {
            b'0'..=b'9' => byte & 15,
            _ => (byte | 0x20).checked_sub(b'a')?.saturating_add(10),
        };
        if u32::from(digit) >= base || number >= 1 << 56 {
            return None;
        }
        number = number.wrapping_mul(base.into()).wrapping_add(digit.into());
    }
    (!digits.is_empty()).then_some(number)
}

/// The two hexadecimal digits of a byte, in small letters.
pub(crate) fn hex(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_what_the_standard_library_does() {
        for number in [0, 7, 10, -1, 2026, i64::MAX, i64::MIN] {
            for width in [1, 2, 4] {
                let mut out = String::new();
                push(&mut out, number, width);
                let sign = if number < 0 { "-" } else { "" };
                let digits = number.unsigned_abs();
                assert_eq!(out, alloc::format!("{sign}{digits:0width$}"));
            }
        }
        for (digits, base, number) in [
            ("0", 10, Some(0)),
            ("0403", 10, Some(403)),
            ("fF09", 16, Some(0xff09)),
            ("", 10, None),
            ("-1", 10, None),
            ("+1", 10, None),
            ("1 ", 10, None),
            ("a", 10, None),
            ("1\u{b2}", 10, None),
            ("\u{661}", 10, None),
            ("99999999999999999", 10, Some(99_999_999_999_999_999)),
            ("999999999999999999999", 10, None),
        ] {
            assert_eq!(read::<i64>(digits, base), number, "{digits}");
        }
        assert_eq!(read::<u8>("256", 10), None);
        assert_eq!([hex(0x0f), hex(0xa9)], [['0', 'f'], ['a', '9']]);
    }
}
