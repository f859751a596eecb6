//! What IAM says.

use aws_sdk_s3::primitives::ByteStream;
use aws_sim::{BUCKET, Deny, Detail, Sim};

use crate::client::{Outcome, refused, s3_of_profile};

#[tokio::test]
async fn a_denied_write_names_user_action_and_resource() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    let put = |key: &str| {
        s3.put_object()
            .bucket(BUCKET)
            .key(key)
            .body(ByteStream::from_static(b"x"))
            .send()
    };
    sim.deny(Deny::new("s3:PutObject").on("arn:aws:s3:::test-bucket/locks/*"));
    let error = refused(put("locks/a").await);
    assert_eq!((error.status, error.code()), (403, "AccessDenied"));
    assert_eq!(
        error.message(),
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: s3:PutObject on resource: \
         \"arn:aws:s3:::test-bucket/locks/a\" because no identity-based policy allows the s3:PutObject action"
    );
    put("data/a").await?;
    sim.clear_denials();
    put("locks/a").await?;
    Ok(())
}

#[tokio::test]
async fn a_denial_may_be_explicit_or_short_or_without_a_body() -> Outcome {
    let sim = Sim::start().await?;
    let s3 = s3_of_profile(&sim, "static").await;
    sim.put_object(BUCKET, "k", "x");
    sim.deny(Deny::new("s3:ListBucket").detail(Detail::Explicit));
    sim.deny(Deny::new("s3:GetObject").detail(Detail::Short));
    let error = refused(s3.list_objects_v2().bucket(BUCKET).send().await);
    assert!(
        error
            .message()
            .ends_with("with an explicit deny in an identity-based policy"),
        "{error:?}"
    );
    let error = refused(s3.get_object().bucket(BUCKET).key("k").send().await);
    assert_eq!(error.message(), "Access Denied");
    let error = refused(s3.head_object().bucket(BUCKET).key("k").send().await);
    assert_eq!(
        (error.status, error.code, error.body.as_str()),
        (403, None, "")
    );
    Ok(())
}
