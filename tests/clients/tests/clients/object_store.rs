//! object_store.

use credlapse::Kind;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt, RetryConfig};

use crate::failure::arrange;
use crate::place::{Place, Request};
use crate::seen::assert_verdict;
use crate::{BoxError, provoke};

fn builder(place: &Place) -> AmazonS3Builder {
    // reqwest wants one, though nothing here speaks TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    AmazonS3Builder::new()
        .with_endpoint(&place.url)
        .with_allow_http(true)
        .with_region("us-east-1")
        .with_bucket_name(&place.bucket)
        .with_retry(RetryConfig {
            max_retries: 0,
            ..RetryConfig::default()
        })
}

fn store(place: &Place) -> Result<AmazonS3, BoxError> {
    let mut builder = builder(place)
        .with_access_key_id(&place.access_key)
        .with_secret_access_key(&place.secret_key);
    if let Some(token) = &place.session_token {
        builder = builder.with_token(token);
    }
    Ok(builder.build()?)
}

async fn send(place: Place, request: Request) -> Result<(), BoxError> {
    let store = store(&place)?;
    let (here, gone) = (Path::from("report.csv"), Path::from("gone.csv"));
    match request {
        Request::Get => drop(store.get(&gone).await?),
        Request::Put => drop(store.put(&here, "a,b".into()).await?),
        Request::List => drop(store.list_with_delimiter(None).await?),
        Request::Head => drop(store.head(&gone).await?),
        Request::Match => {
            let options = GetOptions {
                if_match: Some("\"0\"".into()),
                ..GetOptions::default()
            };
            drop(store.get_opts(&here, options).await?);
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_failure() {
    provoke("object_store", send).await;
}

async fn get(store: AmazonS3) -> BoxError {
    store
        .get(&Path::from("report.csv"))
        .await
        .unwrap_err()
        .into()
}

/// It asks the instance for keys, and tells nothing but that nobody answers there.
#[tokio::test]
async fn no_keys() {
    let (_sim, place) = arrange().await;
    let store = builder(&place).with_metadata_endpoint("http://127.0.0.1:1");
    let error = get(store.build().unwrap()).await;
    assert_verdict(
        "object_store: no keys",
        error,
        &place,
        Some(Kind::MetadataUnavailable),
    );
}

#[tokio::test]
async fn half_a_key() {
    let (_sim, place) = arrange().await;
    let store = builder(&place).with_access_key_id(&place.access_key);
    let error = store.build().unwrap_err().into();
    assert_verdict(
        "object_store: no secret",
        error,
        &place,
        Some(Kind::CredentialsMissing),
    );
}
