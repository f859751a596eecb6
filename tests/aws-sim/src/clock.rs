//! The simulated time and the four ways in which AWS writes it.

use time::format_description::well_known::{Rfc2822, Rfc3339};
use time::{Duration, OffsetDateTime};

/// The machine's clock, moved.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clock {
    pub(crate) offset_seconds: i64,
}

impl Clock {
    pub(crate) fn now(self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + Duration::seconds(self.offset_seconds)
    }
}

/// `2026-11-21T22:00:00Z`
pub(crate) fn extended(t: OffsetDateTime) -> String {
    let whole = t.replace_nanosecond(0).unwrap_or(t);
    whole.format(&Rfc3339).expect("a year of four digits")
}

/// `20261121T220000Z`
pub(crate) fn basic(t: OffsetDateTime) -> String {
    extended(t).replace(['-', ':'], "")
}

/// `Sat, 21 Nov 2026 22:00:00 GMT`
pub(crate) fn http_date(t: OffsetDateTime) -> String {
    t.format(&Rfc2822)
        .expect("a year of four digits")
        .replace("+0000", "GMT")
}

/// Reads `20261121T220000Z`.
pub(crate) fn parse_basic(s: &str) -> Option<OffsetDateTime> {
    if s.len() != 16 || !s.is_ascii() {
        return None;
    }
    let (date, time) = s.split_once('T')?;
    let extended = format!(
        "{}-{}-{}T{}:{}:{}",
        date.get(..4)?,
        date.get(4..6)?,
        date.get(6..)?,
        time.get(..2)?,
        time.get(2..4)?,
        time.get(4..)?
    );
    OffsetDateTime::parse(&extended, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_agree() {
        let t = OffsetDateTime::from_unix_timestamp(1_795_298_400).unwrap();
        assert_eq!(extended(t), "2026-11-21T22:00:00Z");
        assert_eq!(basic(t), "20261121T220000Z");
        assert_eq!(http_date(t), "Sat, 21 Nov 2026 22:00:00 GMT");
        assert_eq!(parse_basic("20261121T220000Z"), Some(t));
        assert_eq!(parse_basic("20261121"), None);
    }
}
