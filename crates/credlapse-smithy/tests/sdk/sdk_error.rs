//! What an error tells without an interceptor.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_s3::Client;
use credlapse::{Context, Kind};
use credlapse_smithy::SdkErrorExt;

use crate::client::{EXPIRED, Provider, Wire, answer, s3, s3_error};

async fn head(wire: &Wire, provider: Provider) -> Box<dyn Error + Send + Sync> {
    let client = Client::from_conf(s3(wire, provider).build());
    let call = client.head_object().bucket("my-bucket").key("k");
    call.send().await.unwrap_err().into()
}

#[tokio::test]
async fn reads_an_answer_by_its_types() {
    let wire = Wire::new(|_, _| {
        let mut response = answer(400, EXPIRED);
        response
            .headers_mut()
            .insert("date", "Sat, 21 Nov 2026 14:15:00 GMT");
        response
    });
    let client = Client::from_conf(s3(&wire, Provider::new()).build());
    let call = client
        .put_object()
        .bucket("my-bucket")
        .key("k")
        .body(vec![1, 2, 3].into());
    let error = call.send().await.unwrap_err();
    let evidence = error.evidence();
    let cause = &evidence.causes[0];
    assert_eq!(cause.code.as_deref(), Some("ExpiredToken"));
    assert_eq!(
        cause.message.as_deref(),
        Some("The provided token has expired.")
    );
    assert_eq!(cause.status, Some(400));
    assert_eq!(cause.service.as_deref(), Some("s3"));
    assert_eq!(cause.operation.as_deref(), Some("PutObject"));
    assert_eq!(cause.request_id.as_deref(), Some("4TSJ3XNTG3M9EHZ1"));
    assert_eq!(
        evidence.context.server_time.unwrap().to_string(),
        "2026-11-21T14:15:00Z"
    );
    assert!(error.report().is_none());

    let context = Context {
        subject: Some("Datastore".into()),
        ..Context::default()
    };
    let diagnosis = error.diagnose(&context).unwrap();
    assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
    assert!(
        diagnosis
            .headline()
            .starts_with("Datastore session expired"),
        "{diagnosis}"
    );
    assert!(
        !diagnosis.to_string().contains("IQoJb3JpZ2luX2VjEAA"),
        "{diagnosis}"
    );
}

#[tokio::test]
async fn a_bare_refusal_is_ambiguous_by_type_and_nothing_by_text() {
    let wire = Wire::new(|_, _| answer(403, ""));
    let boxed = head(&wire, Provider::new()).await;
    let typed = boxed
        .downcast_ref::<aws_sdk_s3::error::SdkError<aws_sdk_s3::operation::head_object::HeadObjectError>>()
        .unwrap();
    assert_eq!(typed.evidence().causes[0].status, Some(403));
    let kind = typed
        .diagnose(&Context::default())
        .map(|diagnosis| diagnosis.kind);
    assert_eq!(kind, Some(Kind::AmbiguousAuth));
    // Without its type the error does not even tell the status.
    assert_eq!(boxed.diagnose(&Context::default()), None);
}

#[tokio::test]
async fn the_header_of_a_server_without_a_body_counts() {
    let wire = Wire::new(|_, _| {
        let mut response = answer(403, "");
        response
            .headers_mut()
            .insert("x-amz-error-code", "InvalidAccessKeyId");
        response
    });
    let client = Client::from_conf(s3(&wire, Provider::new()).build());
    let error = client
        .head_object()
        .bucket("my-bucket")
        .key("k")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.diagnose(&Context::default()).unwrap().kind,
        Kind::InvalidAccessKey
    );
}

#[tokio::test]
async fn the_same_verdict_through_every_wrapping() {
    let wire = Wire::new(|_, _| {
        answer(
            403,
            s3_error(
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.",
            ),
        )
    });
    let client = Client::from_conf(s3(&wire, Provider::new()).build());
    let context = Context::default();
    let error = client
        .get_object()
        .bucket("my-bucket")
        .key("k")
        .send()
        .await
        .unwrap_err();
    let expected = Some(Kind::InvalidAccessKey);
    assert_eq!(error.diagnose(&context).map(|d| d.kind), expected);
    let borrowed: &(dyn Error + 'static) = &error;
    assert_eq!(borrowed.diagnose(&context).map(|d| d.kind), expected);
    let boxed: Box<dyn Error + Send + Sync> = error.into();
    assert_eq!(boxed.diagnose(&context).map(|d| d.kind), expected);
    let any = anyhow::Error::from_boxed(boxed).context("uploading the report");
    assert_eq!(any.diagnose(&context).map(|d| d.kind), expected);
    let nested: Box<dyn Error + Send> = Box::new(std::io::Error::other(any));
    assert_eq!(nested.diagnose(&context).map(|d| d.kind), expected);
}

#[tokio::test]
async fn reads_a_credential_failure() {
    let wire = Wire::new(|_, _| answer(200, ""));
    let refuse = || CredentialsError::not_loaded("no providers in chain provided credentials");
    let error = head(&wire, Provider::refusing(refuse)).await;
    assert_eq!(
        error
            .diagnose(&Context::default())
            .map(|diagnosis| diagnosis.kind),
        Some(Kind::CredentialsMissing)
    );
    let names: Vec<_> = error
        .evidence()
        .causes
        .into_iter()
        .filter_map(|cause| cause.name)
        .collect();
    assert!(
        names.contains(&"CredentialsNotLoaded".to_owned()),
        "{names:?}"
    );
}
