//! The answer of an AWS service, as evidence.

use credlapse::{Cause, Context, Evidence, Timestamp, text};
use http::response::Parts;
use http::{HeaderMap, StatusCode};

/// Headers that AWS services and S3-compatible servers set, and hardly anybody else.
const MARKS: [&str; 6] = [
    "x-amz-request-id",
    "x-amzn-requestid",
    "x-amz-id-2",
    "x-amzn-errortype",
    "x-amz-error-code",
    "x-amz-bucket-region",
];

/// Those of them that S3 sets and other services do not.
const S3: [&str; 3] = ["x-amz-request-id", "x-amz-id-2", "x-amz-bucket-region"];

pub(super) fn may_refuse(status: StatusCode, headers: &HeaderMap) -> bool {
    matches!(status.as_u16(), 400 | 401 | 403)
        && MARKS.iter().any(|mark| headers.contains_key(*mark))
}

pub(super) fn evidence(head: &Parts, body: &[u8], context: &Context) -> Evidence {
    let header = |name: &str| {
        let value = head.headers.get(name)?.to_str().ok()?;
        Some(value.to_owned())
    };
    let mut read = text::read(&String::from_utf8_lossy(body))
        .causes
        .into_iter();
    // An empty body has nothing to say.
    let said = if body.is_empty() { None } else { read.next() };
    let mut answer = said.unwrap_or_default();
    answer.status = Some(head.status.as_u16());
    answer.code = header("x-amzn-errortype")
        .or_else(|| header("x-amz-error-code"))
        .or(answer.code);
    if S3.iter().any(|mark| head.headers.contains_key(*mark)) {
        answer.service = Some("S3".into());
    }
    answer.request_id = header("x-amzn-requestid")
        .or_else(|| header("x-amz-request-id"))
        .or(answer.request_id);
    let mut causes: Vec<Cause> = vec![answer];
    causes.extend(read);
    let mut context = context.clone();
    context.server_time = context
        .server_time
        .or_else(|| Timestamp::parse(&header("date")?));
    Evidence { causes, context }
}
