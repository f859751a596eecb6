//! One upload, as a service.

use std::error::Error;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::put_object::PutObjectError;
use aws_sdk_s3::primitives::ByteStream;
use credlapse_smithy::{Report, SdkErrorExt};
use tower::Service;

use crate::client::Current;

type PutError = SdkError<PutObjectError>;

/// A file to upload; cheap to clone, since its content is read anew for each attempt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
}

/// Uploads one [`File`] per call.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    client: Current,
    bucket: String,
    prefix: String,
}

impl Upload {
    pub(crate) fn new(client: Current, bucket: String, prefix: String) -> Self {
        Self {
            client,
            bucket,
            prefix,
        }
    }

    fn key(&self, file: &File) -> String {
        match &*self.prefix {
            "" => file.name.clone(),
            prefix => format!("{prefix}/{}", file.name),
        }
    }
}

impl Service<File> for Upload {
    type Response = ();
    type Error = PutError;
    type Future = Pin<Box<dyn Future<Output = Result<(), PutError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), PutError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, file: File) -> Self::Future {
        let put = self
            .client
            .get()
            .put_object()
            .bucket(&self.bucket)
            .key(self.key(&file));
        Box::pin(async move {
            let body = ByteStream::from_path(&file.path)
                .await
                .map_err(SdkError::construction_failure)?;
            put.body(body).send().await.map(drop)
        })
    }
}

/// The report of a failed upload, which only its type leads to.
pub(crate) fn report<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Report> {
    error.downcast_ref::<PutError>()?.report()
}
