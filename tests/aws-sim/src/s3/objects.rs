//! The operations, on the store.

mod condition;
mod list;
mod multipart;
mod read;

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::BodyExt;
use s3s::dto::*;
use s3s::{Body, S3, S3Request, S3Response, S3Result, s3_error};
use time::OffsetDateTime;

use crate::aws::{Aws, REGION};

/// s3s calls this for requests that are signed and allowed.
pub(super) struct Objects(pub(super) Arc<Aws>);

impl Objects {
    fn now(&self) -> OffsetDateTime {
        self.0.state().clock.now()
    }
}

/// Takes the whole body. A chunk or a trailer with a wrong signature ends it.
async fn content(blob: Option<StreamingBlob>) -> S3Result<Bytes> {
    let Some(blob) = blob else {
        return Ok(Bytes::new());
    };
    match Body::from(blob).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(e) if e.to_string().to_lowercase().contains("signature") => {
            Err(s3_error!(SignatureDoesNotMatch))
        }
        Err(_) => Err(s3_error!(
            IncompleteBody,
            "The request body terminated unexpectedly"
        )),
    }
}

fn etag(value: &str) -> Option<ETag> {
    Some(ETag::Strong(value.to_owned()))
}

#[async_trait::async_trait]
impl S3 for Objects {
    async fn list_buckets(
        &self,
        _: S3Request<ListBucketsInput>,
    ) -> S3Result<S3Response<ListBucketsOutput>> {
        let store = self.0.store();
        let buckets = store.buckets.iter().map(|(name, bucket)| Bucket {
            name: Some(name.clone()),
            creation_date: bucket
                .created_at
                .map(Timestamp::from)
                .or_else(|| Some(Timestamp::default())),
            ..Bucket::default()
        });
        Ok(S3Response::new(ListBucketsOutput {
            buckets: Some(buckets.collect()),
            ..ListBucketsOutput::default()
        }))
    }

    async fn create_bucket(
        &self,
        req: S3Request<CreateBucketInput>,
    ) -> S3Result<S3Response<CreateBucketOutput>> {
        let now = self.now();
        self.0.store().bucket_or_new(&req.input.bucket).created_at = Some(now);
        Ok(S3Response::new(CreateBucketOutput {
            location: Some(format!("/{}", req.input.bucket)),
        }))
    }

    async fn head_bucket(
        &self,
        req: S3Request<HeadBucketInput>,
    ) -> S3Result<S3Response<HeadBucketOutput>> {
        self.0.store().bucket(&req.input.bucket)?;
        Ok(S3Response::new(HeadBucketOutput {
            bucket_region: Some(REGION.to_owned()),
            ..HeadBucketOutput::default()
        }))
    }

    async fn get_bucket_location(
        &self,
        req: S3Request<GetBucketLocationInput>,
    ) -> S3Result<S3Response<GetBucketLocationOutput>> {
        self.0.store().bucket(&req.input.bucket)?;
        Ok(S3Response::new(GetBucketLocationOutput::default()))
    }

    async fn delete_bucket(
        &self,
        req: S3Request<DeleteBucketInput>,
    ) -> S3Result<S3Response<DeleteBucketOutput>> {
        let mut store = self.0.store();
        if !store.bucket(&req.input.bucket)?.objects.is_empty() {
            return Err(s3_error!(BucketNotEmpty));
        }
        store.buckets.remove(&req.input.bucket);
        Ok(S3Response::new(DeleteBucketOutput {}))
    }

    async fn put_object(
        &self,
        req: S3Request<PutObjectInput>,
    ) -> S3Result<S3Response<PutObjectOutput>> {
        let input = req.input;
        let now = self.now();
        self.0.store().bucket(&input.bucket)?;
        let content = content(input.body).await?;
        let mut store = self.0.store();
        let bucket = store.bucket_mut(&input.bucket)?;
        condition::write(
            bucket.object(&input.key),
            input.if_match.as_ref(),
            input.if_none_match.as_ref(),
        )?;
        let object = bucket.put(&input.key, content, now);
        object.content_type = input.content_type;
        object.metadata = input.metadata;
        Ok(S3Response::new(PutObjectOutput {
            e_tag: etag(&object.etag),
            ..PutObjectOutput::default()
        }))
    }

