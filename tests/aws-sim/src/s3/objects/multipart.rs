//! Multipart uploads.

use bytes::{Bytes, BytesMut};
use md5::{Digest, Md5};
use s3s::dto::*;
use s3s::{S3Response, S3Result, s3_error};
use time::OffsetDateTime;

use super::{condition, etag};
use crate::s3::store::Store;
use crate::sigv4::hex;

pub(super) fn create(
    store: &mut Store,
    input: CreateMultipartUploadInput,
    id: String,
) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
    let upload = store
        .bucket_mut(&input.bucket)?
        .begin(id.clone(), input.key.clone());
    upload.content_type = input.content_type;
    upload.metadata = input.metadata;
    Ok(S3Response::new(CreateMultipartUploadOutput {
        bucket: Some(input.bucket),
        key: Some(input.key),
        upload_id: Some(id),
        checksum_algorithm: input.checksum_algorithm,
        checksum_type: input.checksum_type,
        ..CreateMultipartUploadOutput::default()
    }))
}

pub(super) fn upload(
    store: &mut Store,
    input: &UploadPartInput,
    content: Bytes,
) -> S3Result<S3Response<UploadPartOutput>> {
    let tag = hex(&Md5::digest(&content));
    let upload = store
        .bucket_mut(&input.bucket)?
        .upload_mut(&input.upload_id, &input.key)?;
    upload.parts.insert(input.part_number, content);
    Ok(S3Response::new(UploadPartOutput {
        e_tag: etag(&tag),
        ..UploadPartOutput::default()
    }))
}

pub(super) fn list(
    store: &mut Store,
    input: ListPartsInput,
) -> S3Result<S3Response<ListPartsOutput>> {
    let upload = store
        .bucket_mut(&input.bucket)?
        .upload_mut(&input.upload_id, &input.key)?;
    let parts = upload.parts.iter().map(|(number, content)| Part {
        part_number: Some(*number),
        size: i64::try_from(content.len()).ok(),
        e_tag: etag(&hex(&Md5::digest(content))),
        ..Part::default()
    });
    Ok(S3Response::new(ListPartsOutput {
        parts: Some(parts.collect()),
        is_truncated: Some(false),
        bucket: Some(input.bucket),
        key: Some(input.key),
        upload_id: Some(input.upload_id),
        ..ListPartsOutput::default()
    }))
}

pub(super) fn complete(
    store: &mut Store,
    input: CompleteMultipartUploadInput,
    now: OffsetDateTime,
) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
    let bucket = store.bucket_mut(&input.bucket)?;
    let upload = bucket
        .uploads
        .get(&input.upload_id)
        .filter(|u| u.key == input.key);
    let upload = upload.ok_or_else(|| s3_error!(NoSuchUpload))?;
    let named = input
        .multipart_upload
        .and_then(|m| m.parts)
        .unwrap_or_default();
    if named.is_empty() {
        return Err(s3_error!(MalformedXML));
    }
    let (mut content, mut digests) = (BytesMut::new(), Vec::new());
    for part in &named {
        let number = part.part_number.unwrap_or_default();
        let held = upload
            .parts
            .get(&number)
            .ok_or_else(|| s3_error!(InvalidPart))?;
        let digest = Md5::digest(held);
        if part
            .e_tag
            .as_ref()
            .is_some_and(|tag| tag.value() != hex(&digest))
        {
            return Err(s3_error!(InvalidPart));
        }
        content.extend_from_slice(held);
        digests.extend_from_slice(&digest);
    }
    condition::complete(
        bucket,
        upload,
        input.if_match.as_ref(),
        input.if_none_match.as_ref(),
    )?;
    let upload = bucket
        .uploads
        .remove(&input.upload_id)
        .ok_or_else(|| s3_error!(NoSuchUpload))?;
    let object = bucket.put(&input.key, content.freeze(), now);
    object.etag = format!("{}-{}", hex(&Md5::digest(&digests)), named.len());
    object.content_type = upload.content_type;
    object.metadata = upload.metadata;
    Ok(S3Response::new(CompleteMultipartUploadOutput {
        location: Some(format!("/{}/{}", input.bucket, input.key)),
        e_tag: etag(&object.etag),
        bucket: Some(input.bucket),
        key: Some(input.key),
        ..CompleteMultipartUploadOutput::default()
    }))
}

pub(super) fn abort(
    store: &mut Store,
    input: &AbortMultipartUploadInput,
) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
    let bucket = store.bucket_mut(&input.bucket)?;
    bucket.upload_mut(&input.upload_id, &input.key)?;
    bucket.uploads.remove(&input.upload_id);
    Ok(S3Response::with_status(
        AbortMultipartUploadOutput::default(),
        http::StatusCode::NO_CONTENT,
    ))
}
