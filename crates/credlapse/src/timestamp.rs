//! A point in time, as the texts of AWS write it.

use alloc::string::String;
use core::fmt;

use crate::digits;
use crate::text::class::Class;
use crate::text::scan;

/// Whole seconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use credlapse::Timestamp;
///
/// let ended = Timestamp::parse("2026-11-21T14:15:00Z").unwrap();
/// assert_eq!(ended, Timestamp(1_795_270_500));
/// assert_eq!(ended.to_string(), "2026-11-21T14:15:00Z");
/// assert_eq!(Timestamp::parse("Sat, 21 Nov 2026 14:15:00 GMT"), Some(ended));
/// assert_eq!(Timestamp::parse("20261121T141500Z"), Some(ended));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

const DAY: i64 = 86_400;

impl Timestamp {
    /// Reads RFC 3339 (also with botocore's `UTC` for `Z`), an HTTP date, or ISO 8601 basic.
    ///
    /// Anything else, and a date that no calendar has, is `None`. A fraction of
    /// a second is dropped; a text without an offset is taken as UTC.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { rest: text.trim() };
        let (year, month, day) = reader.date()?;
        if !(reader.skip('T') || reader.skip('t') || reader.skip(' ')) {
            return None;
        }
        let hour = reader.digits(2)?;
        reader.skip(':');
        let minute = reader.digits(2)?;
        reader.skip(':');
        let second = reader.digits(2)?;
        if reader.skip('.') || reader.skip(',') {
            reader.rest = Class::DIGIT.split(reader.rest).1;
        }
        let offset = reader.offset()?;
        let local = unix(year, month, day, hour, minute, second)?;
        Some(Self(local.wrapping_sub(offset)))
    }

    /// Appends what `Display` writes.
    pub(crate) fn push_to(self, out: &mut String) {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        let rest = self.0.rem_euclid(DAY);
        let parts = [
            (year, 4, '-'),
            (month, 2, '-'),
            (day, 2, 'T'),
            (rest / 3600, 2, ':'),
            (rest / 60 % 60, 2, ':'),
            (rest % 60, 2, 'Z'),
        ];
        for (number, width, sign) in parts {
            digits::push(out, number, width);
            out.push(sign);
        }
    }

    /// What `Display` writes.
    pub(crate) fn to_text(self) -> String {
        let mut text = String::with_capacity(20);
        self.push_to(&mut text);
        text
    }

    /// The seconds from `earlier` to `self`; negative if `self` comes first.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Timestamp {
    /// Writes RFC 3339 in UTC, `2026-11-21T14:15:00Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::string::String as serde::Deserialize>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 date and time"))
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.rest.split_at_checked(count)?;
        let number = digits::read(digits, 10)?;
        self.rest = rest;
        Some(number)
    }

    /// Year, month and day: `2026-11-21`, `20261121`, `Sat, 21 Nov 2026`.
    fn date(&mut self) -> Option<(i64, i64, i64)> {
        if Class::LETTER.begins(self.rest) {
            (_, self.rest) = scan::split_once(self.rest, ", ")?;
            let day = self.digits(2)?;
            self.skip(' ');
            let (name, rest) = self.rest.split_at_checked(3)?;
            self.rest = rest;
            self.skip(' ');
            return Some((self.digits(4)?, month(name)?, day));
        }
        let year = self.digits(4)?;
        self.skip('-');
        let month = self.digits(2)?;
        self.skip('-');
        Some((year, month, self.digits(2)?))
    }

    fn offset(&mut self) -> Option<i64> {
        self.skip(' ');
        if self.rest.is_empty() || matches!(self.rest, "Z" | "z" | "UTC" | "GMT") {
            return Some(0);
        }
        let sign = if self.skip('+') {
            1
        } else if self.skip('-') {
            -1
        } else {
            return None;
        };
        let hours = self.digits(2)?;
        self.skip(':');
        let minutes = self.digits(2)?;
        if !self.rest.is_empty() || hours > 23 || minutes > 59 {
            return None;
        }
        Some(seconds(hours, minutes, 0).wrapping_mul(sign))
    }
}

/// The number of a month that is named as HTTP and logs name it: `Nov`.
pub(crate) fn month(name: &str) -> Option<i64> {
    if name.len() != 3 {
        return None;
    }
    let at = scan::find("JanFebMarAprMayJunJulAugSepOctNovDec", name)?;
    let before = i64::try_from(at / 3).ok()?;
    (at % 3 == 0).then_some(before.wrapping_add(1))
}

/// Seconds of Unix time, where a calendar and a clock have that.
fn unix(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    // 60 is a leap second; the next second is the same for our purpose.
    let valid = (0..=9999).contains(&year)
        && (1..=last).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !valid {
        return None;
    }
    let midnight = days(year, month, day).wrapping_mul(DAY);
    Some(midnight.wrapping_add(seconds(hour, minute, second)))
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "of a day and of an offset, each has two digits"
)]
const fn seconds(hours: i64, minutes: i64, seconds: i64) -> i64 {
    hours * 3600 + minutes * 60 + seconds
}

/// Days from 1970-01-01 to a date of the years 0 to 9999; years begin in March so that leap days come last.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "a year of four digits has few days"
)]
const fn days(year: i64, month: i64, day: i64) -> i64 {
    // 400 years later, so that nothing is negative.
    let year = year + if month <= 2 { 399 } else { 400 };
    let of_year = ((month + 9) % 12 * 153 + 2) / 5 + day;
    year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_469 - 146_097
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "days come from i64 seconds, so every term stays far below overflow"
)]
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn reads_what_aws_writes() {
        let expected = Some(Timestamp(1_795_270_500));
        for text in [
            "2026-11-21T14:15:00Z",
            "2026-11-21T14:15:00.123Z",
            "2026-11-21T14:15:00UTC",
            "2026-11-21T15:15:00+01:00",
            "2026-11-21T06:15:00-0800",
            "2026-11-21 14:15:00",
            "2026-11-21 14:15:00 UTC",
            "20261121T141500Z",
            "Sat, 21 Nov 2026 14:15:00 GMT",
        ] {
            assert_eq!(Timestamp::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn refuses_what_no_calendar_has() {
        for text in [
            "",
            "now",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01",
            "Sat, 40 Nov 2026 14:15:00 GMT",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00+99:00",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        let mut second = -62_135_596_800_i64;
        while second < 253_402_300_799 {
            let text = Timestamp(second).to_string();
            assert_eq!(Timestamp::parse(&text), Some(Timestamp(second)), "{text}");
            second += 987_654_321;
        }
        assert!(!Timestamp(i64::MIN).to_string().is_empty());
        assert!(!Timestamp(i64::MAX).to_string().is_empty());
    }
}
