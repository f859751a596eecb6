//! ListObjects and ListObjectsV2.

use s3s::dto::{
    CommonPrefix, ListObjectsInput, ListObjectsOutput, ListObjectsV2Input, ListObjectsV2Output,
};
use s3s::{S3Response, S3Result};

use crate::s3::store::Store;

/// One page. A continuation token is the last key or prefix of the page before.
struct Page {
    contents: Vec<s3s::dto::Object>,
    prefixes: Vec<String>,
    next: Option<String>,
}

pub(super) fn v1(
    store: &Store,
    input: ListObjectsInput,
) -> S3Result<S3Response<ListObjectsOutput>> {
    let max = input.max_keys.unwrap_or(1000);
    let page = page(
        store,
        &input.bucket,
        input.prefix.as_deref(),
        input.delimiter.as_deref(),
        input.marker.as_deref(),
        max,
    )?;
    Ok(S3Response::new(ListObjectsOutput {
        name: Some(input.bucket),
        prefix: input.prefix,
        delimiter: input.delimiter,
        marker: input.marker,
        max_keys: Some(max),
        is_truncated: Some(page.next.is_some()),
        next_marker: page.next,
        contents: Some(page.contents),
        common_prefixes: Some(common(page.prefixes)),
        ..ListObjectsOutput::default()
    }))
}

pub(super) fn v2(
    store: &Store,
    input: ListObjectsV2Input,
) -> S3Result<S3Response<ListObjectsV2Output>> {
    let max = input.max_keys.unwrap_or(1000);
    let after = input
        .continuation_token
        .as_deref()
        .or(input.start_after.as_deref());
    let page = page(
        store,
        &input.bucket,
        input.prefix.as_deref(),
        input.delimiter.as_deref(),
        after,
        max,
    )?;
    let count = page.contents.len() + page.prefixes.len();
    Ok(S3Response::new(ListObjectsV2Output {
        name: Some(input.bucket),
        prefix: Some(input.prefix.unwrap_or_default()),
        delimiter: input.delimiter,
        start_after: input.start_after,
        continuation_token: input.continuation_token,
        max_keys: Some(max),
        key_count: i32::try_from(count).ok(),
        is_truncated: Some(page.next.is_some()),
        next_continuation_token: page.next,
        contents: Some(page.contents),
        common_prefixes: Some(common(page.prefixes)),
        ..ListObjectsV2Output::default()
    }))
}

fn page(
    store: &Store,
    bucket: &str,
    prefix: Option<&str>,
    delimiter: Option<&str>,
    after: Option<&str>,
    max: i32,
) -> S3Result<Page> {
    let prefix = prefix.unwrap_or_default();
    let max = usize::try_from(max).unwrap_or(0).min(1000);
    let mut page = Page {
        contents: Vec::new(),
        prefixes: Vec::new(),
        next: None,
    };
    let mut last = None;
    for (key, object) in &store.bucket(bucket)?.objects {
        let Some(rest) = key.strip_prefix(prefix) else {
            continue;
        };
        let folder = delimiter.filter(|d| !d.is_empty()).and_then(|d| {
            rest.split_once(d)
                .map(|(head, _)| format!("{prefix}{head}{d}"))
        });
        let name = folder.as_ref().unwrap_or(key);
        if after.is_some_and(|after| name.as_str() <= after) || page.prefixes.last() == Some(name) {
            continue;
        }
        if page.contents.len() + page.prefixes.len() == max {
            page.next = last;
            break;
        }
        last = Some(name.clone());
        match folder {
            Some(folder) => page.prefixes.push(folder),
            None => page.contents.push(s3s::dto::Object {
                key: Some(key.clone()),
                e_tag: super::etag(&object.etag),
                size: i64::try_from(object.content.len()).ok(),
                last_modified: Some(object.modified_at.into()),
                ..s3s::dto::Object::default()
            }),
        }
    }
    Ok(page)
}

fn common(prefixes: Vec<String>) -> Vec<CommonPrefix> {
    prefixes
        .into_iter()
        .map(|prefix| CommonPrefix {
            prefix: Some(prefix),
        })
        .collect()
}
