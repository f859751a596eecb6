//! Clients of the SDK whose requests never leave the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;

pub(crate) const EXPIRED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>ExpiredToken</Code>\
    <Message>The provided token has expired.</Message><Token-0>IQoJb3JpZ2luX2VjEAA</Token-0>\
    <RequestId>4TSJ3XNTG3M9EHZ1</RequestId><HostId>Ze9hxPY=</HostId></Error>";

pub(crate) const STS_EXPIRED: &str = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>\
    <Type>Sender</Type><Code>ExpiredToken</Code>\
    <Message>The security token included in the request is expired</Message></Error>\
    <RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ErrorResponse>";

pub(crate) fn s3_error(code: &str, message: &str) -> String {
    format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>")
}

pub(crate) fn answer(status: u16, body: impl Into<SdkBody>) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().unwrap(), body.into());
    let headers = response.headers_mut();
    headers.insert("x-amz-request-id", "4TSJ3XNTG3M9EHZ1");
    headers.insert("content-type", "application/xml");
    response
}

type Answer = dyn Fn(usize, &HttpRequest) -> HttpResponse + Send + Sync;

/// Answers by a function and counts the requests.
#[derive(Clone)]
pub(crate) struct Wire {
    answer: Arc<Answer>,
    requests: Arc<AtomicUsize>,
}

impl Wire {
    /// `answer` is given the number of the request, from 0 on.
    pub(crate) fn new(
        answer: impl Fn(usize, &HttpRequest) -> HttpResponse + Send + Sync + 'static,
    ) -> Self {
        Self {
            answer: Arc::new(answer),
            requests: Arc::default(),
        }
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(crate) fn http_client(&self) -> SharedHttpClient {
        let connector = SharedHttpConnector::new(self.clone());
        http_client_fn(move |_, _| connector.clone())
    }
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wire")
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let number = self.requests.fetch_add(1, Ordering::SeqCst);
        HttpConnectorFuture::ready(Ok((self.answer)(number, &request)))
    }
}

/// Gives a key per call: `AKID0`, `AKID1`, ..., or an error.
#[derive(Clone, Debug)]
pub(crate) struct Provider {
    calls: Arc<AtomicUsize>,
    expires_after: Option<SystemTime>,
    /// Gives the same key every time.
    stuck: bool,
    refusal: Option<fn() -> CredentialsError>,
}

impl Provider {
    pub(crate) fn new() -> Self {
        Self {
            calls: Arc::default(),
            expires_after: None,
            stuck: false,
            refusal: None,
        }
    }

    pub(crate) fn until(end: SystemTime) -> Self {
        Self {
            expires_after: Some(end),
            ..Self::new()
        }
    }

    pub(crate) fn stuck() -> Self {
        Self {
            stuck: true,
            ..Self::new()
        }
    }

    pub(crate) fn refusing(refusal: fn() -> CredentialsError) -> Self {
        Self {
            refusal: Some(refusal),
            ..Self::new()
        }
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        if let Some(refusal) = self.refusal {
            return future::ProvideCredentials::ready(Err(refusal()));
        }
        let number = if self.stuck { 0 } else { call };
        future::ProvideCredentials::ready(Ok(Credentials::new(
            format!("AKID{number}"),
            "secret",
            Some("token".into()),
            self.expires_after,
            "test",
        )))
    }
}

/// The key of a request as `Provider` names it.
pub(crate) fn key(request: &HttpRequest) -> &str {
    let header = request.headers().get("authorization").unwrap_or_default();
    let (_, credential) = header.split_once("Credential=").unwrap_or_default();
    credential.split('/').next().unwrap_or_default()
}

pub(crate) fn s3(wire: &Wire, provider: Provider) -> aws_sdk_s3::config::Builder {
    aws_sdk_s3::Config::builder()
        .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
        .region(aws_sdk_s3::config::Region::new("eu-central-1"))
        .http_client(wire.http_client())
        .retry_config(
            aws_sdk_s3::config::retry::RetryConfig::standard()
                .with_initial_backoff(Duration::from_millis(1)),
        )
        .credentials_provider(provider)
}

pub(crate) fn sts(wire: &Wire, provider: Provider) -> aws_sdk_sts::config::Builder {
    aws_sdk_sts::Config::builder()
        .behavior_version(aws_sdk_sts::config::BehaviorVersion::latest())
        .region(aws_sdk_sts::config::Region::new("eu-central-1"))
        .http_client(wire.http_client())
        .credentials_provider(provider)
}