    async fn copy_object(
        &self,
        req: S3Request<CopyObjectInput>,
    ) -> S3Result<S3Response<CopyObjectOutput>> {
        let input = req.input;
        let now = self.now();
        let CopySource::Bucket { bucket, key, .. } = &input.copy_source else {
            return Err(s3_error!(
                NotImplemented,
                "only objects of a bucket can be copied"
            ));
        };
        let mut store = self.0.store();
        let source = store
            .bucket(bucket)?
            .object(key)
            .cloned()
            .ok_or_else(|| s3_error!(NoSuchKey))?;
        let object = store
            .bucket_mut(&input.bucket)?
            .put(&input.key, source.content, now);
        object.content_type = source.content_type;
        object.metadata = source.metadata;
        let copied = CopyObjectResult {
            e_tag: etag(&object.etag),
            last_modified: Some(now.into()),
            ..CopyObjectResult::default()
        };
        Ok(S3Response::new(CopyObjectOutput {
            copy_object_result: Some(copied),
            ..CopyObjectOutput::default()
        }))
    }

    async fn get_object(
        &self,
        req: S3Request<GetObjectInput>,
    ) -> S3Result<S3Response<GetObjectOutput>> {
        read::get(&self.0.store(), req.input)
    }

    async fn head_object(
        &self,
        req: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        read::head(&self.0.store(), &req.input)
    }

    async fn delete_object(
        &self,
        req: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        let mut store = self.0.store();
        let bucket = store.bucket_mut(&req.input.bucket)?;
        condition::delete(bucket.object(&req.input.key), req.input.if_match.as_ref())?;
        bucket.delete(&req.input.key);
        Ok(S3Response::with_status(
            DeleteObjectOutput::default(),
            http::StatusCode::NO_CONTENT,
        ))
    }

    async fn delete_objects(
        &self,
        req: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        let mut store = self.0.store();
        let bucket = store.bucket_mut(&req.input.bucket)?;
        let deleted = req.input.delete.objects.into_iter().map(|object| {
            bucket.delete(&object.key);
            DeletedObject {
                key: Some(object.key),
                ..DeletedObject::default()
            }
        });
        let deleted = deleted.collect();
        Ok(S3Response::new(DeleteObjectsOutput {
            deleted: Some(deleted),
            ..DeleteObjectsOutput::default()
        }))
    }

    async fn list_objects(
        &self,
        req: S3Request<ListObjectsInput>,
    ) -> S3Result<S3Response<ListObjectsOutput>> {
        list::v1(&self.0.store(), req.input)
    }

    async fn list_objects_v2(
        &self,
        req: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        list::v2(&self.0.store(), req.input)
    }

    async fn create_multipart_upload(
        &self,
        req: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        let id = self.0.state().mint.opaque(64);
        multipart::create(&mut self.0.store(), req.input, id)
    }

    async fn upload_part(
        &self,
        req: S3Request<UploadPartInput>,
    ) -> S3Result<S3Response<UploadPartOutput>> {
        let mut input = req.input;
        let content = content(input.body.take()).await?;
        multipart::upload(&mut self.0.store(), &input, content)
    }

    async fn list_parts(
        &self,
        req: S3Request<ListPartsInput>,
    ) -> S3Result<S3Response<ListPartsOutput>> {
        multipart::list(&mut self.0.store(), req.input)
    }

    async fn complete_multipart_upload(
        &self,
        req: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        let now = self.now();
        multipart::complete(&mut self.0.store(), req.input, now)
    }

    async fn abort_multipart_upload(
        &self,
        req: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        multipart::abort(&mut self.0.store(), &req.input)
    }
}
