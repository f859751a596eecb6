//! The errors of s3s, with the texts and the members of S3.

use bytes::Bytes;
use http::Request;

use crate::refusal::{Refusal, Reply};
use crate::route::{Service, Target};
use crate::sigv4::{Signed, header};

/// Reads the code of an error of s3s and says it as S3 does.
pub(super) fn explain(request: &Request<Bytes>, target: &Target, reply: &Reply) -> Refusal {
    let body = String::from_utf8_lossy(reply.body());
    let Some(code) = inner(&body, "Code") else {
        // A condition of a GET that is not met has a status and nothing else.
        return Refusal::new(Service::S3, "InternalError").status(reply.status().as_u16());
    };
    let mut refusal = Refusal::new(Service::S3, code);
    if refusal.message.is_none() {
        refusal.status = reply.status().as_u16();
        refusal.message = inner(&body, "Message").map(str::to_owned);
    }
    match code {
        "SignatureDoesNotMatch" => with_signature(refusal, request),
        "NoSuchKey" => refusal.member("Key", &target.key),
        "NoSuchBucket" | "BucketNotEmpty" | "InvalidBucketName" => {
            refusal.member("BucketName", &target.bucket)
        }
        "PreconditionFailed" => refusal.member("Condition", condition(request)),
        "ConditionalRequestConflict" => refusal
            .member("Condition", condition(request))
            .member("Key", &target.key),
        "NotImplemented" if !condition(request).is_empty() => with_header(refusal, request),
        _ => refusal,
    }
}

fn with_signature(refusal: Refusal, request: &Request<Bytes>) -> Refusal {
    let Some(signed) = Signed::read(request) else {
        return refusal;
    };
    let canonical = signed.canonical_request(request);
    let text = signed.string_to_sign(&canonical);
    refusal
        .member("AWSAccessKeyId", &signed.access_key_id)
        .member("StringToSign", &text)
        .member("SignatureProvided", &signed.signature)
        .member("StringToSignBytes", spaced_hex(&text))
        .member("CanonicalRequest", &canonical)
        .member("CanonicalRequestBytes", spaced_hex(&canonical))
}

fn with_header(refusal: Refusal, request: &Request<Bytes>) -> Refusal {
    let condition = condition(request);
    let why = if condition.contains(',') {
        "Multiple conditional request headers present in the request".to_owned()
    } else {
        format!("We don't accept the provided value of {condition} header for this API")
    };
    refusal
        .member("Header", condition)
        .member("additionalMessage", why)
}

/// The conditional headers that the request has.
fn condition(request: &Request<Bytes>) -> String {
    let present = ["If-Match", "If-None-Match"]
        .into_iter()
        .filter(|name| header(request.headers(), name).is_some());
    present.collect::<Vec<_>>().join(",")
}

fn spaced_hex(text: &str) -> String {
    text.bytes()
        .map(|b| format!("{b:02X}"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn inner<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    Some(rest.split_once('<')?.0)
}
