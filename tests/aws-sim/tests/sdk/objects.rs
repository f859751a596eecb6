//! S3 as such: objects, lists, parts, conditions.

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use aws_sim::{BUCKET, Sim};

use crate::client::{Outcome, refused, s3_of_profile};

#[tokio::test]
async fn an_object_comes_back_as_it_went() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    let key = "a b/ü+&=%.txt";
    s3.put_object()
        .bucket(BUCKET)
        .key(key)
        .content_type("text/plain")
        .metadata("owner", "alice")
        .body(ByteStream::from_static(b"hello"))
        .send()
        .await?;
    let got = s3.get_object().bucket(BUCKET).key(key).send().await?;
    assert_eq!(got.content_type(), Some("text/plain"));
    assert_eq!(
        got.metadata()
            .and_then(|m| m.get("owner"))
            .map(String::as_str),
        Some("alice")
    );
    assert_eq!(got.e_tag(), Some("\"5d41402abc4b2a76b9719d911017c592\""));
    assert_eq!(got.body.collect().await?.into_bytes(), "hello");
    let part = s3
        .get_object()
        .bucket(BUCKET)
        .key(key)
        .range("bytes=1-3")
        .send()
        .await?;
    assert_eq!(part.content_range(), Some("bytes 1-3/5"));
    assert_eq!(part.body.collect().await?.into_bytes(), "ell");
    assert_eq!(
        s3.head_object()
            .bucket(BUCKET)
            .key(key)
            .send()
            .await?
            .content_length(),
        Some(5)
    );
    assert_eq!(
        sim.object(BUCKET, key).as_deref(),
        Some(b"hello".as_slice())
    );
    s3.delete_object().bucket(BUCKET).key(key).send().await?;
    assert_eq!(
        refused(s3.get_object().bucket(BUCKET).key(key).send().await).code(),
        "NoSuchKey"
    );
    Ok(())
}

#[tokio::test]
async fn a_stream_with_signed_chunks_and_a_trailer_is_stored() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "session").await;
    let file = std::path::Path::new(&sim.environment().home).join("big");
    let content = vec![7_u8; 300_000];
    tokio::fs::write(&file, &content).await?;
    let body = ByteStream::from_path(&file).await?;
    s3.put_object()
        .bucket(BUCKET)
        .key("big")
        .body(body)
        .send()
        .await?;
    assert_eq!(
        sim.object(BUCKET, "big").as_deref(),
        Some(content.as_slice())
    );
    Ok(())
}

#[tokio::test]
async fn a_list_has_pages_and_folders() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    for key in ["a", "b/1", "b/2", "c", "d/1"] {
        sim.put_object(BUCKET, key, "x");
    }
    let page = s3
        .list_objects_v2()
        .bucket(BUCKET)
        .delimiter("/")
        .max_keys(2)
        .send()
        .await?;
    assert_eq!(keys(page.contents()), ["a"]);
    assert_eq!(page.common_prefixes()[0].prefix(), Some("b/"));
    assert_eq!(page.is_truncated(), Some(true));
    let next = page.next_continuation_token().expect("a next page");
    let page = s3
        .list_objects_v2()
        .bucket(BUCKET)
        .delimiter("/")
        .continuation_token(next)
        .send()
        .await?;
    assert_eq!(keys(page.contents()), ["c"]);
    assert_eq!(page.common_prefixes()[0].prefix(), Some("d/"));
    assert_eq!(page.is_truncated(), Some(false));
    let page = s3
        .list_objects_v2()
        .bucket(BUCKET)
        .prefix("b/")
        .send()
        .await?;
    assert_eq!(keys(page.contents()), ["b/1", "b/2"]);
    let missing = refused(s3.list_objects_v2().bucket("no-such-bucket").send().await);
    assert_eq!((missing.status, missing.code()), (404, "NoSuchBucket"));
    Ok(())
}

fn keys(objects: &[aws_sdk_s3::types::Object]) -> Vec<&str> {
    objects.iter().filter_map(|object| object.key()).collect()
}

