//! Buckets and objects in memory.

use std::collections::{BTreeMap, HashMap};

use bytes::Bytes;
use md5::{Digest, Md5};
use s3s::{S3Result, s3_error};
use time::OffsetDateTime;

use crate::sigv4::hex;

#[derive(Debug, Default)]
pub(crate) struct Store {
    pub(crate) buckets: BTreeMap<String, Bucket>,
}

#[derive(Debug, Default)]
pub(crate) struct Bucket {
    pub(crate) created_at: Option<OffsetDateTime>,
    pub(crate) objects: BTreeMap<String, Object>,
    pub(crate) uploads: BTreeMap<String, Upload>,
    /// Counts the writes, so that it can be said what came first.
    writes: u64,
    /// When (in writes) a key was last written or deleted.
    touched: HashMap<String, u64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) content: Bytes,
    /// Without quotes.
    pub(crate) etag: String,
    pub(crate) modified_at: OffsetDateTime,
    pub(crate) content_type: Option<String>,
    pub(crate) metadata: Option<HashMap<String, String>>,
}

/// A multipart upload that is under way.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) key: String,
    pub(crate) parts: BTreeMap<i32, Bytes>,
    pub(crate) content_type: Option<String>,
    pub(crate) metadata: Option<HashMap<String, String>>,
    started: u64,
}

impl Store {
    pub(crate) fn new(bucket: &str) -> Self {
        let mut store = Self::default();
        store.bucket_or_new(bucket);
        store
    }

    pub(crate) fn bucket(&self, name: &str) -> S3Result<&Bucket> {
        self.buckets
            .get(name)
            .ok_or_else(|| s3_error!(NoSuchBucket))
    }

    pub(crate) fn bucket_mut(&mut self, name: &str) -> S3Result<&mut Bucket> {
        self.buckets
            .get_mut(name)
            .ok_or_else(|| s3_error!(NoSuchBucket))
    }

    pub(crate) fn bucket_or_new(&mut self, name: &str) -> &mut Bucket {
        self.buckets.entry(name.to_owned()).or_default()
    }
}

impl Bucket {
    pub(crate) fn object(&self, key: &str) -> Option<&Object> {
        self.objects.get(key)
    }

    /// Writes an object, whatever was there.
    pub(crate) fn put(
        &mut self,
        key: &str,
        content: Bytes,
        modified_at: OffsetDateTime,
    ) -> &mut Object {
        self.touch(key);
        let etag = hex(&Md5::digest(&content));
        let object = Object {
            content,
            etag,
            modified_at,
            content_type: None,
            metadata: None,
        };
        self.objects.insert(key.to_owned(), object);
        self.objects.get_mut(key).expect("just written")
    }

    pub(crate) fn delete(&mut self, key: &str) {
        self.touch(key);
        self.objects.remove(key);
    }

    pub(crate) fn begin(&mut self, id: String, key: String) -> &mut Upload {
        let started = self.writes;
        self.uploads.entry(id).or_insert(Upload {
            key,
            parts: BTreeMap::new(),
            content_type: None,
            metadata: None,
            started,
        })
    }

    pub(crate) fn upload_mut(&mut self, id: &str, key: &str) -> S3Result<&mut Upload> {
        self.uploads
            .get_mut(id)
            .filter(|upload| upload.key == key)
            .ok_or_else(|| s3_error!(NoSuchUpload))
    }

    /// Whether the key of an upload was written or deleted since the upload began.
    pub(crate) fn touched_since(&self, upload: &Upload) -> bool {
        self.touched
            .get(&upload.key)
            .is_some_and(|write| *write > upload.started)
    }

    fn touch(&mut self, key: &str) {
        self.writes += 1;
        self.touched.insert(key.to_owned(), self.writes);
    }
}
