//! Who signed, with what, when.

use std::time::Duration;

use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sim::{BUCKET, Sim};

use crate::client::{Outcome, codes, config, refused, s3, s3_of_profile, sts, with_keys};
use crate::raw;

#[tokio::test]
async fn an_unknown_key_is_refused() -> Outcome {
    let sim = Sim::start().await?;
    let mut keys = sim.issue("test", 60);
    keys.access_key_id = "AKIAIOSFODNN7EXAMPLE".into();
    keys.session_token = None;
    let variables = with_keys(&sim, &keys);
    let error = refused(s3(&variables).await.list_buckets().send().await);
    assert_eq!((error.status, error.code()), (403, "InvalidAccessKeyId"));
    assert!(
        error
            .body
            .contains("<AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId>"),
        "{}",
        error.body
    );
    let error = refused(sts(&variables).await.get_caller_identity().send().await);
    assert_eq!((error.status, error.code()), (403, "InvalidClientTokenId"));
    Ok(())
}

#[tokio::test]
async fn a_wrong_secret_is_refused() -> Outcome {
    let sim = Sim::start().await?;
    let mut keys = sim.issue("test", 60);
    keys.secret_access_key.replace_range(..4, "oops");
    let variables = with_keys(&sim, &keys);
    let put = s3(&variables)
        .await
        .put_object()
        .bucket(BUCKET)
        .key("k")
        .body(ByteStream::from_static(b"x"))
        .send()
        .await;
    let error = refused(put);
    assert_eq!((error.status, error.code()), (403, "SignatureDoesNotMatch"));
    for member in [
        "StringToSign>AWS4-HMAC-SHA256\n",
        "SignatureProvided>",
        "CanonicalRequest>PUT\n/test-bucket/k\n",
    ] {
        assert!(
            error.body.contains(member),
            "{member} is not in {}",
            error.body
        );
    }
    assert_eq!(sim.object(BUCKET, "k"), None);
    let error = refused(sts(&variables).await.get_caller_identity().send().await);
    assert_eq!((error.status, error.code()), (403, "SignatureDoesNotMatch"));
    Ok(())
}

#[tokio::test]
async fn a_wrong_token_is_refused() -> Outcome {
    let sim = Sim::start().await?;
    let mut keys = sim.issue("test", 60);
    keys.session_token = Some("another".into());
    let variables = with_keys(&sim, &keys);
    let error = refused(s3(&variables).await.list_buckets().send().await);
    assert_eq!((error.status, error.code()), (400, "InvalidToken"));
    assert!(
        error.body.contains("<Token-0>another</Token-0>"),
        "{}",
        error.body
    );
    let error = refused(sts(&variables).await.get_caller_identity().send().await);
    assert_eq!((error.status, error.code()), (403, "InvalidClientTokenId"));
    keys.session_token = None;
    let error = refused(
        s3(&with_keys(&sim, &keys))
            .await
            .list_buckets()
            .send()
            .await,
    );
    assert_eq!(error.code(), "InvalidAccessKeyId");
    Ok(())
}

#[tokio::test]
async fn a_wrong_clock_is_refused_and_corrected() -> Outcome {
    let sim = Sim::start().await?;
    let variables = sim.environment().with_source("static");
    let once = aws_sdk_s3::config::Builder::from(&config(&variables).await)
        .retry_config(RetryConfig::disabled())
        .build();
    let once = aws_sdk_s3::Client::from_conf(once);
    sim.set_clock_offset(14 * 60);
    once.list_buckets().send().await?;
    sim.set_clock_offset(2 * 3600);
    let error = refused(once.list_buckets().send().await);
    assert_eq!((error.status, error.code()), (403, "RequestTimeTooSkewed"));
    assert!(
        error.body.contains("<MaxAllowedSkewMilliseconds>900000<"),
        "{}",
        error.body
    );

    let identity = sts(&variables).await.get_caller_identity();
    let no_retry = aws_sdk_sts::config::Config::builder().retry_config(RetryConfig::disabled());
    let error = refused(identity.customize().config_override(no_retry).send().await);
    assert_eq!(error.code(), "SignatureDoesNotMatch");
    assert!(
        error.message().starts_with("Signature expired: "),
        "{error:?}"
    );

    sim.clear_requests();
    s3(&variables).await.list_buckets().send().await?;
    assert_eq!(codes(&sim, "ListBuckets"), ["RequestTimeTooSkewed", "ok"]);
    Ok(())
}

#[tokio::test]
async fn another_region_is_refused() -> Outcome {
    let sim = Sim::start().await?;
    let mut variables = sim.environment().with_source("static");
    variables.insert("AWS_REGION".into(), "eu-central-1".into());
    let error = refused(
        s3(&variables)
            .await
            .list_objects_v2()
            .bucket(BUCKET)
            .send()
            .await,
    );
    assert_eq!(
        (error.status, error.code()),
        (400, "AuthorizationHeaderMalformed")
    );
    assert!(
        error
            .message()
            .contains("the region 'eu-central-1' is wrong; expecting 'us-east-1'"),
        "{error:?}"
    );
    Ok(())
}

#[tokio::test]
async fn an_unsigned_request_is_denied() -> Outcome {
    let sim = Sim::start().await?;
    sim.put_object(BUCKET, "k", "x");
    let answer = raw::get(sim.url(), "/test-bucket/k").await?;
    assert!(answer.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{answer}");
    assert!(
        answer.contains("<Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>"),
        "{answer}"
    );
    let answer = raw::send(
        sim.url(),
        "POST",
        "/",
        "Action=GetCallerIdentity&Version=2011-06-15",
    )
    .await?;
    assert!(
        answer.contains("<Code>MissingAuthenticationToken</Code>"),
        "{answer}"
    );
    Ok(())
}

#[tokio::test]
async fn a_presigned_url_ends_with_its_time_or_its_session() -> Outcome {
    let sim = Sim::start().await?;
    sim.put_object(BUCKET, "k", "content");
    let s3 = s3_of_profile(&sim, "session").await;
    let presigned = s3
        .get_object()
        .bucket(BUCKET)
        .key("k")
        .presigned(PresigningConfig::expires_in(Duration::from_secs(60))?);
    let presigned = presigned.await?;
    let path = presigned
        .uri()
        .strip_prefix(sim.url())
        .expect("an URL of the simulator");
    let answer = raw::get(sim.url(), path).await?;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("content"),
        "{answer}"
    );

    sim.set_clock_offset(120);
    let answer = raw::get(sim.url(), path).await?;
    assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
    assert!(
        answer.contains("<Message>Request has expired</Message><X-Amz-Expires>60</X-Amz-Expires>"),
        "{answer}"
    );

    sim.set_clock_offset(0);
    sim.expire(&aws_sim::Lapse::keys("session"), 0)?;
    let answer = raw::get(sim.url(), path).await?;
    assert!(
        answer.starts_with("HTTP/1.1 400 ") && answer.contains("<Code>ExpiredToken</Code>"),
        "{answer}"
    );
    Ok(())
}
