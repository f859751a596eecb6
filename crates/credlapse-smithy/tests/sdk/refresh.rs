//! One retry with credentials that are fetched anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::identity::ResolveCachedIdentity;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::config_bag::ConfigBag;
use credlapse::Kind;
use credlapse_smithy::{CredentialRefresh, CredlapseInterceptor, SdkErrorExt};

use crate::client::{EXPIRED, Provider, Wire, answer, key, s3, s3_error};

fn with(
    refresh: &CredentialRefresh,
    config: aws_sdk_s3::config::Builder,
) -> aws_sdk_s3::config::Builder {
    config
        .identity_cache(refresh.clone())
        .interceptor(refresh.clone())
        .retry_classifier(refresh.clone())
}

/// A clock that stands still until it is told not to.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_795_270_500 + self.0.load(Ordering::SeqCst))
    }
}

/// A service for which `AKID0` has expired.
fn wire() -> Wire {
    Wire::new(|_, request| match key(request) {
        "AKID0" => answer(400, EXPIRED),
        _ => answer(200, "content"),
    })
}

async fn get(client: &Client) -> Result<(), Option<String>> {
    let call = client.get_object().bucket("my-bucket").key("k");
    let error = call.send().await.map(drop);
    error.map_err(|error| error.code().map(Into::into))
}

#[tokio::test]
async fn a_call_goes_on_with_new_credentials() {
    let (wire, provider) = (wire(), Provider::new());
    let config = with(&CredentialRefresh::new(), s3(&wire, provider.clone()));
    let client = Client::from_conf(config.build());
    assert_eq!(get(&client).await, Ok(()));
    assert_eq!((wire.requests(), provider.calls()), (2, 2));
    // The new identity is cached.
    assert_eq!(get(&client).await, Ok(()));
    assert_eq!((wire.requests(), provider.calls()), (3, 2));
}

#[tokio::test]
async fn without_it_the_expired_ones_stay() {
    let (wire, provider) = (wire(), Provider::new());
    let client = Client::from_conf(s3(&wire, provider.clone()).build());
    for _ in 0..2 {
        assert_eq!(get(&client).await, Err(Some("ExpiredToken".into())));
    }
    assert_eq!((wire.requests(), provider.calls()), (2, 1));
}

#[tokio::test]
async fn a_provider_that_has_nothing_new_is_asked_now_and_then() {
    let (wire, provider) = (wire(), Provider::stuck());
    let clock = Clock::default();
    let config = with(&CredentialRefresh::new(), s3(&wire, provider.clone()))
        .time_source(SharedTimeSource::new(clock.clone()))
        .interceptor(CredlapseInterceptor::new());
    let client = Client::from_conf(config.build());
    assert_eq!(get(&client).await, Err(Some("ExpiredToken".into())));
    assert_eq!((wire.requests(), provider.calls()), (2, 2));
    // At once again: no second attempt.
    assert_eq!(get(&client).await, Err(Some("ExpiredToken".into())));
    assert_eq!((wire.requests(), provider.calls()), (3, 2));

    clock.advance(CredentialRefresh::MIN_INTERVAL.as_secs());
    let call = client.get_object().bucket("my-bucket").key("k");
    let error = call.send().await.unwrap_err();
    assert_eq!((wire.requests(), provider.calls()), (5, 3));
    let report = error.report().unwrap();
    assert_eq!(report.diagnosis.kind, Kind::SessionTokenExpired);
    assert_eq!(report.call.attempts, 2);
}

#[tokio::test]
async fn other_refusals_are_final() {
    for (status, code) in [
        (403, "AccessDenied"),
        (403, "InvalidAccessKeyId"),
        (400, "InvalidToken"),
        (403, "SignatureDoesNotMatch"),
        (404, "NoSuchKey"),
    ] {
        let wire = Wire::new(move |_, _| answer(status, s3_error(code, "text")));
        let provider = Provider::new();
        let config = with(&CredentialRefresh::new(), s3(&wire, provider.clone()));
        let client = Client::from_conf(config.build());
        assert_eq!(get(&client).await, Err(Some(code.into())));
        assert_eq!((wire.requests(), provider.calls()), (1, 1), "{code}");
    }
    let wire = Wire::new(|_, _| answer(403, ""));
    let provider = Provider::new();
    let config = with(&CredentialRefresh::new(), s3(&wire, provider.clone()));
    assert_eq!(get(&Client::from_conf(config.build())).await, Err(None));
    assert_eq!((wire.requests(), provider.calls()), (1, 1));
}

