//! Whether a cached token is good.

use alloc::vec::Vec;

use super::TokenState;
use super::local::File;
use crate::Timestamp;
use crate::digits;
use crate::json::{self, Members, Value};

/// What a cache file says of its token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) state: TokenState,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) can_refresh: bool,
}

impl Token {
    fn read(
        file: File<'_>,
        now: Option<Timestamp>,
        read: impl FnOnce(&str) -> Option<(Timestamp, bool)>,
    ) -> Self {
        let content = match file {
            File::Unknown => return Self::default(),
            File::Missing => return Self::of(TokenState::Missing),
            File::Content(content) => content,
        };
        let Some((expires_at, can_refresh)) = read(content) else {
            return Self::of(TokenState::Damaged);
        };
        let state = match now {
            None => TokenState::Unknown,
            Some(now) if expires_at <= now => TokenState::Expired,
            Some(_) => TokenState::Valid,
        };
        Self {
            state,
            expires_at: Some(expires_at),
            can_refresh,
        }
    }

    fn of(state: TokenState) -> Self {
        Self {
            state,
            ..Self::default()
        }
    }

    /// The token of `aws sso login`; only one of an `sso_session` can be refreshed.
    pub(super) fn sso(file: File<'_>, now: Option<Timestamp>, of_session: bool) -> Self {
        Self::read(file, now, |content| {
            let cache = json::object(content)?;
            has(&cache, &["accessToken"]).then_some(())?;
            let registered = time(&cache, "registrationExpiresAt")
                .is_some_and(|end| now.is_none_or(|now| now < end));
            let can_refresh = of_session
                && registered
                && has(&cache, &["refreshToken", "clientId", "clientSecret"]);
            Some((time(&cache, "expiresAt")?, can_refresh))
        })
    }

    /// The keys of `aws login`: they live for minutes, and a whole file can renew them.
    pub(super) fn login(file: File<'_>, now: Option<Timestamp>) -> Self {
        Self::read(file, now, |content| {
            let cache = json::object(content)?;
            has(&cache, &["refreshToken", "dpopKey", "clientId"]).then_some(())?;
            let Value::Object(keys) = cache.get("accessToken")? else {
                return None;
            };
            let keys = json::object(keys)?;
            has(&keys, &["accessKeyId", "secretAccessKey", "sessionToken"]).then_some(())?;
            Some((time(&keys, "expiresAt")?, true))
        })
    }

    /// The JSON Web Token of an OIDC provider; the platform renews the file, no SDK does.
    pub(super) fn web_identity(file: File<'_>, now: Option<Timestamp>) -> Self {
        Self::read(file, now, |content| {
            let mut parts = content.trim().split('.');
            let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
            let claims = alloc::string::String::from_utf8(base64_url(claims)?).ok()?;
            let Value::Literal(end) = json::object(&claims)?.get("exp")? else {
                return None;
            };
            let seconds = end.split_once('.').map_or(end, |(whole, _)| whole);
            Some((Timestamp(digits::read(seconds, 10)?), false))
        })
    }
}

fn has(members: &Members<'_>, names: &[&str]) -> bool {
    names
        .iter()
        .all(|name| members.string(name).is_some_and(|text| !text.is_empty()))
}

fn time(members: &Members<'_>, name: &str) -> Option<Timestamp> {
    Timestamp::parse(&members.string(name)?)
}

fn base64_url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bits: u32 = 0;
    let mut count: u32 = 0;
    for byte in text.trim_end_matches('=').bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = bits << 6_u32 | u32::from(six);
        count = count.wrapping_add(6);
        if let Some(left) = count.checked_sub(8) {
            count = left;
            // The shift leaves eight bits that count; the mask takes older ones away.
            out.push(u8::try_from(bits.checked_shr(count)? & 0xff).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::TokenState::{Damaged, Expired, Missing, Unknown, Valid};

    const NOW: Option<Timestamp> = Some(Timestamp(1_795_270_500)); // 2026-11-21T14:15:00Z

    #[test]
    fn judges_sso_tokens() {
        let whole = r#"{"accessToken":"t","expiresAt":"2026-11-21T14:15:00Z","refreshToken":"r",
            "clientId":"c","clientSecret":"s","registrationExpiresAt":"2026-12-12T00:00:00Z"}"#;
        let token = Token::sso(File::Content(whole), NOW, true);
        assert_eq!(token.state, Expired);
        assert_eq!(token.expires_at, NOW);
        assert!(token.can_refresh);
        assert!(!Token::sso(File::Content(whole), NOW, false).can_refresh);
        assert_eq!(Token::sso(File::Content(whole), None, true).state, Unknown);
        assert_eq!(Token::sso(File::Missing, NOW, true).state, Missing);
        assert_eq!(Token::sso(File::Unknown, NOW, true), Token::default());
        for (content, state) in [
            (
                r#"{"accessToken":"t","expiresAt":"2026-11-21T14:15:01Z"}"#,
                Valid,
            ),
            (
                r#"{"accessToken":"t","expiresAt":"2026-11-21T14:15:01UTC"}"#,
                Valid,
            ),
            (r#"{"accessToken":"t","expiresAt":"soon"}"#, Damaged),
            (r#"{"accessToken":"t"}"#, Damaged),
            (r#"{"expiresAt":"2026-11-21T14:15:01Z"}"#, Damaged),
            (r#"{"accessToken":"t","expiresAt":"2026-11-21T14"#, Damaged),
            ("", Damaged),
        ] {
            let token = Token::sso(File::Content(content), NOW, true);
            assert_eq!(token.state, state, "{content}");
            assert!(!token.can_refresh, "{content}");
        }
        let registration_over = whole.replace("2026-12-12", "2026-11-12");
        assert!(!Token::sso(File::Content(&registration_over), NOW, true).can_refresh);
    }

    #[test]
    fn judges_login_sessions() {
        let whole = r#"{"accessToken":{"accessKeyId":"a","secretAccessKey":"b","sessionToken":"c",
            "accountId":"1","expiresAt":"2026-11-21T14:00:00Z"},"refreshToken":"r","clientId":"c",
            "dpopKey":"k"}"#;
        let token = Token::login(File::Content(whole), NOW);
        assert_eq!((token.state, token.can_refresh), (Expired, true));
        for lost in [
            "refreshToken",
            "dpopKey",
            "clientId",
            "sessionToken",
            "expiresAt",
        ] {
            let content = whole.replace(lost, "other");
            assert_eq!(
                Token::login(File::Content(&content), NOW).state,
                Damaged,
                "{lost}"
            );
        }
        let flat = r#"{"accessToken":"t","refreshToken":"r","clientId":"c","dpopKey":"k"}"#;
        assert_eq!(Token::login(File::Content(flat), NOW).state, Damaged);
    }

    #[test]
    fn judges_web_identity_tokens() {
        let ended = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIiwiZXhwIjoxNzAwMDAwMDAwfQ.c2ln\n";
        let token = Token::web_identity(File::Content(ended), NOW);
        assert_eq!(token.state, Expired);
        assert_eq!(token.expires_at, Some(Timestamp(1_700_000_000)));
        for content in [
            "garbage",
            "a.b.c",
            "a..c",
            "a.eyJzdWIiOiJhIn0.c",
            "",
            "é.é.é",
        ] {
            let token = Token::web_identity(File::Content(content), NOW);
            assert_eq!(token.state, Damaged, "{content}");
        }
    }
}
