//! Faults on demand, as the SDK meets them.

use std::time::Duration;

use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::error::SdkError;
use aws_sim::{BUCKET, Effect, ErrorReply, Fault, Service, Sim};

use crate::client::{Outcome, codes, refused, s3_of_profile};
use crate::raw;

#[tokio::test]
async fn an_error_comes_as_often_as_it_should() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    sim.add_fault(Fault::error("SlowDown").on("ListBuckets").after(1).times(2));
    s3.list_buckets().send().await?;
    s3.list_buckets().send().await?;
    assert_eq!(
        codes(&sim, "ListBuckets"),
        ["ok", "SlowDown", "SlowDown", "ok"]
    );
    let attempts: Vec<_> = sim
        .requests()
        .iter()
        .filter_map(|seen| seen.attempt)
        .collect();
    assert_eq!(attempts, [1, 1, 2, 3]);

    sim.clear_requests();
    sim.add_fault(Fault::error("SlowDown").always());
    let error = refused(s3.list_buckets().send().await);
    assert_eq!(
        (error.status, error.message()),
        (503, "Please reduce your request rate.")
    );
    assert_eq!(codes(&sim, "ListBuckets"), ["SlowDown"; 3]);
    sim.clear_faults();
    s3.list_buckets().send().await?;
    Ok(())
}

#[tokio::test]
async fn any_code_status_text_and_body_can_be_had() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    let reply = ErrorReply {
        code: "PermanentRedirect".into(),
        message: Some("over there".into()),
        headers: [("x-amz-bucket-region".to_owned(), "eu-west-1".to_owned())].into(),
        ..ErrorReply::default()
    };
    sim.add_fault(Fault::new(Effect::Error(reply)).path("/test-bucket/*"));
    let error = refused(s3.get_object().bucket(BUCKET).key("k").send().await);
    assert_eq!(
        (error.status, error.code(), error.message()),
        (301, "PermanentRedirect", "over there")
    );
    sim.add_fault(Fault::body(403, "<html>proxy</html>"));
    let error = s3
        .get_object()
        .bucket(BUCKET)
        .key("k")
        .send()
        .await
        .expect_err("a page of a proxy");
    let raw = error.raw_response().expect("an answer");
    assert_eq!(
        (raw.status().as_u16(), raw.body().bytes()),
        (403, Some(b"<html>proxy</html>".as_slice()))
    );
    sim.add_fault(Fault::error("ExpiredToken").on("HeadBucket"));
    let error = refused(s3.head_bucket().bucket(BUCKET).send().await);
    assert_eq!(
        (error.status, error.code, error.body.as_str()),
        (400, None, "")
    );
    Ok(())
}

#[tokio::test]
async fn a_head_error_has_no_body_and_no_length() -> Outcome {
    let sim = Sim::start().await?;
    let answer = raw::send(sim.url(), "HEAD", "/test-bucket/k", "").await?;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .expect("an end of the headers");
    assert!(head.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{head}");
    for header in [
        "content-type: application/xml",
        "x-amz-request-id: ",
        "x-amz-id-2: ",
        "server: AmazonS3",
        "date: ",
    ] {
        assert!(head.contains(header), "{header} is not in {head}");
    }
    assert!(!head.contains("content-length"), "{head}");
    assert_eq!(body, "");
    Ok(())
}

#[tokio::test]
async fn a_connection_is_cut_before_or_within_the_answer() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    sim.put_object(BUCKET, "k", "0123456789");
    sim.add_fault(Fault::new(Effect::Cut(None)).on("GetObject").always());
    let error = s3
        .get_object()
        .bucket(BUCKET)
        .key("k")
        .send()
        .await
        .expect_err("no answer");
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    assert!(
        format!("{error:?}").contains("IncompleteMessage"),
        "{error:?}"
    );
    assert!(sim.requests().iter().all(|seen| seen.status == 0));
    sim.clear_faults();

    sim.add_fault(Fault::new(Effect::Cut(Some(4))).on("GetObject"));
    let answer = s3.get_object().bucket(BUCKET).key("k").send().await?;
    assert_eq!(answer.content_length(), Some(10));
    answer.body.collect().await.expect_err("half a body");
    s3.get_object()
        .bucket(BUCKET)
        .key("k")
        .send()
        .await?
        .body
        .collect()
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_slow_answer_is_one_that_can_time_out() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    sim.add_fault(Fault::new(Effect::DelayMs(3_600_000)).on("ListBuckets"));
    let patience = TimeoutConfig::builder()
        .operation_timeout(Duration::from_millis(200))
        .build();
    let impatient = aws_sdk_s3::config::Config::builder().timeout_config(patience);
    let error = s3
        .list_buckets()
        .customize()
        .config_override(impatient)
        .send()
        .await
        .expect_err("a timeout");
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    sim.add_fault(Fault::new(Effect::DelayMs(1)).on("ListBuckets"));
    s3.list_buckets().send().await?;
    Ok(())
}

#[tokio::test]
async fn a_date_can_be_wrong() -> Outcome {
    let sim = Sim::start().await?;
    sim.add_fault(Fault::new(Effect::DateOffset(-10 * 365 * 86_400)).at(Service::Imds));
    let date = |answer: &str| {
        let line = answer
            .lines()
            .find_map(|line| line.strip_prefix("date: "))
            .expect("a date");
        line.split(' ')
            .nth(3)
            .and_then(|year| year.parse::<i32>().ok())
            .expect("a year")
    };
    let wrong = date(&raw::get(sim.url(), "/latest/").await?);
    let right = date(&raw::get(sim.url(), "/latest/").await?);
    assert!((9..=10).contains(&(right - wrong)), "{wrong} and {right}");
    Ok(())
}
