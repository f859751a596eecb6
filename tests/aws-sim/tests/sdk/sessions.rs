//! Temporary keys that end while they are in use.

use aws_sdk_s3::primitives::ByteStream;
use aws_sim::{BUCKET, Effect, Fault, Lapse, Renewal, Sim};

use crate::client::{Outcome, refused, s3, s3_of_profile, sts, with_keys};

#[tokio::test]
async fn an_ended_token_is_told_on_put_and_get_and_list() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "session").await;
    s3.put_object()
        .bucket(BUCKET)
        .key("k")
        .body(ByteStream::from_static(b"x"))
        .send()
        .await?;
    sim.expire(&Lapse::keys("session"), 0)?;

    let token = sim.environment().sources["session"]["AWS_SESSION_TOKEN"].clone();
    let put = s3
        .put_object()
        .bucket(BUCKET)
        .key("k")
        .body(ByteStream::from_static(b"y"))
        .send()
        .await;
    let errors = [
        refused(put),
        refused(s3.get_object().bucket(BUCKET).key("k").send().await),
        refused(s3.list_objects_v2().bucket(BUCKET).send().await),
    ];
    for error in errors {
        assert_eq!((error.status, error.code()), (400, "ExpiredToken"));
        assert_eq!(error.message(), "The provided token has expired.");
        let member = format!("<Token-0>{}</Token-0><RequestId>", token);
        assert!(error.body.contains(&member), "{}", error.body);
    }
    assert_eq!(sim.object(BUCKET, "k").as_deref(), Some(b"x".as_slice()));
    Ok(())
}

#[tokio::test]
async fn an_ended_token_is_not_told_on_head() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "session").await;
    sim.put_object(BUCKET, "k", "x");
    sim.expire(&Lapse::keys("session"), 0)?;
    let error = refused(s3.head_object().bucket(BUCKET).key("k").send().await);
    assert_eq!(
        (error.status, error.code, error.body.as_str()),
        (400, None, "")
    );
    let seen = sim.requests().pop().expect("a request");
    assert_eq!(
        (seen.operation.as_str(), seen.code.as_deref()),
        ("HeadObject", Some("ExpiredToken"))
    );
    Ok(())
}

#[tokio::test]
async fn sts_tells_it_with_another_status() -> Outcome {
    let sim = Sim::start().await?;
    let keys = sim.issue("test", -1);
    let error = refused(
        sts(&with_keys(&sim, &keys))
            .await
            .get_caller_identity()
            .send()
            .await,
    );
    assert_eq!((error.status, error.code()), (403, "ExpiredToken"));
    assert_eq!(
        error.message(),
        "The security token included in the request is expired"
    );
    Ok(())
}

#[tokio::test]
async fn keys_end_at_a_given_time() -> Outcome {
    let sim = Sim::start().await?;
    let keys = sim.issue("test", 600);
    let sts = sts(&with_keys(&sim, &keys)).await;
    sts.get_caller_identity().send().await?;
    sim.set_clock_offset(599);
    sts.get_caller_identity().send().await?;
    sim.set_clock_offset(601);
    assert_eq!(
        refused(sts.get_caller_identity().send().await).code(),
        "ExpiredToken"
    );
    sim.set_clock_offset(0);
    sim.expire(&Lapse::AccessKey(keys.access_key_id), 0)?;
    assert_eq!(
        refused(sts.get_caller_identity().send().await).code(),
        "ExpiredToken"
    );
    Ok(())
}

#[tokio::test]
async fn keys_end_in_the_middle_of_a_run() -> Outcome {
    let sim = Sim::start().await?;
    sim.add_fault(
        Fault::new(Effect::Expire(Lapse::keys("session")))
            .on("PutObject")
            .after(3),
    );
    let s3 = s3_of_profile(&sim, "session").await;
    let mut stored = 0;
    let error = loop {
        let put = s3
            .put_object()
            .bucket(BUCKET)
            .key(stored.to_string())
            .body(ByteStream::from_static(b"x"))
            .send()
            .await;
        if put.is_err() {
            break refused(put);
        }
        stored += 1;
    };
    assert_eq!((stored, error.code()), (3, "ExpiredToken"));
    sim.renew(Renewal::Session)?;
    let s3 = s3_of_profile(&sim, "session").await;
    s3.put_object()
        .bucket(BUCKET)
        .key("3")
        .body(ByteStream::from_static(b"x"))
        .send()
        .await?;
    Ok(())
}

#[tokio::test]
async fn a_key_that_nobody_has_cannot_be_ended() -> Outcome {
    let sim = Sim::start().await?;
    let error = sim
        .expire(&Lapse::keys("corp"), 0)
        .expect_err("no key of that origin");
    assert_eq!(
        error.to_string(),
        "no temporary key was handed out by `corp`"
    );
    let permanent = sim.environment().sources["static"]["AWS_ACCESS_KEY_ID"].clone();
    let error = sim
        .expire(&Lapse::AccessKey(permanent.clone()), 0)
        .expect_err("a key that never ends");
    assert_eq!(
        error.to_string(),
        format!("there is no temporary key `{permanent}`")
    );
    s3(&sim.environment().with_source("static"))
        .await
        .list_buckets()
        .send()
        .await?;
    Ok(())
}
