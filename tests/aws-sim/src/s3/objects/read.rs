//! GetObject and HeadObject.

use bytes::Bytes;
use s3s::dto::*;
use s3s::{Body, S3Response, S3Result, s3_error};

use crate::s3::store::{Object, Store};

pub(super) fn get(store: &Store, input: GetObjectInput) -> S3Result<S3Response<GetObjectOutput>> {
    let object = find(store, &input.bucket, &input.key)?;
    if input.if_match.is_some_and(|wanted| !holds(&wanted, object)) {
        return Err(s3_error!(PreconditionFailed));
    }
    if input
        .if_none_match
        .is_some_and(|unwanted| holds(&unwanted, object))
    {
        return Err(s3_error!(NotModified));
    }
    let (content, range) = slice(object, input.range.as_ref())?;
    let output = GetObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        content_length: Some(length(&content)),
        content_range: range.clone(),
        content_type: Some(content_type(object)),
        e_tag: super::etag(&object.etag),
        last_modified: Some(object.modified_at.into()),
        metadata: object.metadata.clone(),
        body: Some(Body::from(content).into()),
        ..GetObjectOutput::default()
    };
    let mut response = S3Response::new(output);
    response.status = range.map(|_| http::StatusCode::PARTIAL_CONTENT);
    Ok(response)
}

pub(super) fn head(
    store: &Store,
    input: &HeadObjectInput,
) -> S3Result<S3Response<HeadObjectOutput>> {
    let object = find(store, &input.bucket, &input.key)?;
    let (content, range) = slice(object, input.range.as_ref())?;
    Ok(S3Response::new(HeadObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        content_length: Some(length(&content)),
        content_range: range,
        content_type: Some(content_type(object)),
        e_tag: super::etag(&object.etag),
        last_modified: Some(object.modified_at.into()),
        metadata: object.metadata.clone(),
        ..HeadObjectOutput::default()
    }))
}

fn find<'a>(store: &'a Store, bucket: &str, key: &str) -> S3Result<&'a Object> {
    store
        .bucket(bucket)?
        .object(key)
        .ok_or_else(|| s3_error!(NoSuchKey))
}

fn holds(condition: &ETagCondition, object: &Object) -> bool {
    condition
        .as_etag()
        .is_none_or(|etag| etag.value() == object.etag)
}

/// The part that is asked for, with its `Content-Range`.
fn slice(object: &Object, range: Option<&Range>) -> S3Result<(Bytes, Option<String>)> {
    let Some(range) = range else {
        return Ok((object.content.clone(), None));
    };
    let whole = object.content.len();
    let part = range
        .check(whole as u64)
        .map_err(|_| s3_error!(InvalidRange))?;
    let header = format!("bytes {}-{}/{whole}", part.start, part.end - 1);
    let fits = |n: u64| usize::try_from(n).unwrap_or(whole);
    Ok((
        object.content.slice(fits(part.start)..fits(part.end)),
        Some(header),
    ))
}

fn length(content: &Bytes) -> i64 {
    i64::try_from(content.len()).unwrap_or(i64::MAX)
}

fn content_type(object: &Object) -> String {
    object
        .content_type
        .clone()
        .unwrap_or_else(|| "binary/octet-stream".to_owned())
}