#[tokio::test]
async fn a_write_with_a_condition_follows_it() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    let put = || {
        s3.put_object()
            .bucket(BUCKET)
            .key("lock")
            .body(ByteStream::from_static(b"mine"))
    };

    let missing = refused(put().if_match("\"0\"").send().await);
    assert_eq!((missing.status, missing.code()), (404, "NoSuchKey"));
    let etag = put()
        .if_none_match("*")
        .send()
        .await?
        .e_tag
        .expect("an ETag");
    let held = refused(put().if_none_match("*").send().await);
    assert_eq!((held.status, held.code()), (412, "PreconditionFailed"));
    assert!(
        held.body.contains("<Condition>If-None-Match</Condition>"),
        "{}",
        held.body
    );
    let other = refused(put().if_match("\"0\"").send().await);
    assert_eq!((other.status, other.code()), (412, "PreconditionFailed"));
    put().if_match(&etag).send().await?;
    let odd = refused(put().if_match("*").send().await);
    assert_eq!((odd.status, odd.code()), (501, "NotImplemented"));
    let delete = s3
        .delete_object()
        .bucket(BUCKET)
        .key("lock")
        .if_match("\"0\"");
    assert_eq!(refused(delete.send().await).status, 412);
    Ok(())
}

#[tokio::test]
async fn of_many_that_want_the_lock_one_gets_it() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    let mut wanting = tokio::task::JoinSet::new();
    for i in 0..20 {
        let put = s3
            .put_object()
            .bucket(BUCKET)
            .key("lock")
            .if_none_match("*");
        wanting.spawn(put.body(ByteStream::from(vec![i])).send());
    }
    let mut got = 0;
    while let Some(result) = wanting.join_next().await {
        match result? {
            Ok(_) => got += 1,
            refusal => assert_eq!(refused(refusal).status, 412),
        }
    }
    assert_eq!(got, 1);
    Ok(())
}

#[tokio::test]
async fn parts_become_an_object() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    let (id, parts) = upload(&s3, "parts", &[b"one,", b"two"]).await?;
    let done = s3
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key("parts")
        .upload_id(&id)
        .multipart_upload(parts);
    let etag = done.send().await?.e_tag.expect("an ETag");
    assert!(etag.ends_with("-2\""), "{etag}");
    assert_eq!(
        sim.object(BUCKET, "parts").as_deref(),
        Some(b"one,two".as_slice())
    );
    let again = s3
        .abort_multipart_upload()
        .bucket(BUCKET)
        .key("parts")
        .upload_id(&id);
    assert_eq!(refused(again.send().await).code(), "NoSuchUpload");
    Ok(())
}

#[tokio::test]
async fn a_competing_write_decides_a_conditional_upload() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    let complete = |id: String, parts| {
        let call = s3
            .complete_multipart_upload()
            .bucket(BUCKET)
            .key("k")
            .upload_id(id);
        call.if_none_match("*").multipart_upload(parts).send()
    };
    let (id, parts) = upload(&s3, "k", &[b"x"]).await?;
    sim.put_object(BUCKET, "k", "theirs");
    assert_eq!(
        refused(complete(id.clone(), parts.clone()).await).status,
        412
    );
    s3.delete_object().bucket(BUCKET).key("k").send().await?;
    let conflict = refused(complete(id, parts).await);
    assert_eq!(
        (conflict.status, conflict.code()),
        (409, "ConditionalRequestConflict")
    );
    Ok(())
}

async fn upload(
    s3: &Client,
    key: &str,
    contents: &[&'static [u8]],
) -> Result<(String, CompletedMultipartUpload), Box<dyn std::error::Error>> {
    let begun = s3
        .create_multipart_upload()
        .bucket(BUCKET)
        .key(key)
        .send()
        .await?;
    let id = begun.upload_id().expect("an id").to_owned();
    let mut parts = CompletedMultipartUpload::builder();
    for (number, content) in (1..).zip(contents) {
        let part = s3
            .upload_part()
            .bucket(BUCKET)
            .key(key)
            .upload_id(&id)
            .part_number(number);
        let done = part.body(ByteStream::from_static(content)).send().await?;
        parts = parts.parts(
            CompletedPart::builder()
                .part_number(number)
                .set_e_tag(done.e_tag)
                .build(),
        );
    }
    Ok((id, parts.build()))
}
