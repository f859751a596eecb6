//! Errors of the AWS SDK through the layers.
#![cfg(all(feature = "smithy", feature = "retry"))]

use std::future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use credlapse::Kind;
use credlapse_tower::{CredlapseLayer, Reauth, ReauthPolicy};
use tower::{ServiceBuilder, ServiceExt, service_fn};

type Failure = SdkError<ErrorMetadata, HttpResponse>;

fn expired(request_id: usize) -> Failure {
    let error = ErrorMetadata::builder()
        .code("ExpiredToken")
        .message("The provided token has expired.")
        .custom("aws_request_id", request_id.to_string())
        .build();
    SdkError::service_error(
        error,
        HttpResponse::new(400.try_into().unwrap(), SdkBody::empty()),
    )
}

#[tokio::test]
async fn says_of_itself_what_lapsed() {
    let service = ServiceBuilder::new()
        .layer(CredlapseLayer::new().map_err())
        .service(service_fn(|()| async { Err::<(), _>(expired(0)) }));
    let error = service.oneshot(()).await.unwrap_err();
    assert_eq!(error.diagnosis.unwrap().kind, Kind::SessionTokenExpired);
}

#[tokio::test]
async fn the_policy_gives_the_first_one_where_the_login_fails() {
    for (login, expected) in [(Ok(()), "1"), (Err("closed the browser"), "0")] {
        let calls = Arc::new(AtomicUsize::new(0));
        let count = calls.clone();
        let reauth = Reauth::new(move |_| future::ready(login), future::pending);
        let service = ServiceBuilder::new()
            .retry(ReauthPolicy::new(reauth))
            .service(service_fn(move |()| {
                let number = count.fetch_add(1, Ordering::SeqCst);
                async move { Err::<(), _>(expired(number)) }
            }));
        // As a task: its future has to be `Send`.
        let error = tokio::spawn(service.oneshot(())).await.unwrap();
        let error = error.unwrap_err();
        let number = error.as_service_error().unwrap().extra("aws_request_id");
        assert_eq!(number, Some(expected));
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }
}
