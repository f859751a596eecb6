//! What S3 checks before it computes a signature: the key, the token, the Region and the time.

use bytes::Bytes;
use http::Request;
use time::{Duration, OffsetDateTime};

use crate::aws::{REGION, State};
use crate::clock::{extended, parse_basic};
use crate::keys::Key;
use crate::refusal::Refusal;
use crate::route::Service;
use crate::sigv4::Signed;

const SKEW_SECONDS: i64 = 900;

pub(super) fn check(state: &State, request: &Request<Bytes>) -> Result<Key, Refusal> {
    let signed = Signed::read(request).ok_or_else(|| refuse("AccessDenied"))?;
    if signed.region != REGION {
        let text = format!(
            "The authorization header is malformed; the region '{}' is wrong; expecting '{REGION}'",
            signed.region
        );
        let refusal = refuse("AuthorizationHeaderMalformed")
            .message(text)
            .member("Region", REGION);
        return Err(refusal.header("x-amz-bucket-region", REGION));
    }
    let unknown = || refuse("InvalidAccessKeyId").member("AWSAccessKeyId", &signed.access_key_id);
    let key = state.keys.get(&signed.access_key_id).ok_or_else(unknown)?;
    let now = state.clock.now();
    check_token(key, signed.token.as_deref(), now)?;
    check_time(&signed, now)?;
    Ok(key.clone())
}

fn check_token(key: &Key, sent: Option<&str>, now: OffsetDateTime) -> Result<(), Refusal> {
    match (key.token.as_deref(), sent) {
        // The id of a temporary key means nothing without its token.
        (Some(_), None) => Err(refuse("InvalidAccessKeyId").member("AWSAccessKeyId", &key.id)),
        (held, Some(sent)) if held != Some(sent) => {
            Err(refuse("InvalidToken").member("Token-0", sent))
        }
        (_, Some(sent)) if key.has_expired(now) => {
            Err(refuse("ExpiredToken").member("Token-0", sent))
        }
        _ => Ok(()),
    }
}

fn check_time(signed: &Signed, now: OffsetDateTime) -> Result<(), Refusal> {
    let made = parse_basic(&signed.date).ok_or_else(|| {
        refuse("AccessDenied")
            .message("AWS authentication requires a valid Date or x-amz-date header")
    })?;
    match signed.presigned_for {
        Some(seconds) if now > made + Duration::seconds(seconds) => Err(refuse("AccessDenied")
            .message("Request has expired")
            .member("X-Amz-Expires", seconds.to_string())
            .member("Expires", extended(made + Duration::seconds(seconds)))
            .member("ServerTime", extended(now))),
        None if (now - made).whole_seconds().abs() > SKEW_SECONDS => {
            Err(refuse("RequestTimeTooSkewed")
                .member("RequestTime", &signed.date)
                .member("ServerTime", extended(now))
                .member("MaxAllowedSkewMilliseconds", "900000"))
        }
        _ => Ok(()),
    }
}

fn refuse(code: &str) -> Refusal {
    Refusal::new(Service::S3, code)
}