#[tokio::test]
async fn a_client_that_does_not_retry_does_not() {
    let (wire, provider) = (wire(), Provider::new());
    let config = with(&CredentialRefresh::new(), s3(&wire, provider.clone()))
        .retry_config(RetryConfig::disabled());
    let client = Client::from_conf(config.build());
    assert_eq!(get(&client).await, Err(Some("ExpiredToken".into())));
    assert_eq!(wire.requests(), 1);
    // The next call has the new credentials all the same.
    assert_eq!(get(&client).await, Ok(()));
    assert_eq!(provider.calls(), 2);
}

#[tokio::test]
async fn calls_that_fail_together_share_a_reload() {
    let barrier = Arc::new(tokio::sync::Barrier::new(20));
    let (wire, provider) = (wire(), Provider::new());
    let config = with(&CredentialRefresh::new(), s3(&wire, provider.clone()));
    let client = Client::from_conf(config.build());
    // All have the same first identity.
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let (client, barrier) = (client.clone(), barrier.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                get(&client).await
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), Ok(()));
    }
    assert_eq!(provider.calls(), 2);
}

/// Without the cache the other two do nothing.
#[tokio::test]
async fn stands_aside_where_it_is_not_the_cache() {
    let (wire, provider) = (wire(), Provider::new());
    let refresh = CredentialRefresh::new();
    let config = s3(&wire, provider.clone())
        .interceptor(refresh.clone())
        .retry_classifier(refresh);
    let client = Client::from_conf(config.build());
    assert_eq!(get(&client).await, Err(Some("ExpiredToken".into())));
    assert_eq!((wire.requests(), provider.calls()), (1, 1));
}

/// As the interceptor that is announced for the SDK.
#[derive(Debug)]
struct OfTheSdk;

impl Intercept for OfTheSdk {
    fn name(&self) -> &'static str {
        "CredentialAuthFailureInterceptor"
    }
}

#[tokio::test]
async fn leaves_the_retry_to_the_sdk_where_it_has_one() {
    let (wire, provider) = (wire(), Provider::new());
    let config = with(&CredentialRefresh::new(), s3(&wire, provider.clone())).interceptor(OfTheSdk);
    let client = Client::from_conf(config.build());
    assert_eq!(get(&client).await, Err(Some("ExpiredToken".into())));
    assert_eq!(wire.requests(), 1);
    assert_eq!(get(&client).await, Ok(()));
    assert_eq!(provider.calls(), 2);
}

/// Two clients may share the cache; the identity of the other one stays.
#[tokio::test]
async fn forgets_one_identity_and_not_the_others() {
    let refresh = CredentialRefresh::new();
    let (bad, good) = (wire(), Wire::new(|_, _| answer(200, "content")));
    let (first, second) = (Provider::new(), Provider::new());
    let one = Client::from_conf(with(&refresh, s3(&bad, first.clone())).build());
    let two = Client::from_conf(with(&refresh, s3(&good, second.clone())).build());
    assert_eq!(get(&two).await, Ok(()));
    assert_eq!(get(&one).await, Ok(()));
    assert_eq!(get(&two).await, Ok(()));
    assert_eq!((first.calls(), second.calls()), (2, 1));
}

#[test]
fn makes_the_checks_of_the_cache_inside() {
    let refresh = CredentialRefresh::new();
    let bare = RuntimeComponentsBuilder::new("test");
    let error = refresh
        .validate_base_client_config(&bare, &ConfigBag::base())
        .unwrap_err();
    assert!(
        error.to_string().contains("Lazy identity caching requires"),
        "{error}"
    );
}

/// What the trait gains, the cache has to forward: a default would switch it off.
#[test]
fn forwards_every_method_of_the_trait() {
    let metadata = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata = String::from_utf8(metadata.stdout).unwrap();
    let manifest = metadata
        .split('"')
        .find(|text| text.contains("aws-smithy-runtime-api-1.") && text.ends_with("Cargo.toml"))
        .unwrap();
    let source = std::path::Path::new(manifest).with_file_name("src/client/identity.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let (_, body) = source
        .split_once("pub trait ResolveCachedIdentity")
        .unwrap();
    let (body, _) = body.split_once("\n}\n").unwrap();
    let methods: Vec<_> = body
        .lines()
        .filter_map(|line| line.trim().strip_prefix("fn "))
        .filter_map(|line| line.split(['(', '<']).next())
        .collect();
    assert_eq!(
        methods,
        [
            "resolve_cached_identity",
            "validate_base_client_config",
            "validate_final_config"
        ],
        "forward the new method in refresh/cache.rs"
    );
}
