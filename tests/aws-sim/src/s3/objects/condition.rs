//! Conditional writes, as S3 decides them.

use s3s::dto::ETagCondition;
use s3s::{S3Result, s3_error};

use crate::s3::store::{Bucket, Object, Upload};

/// For PUT. S3 takes `*` in `If-None-Match` and an ETag in `If-Match`, nothing else.
pub(super) fn write(
    held: Option<&Object>,
    if_match: Option<&ETagCondition>,
    if_none_match: Option<&ETagCondition>,
) -> S3Result<()> {
    match (if_match, if_none_match) {
        (None, None) => Ok(()),
        (None, Some(ETagCondition::Any)) if held.is_some() => Err(s3_error!(PreconditionFailed)),
        (None, Some(ETagCondition::Any)) => Ok(()),
        (Some(ETagCondition::ETag(wanted)), None) => match held {
            None => Err(s3_error!(NoSuchKey)),
            Some(object) if object.etag != wanted.value() => Err(s3_error!(PreconditionFailed)),
            Some(_) => Ok(()),
        },
        _ => Err(s3_error!(NotImplemented)),
    }
}

/// For CompleteMultipartUpload, where a competing write may have come since the upload began.
pub(super) fn complete(
    bucket: &Bucket,
    upload: &Upload,
    if_match: Option<&ETagCondition>,
    if_none_match: Option<&ETagCondition>,
) -> S3Result<()> {
    let held = bucket.object(&upload.key);
    let touched = bucket.touched_since(upload);
    match (if_match, if_none_match) {
        (None, Some(ETagCondition::Any)) if held.is_none() && touched => {
            Err(s3_error!(ConditionalRequestConflict))
        }
        (Some(ETagCondition::ETag(wanted)), None)
            if held.is_some_and(|o| o.etag != wanted.value()) && touched =>
        {
            Err(s3_error!(ConditionalRequestConflict))
        }
        _ => write(held, if_match, if_none_match),
    }
}

/// For DELETE.
pub(super) fn delete(held: Option<&Object>, if_match: Option<&ETagCondition>) -> S3Result<()> {
    match (if_match, held) {
        (Some(ETagCondition::ETag(wanted)), Some(object)) if object.etag != wanted.value() => {
            Err(s3_error!(PreconditionFailed))
        }
        (Some(_), None) => Err(s3_error!(NoSuchKey)),
        _ => Ok(()),
    }
}
