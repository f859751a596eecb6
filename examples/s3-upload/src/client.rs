//! The S3 client, and the next one.

use std::sync::{Arc, PoisonError, RwLock};

use aws_config::BehaviorVersion;
use aws_sdk_s3::Client;
use credlapse_smithy::{CredentialRefresh, CredlapseInterceptor};

use crate::facts;

/// The client in use.
///
/// `CredentialRefresh` is enough where only the keys have ended. After a login a new client is
/// loaded, because the SDK keeps in memory what it read of the AWS files: the token of a session
/// that was ended before its time, and keys that stand in a file.
#[derive(Clone, Debug)]
pub(crate) struct Current(Arc<RwLock<Client>>);

impl Current {
    pub(crate) async fn load() -> Self {
        Self(Arc::new(RwLock::new(load().await)))
    }

    pub(crate) async fn reload(&self) {
        let client = load().await;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = client;
    }

    pub(crate) fn get(&self) -> Client {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

async fn load() -> Client {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client())
        .load()
        .await;
    let mut interceptor = CredlapseInterceptor::builder()
        .subject("Upload")
        .facts(|| Some(facts::read()));
    if let Ok(profile) = std::env::var("AWS_PROFILE") {
        interceptor = interceptor.profile(profile);
    }
    let refresh = CredentialRefresh::new();
    let config = aws_sdk_s3::config::Builder::from(&config)
        .interceptor(interceptor.build())
        .identity_cache(refresh.clone())
        .interceptor(refresh.clone())
        .retry_classifier(refresh)
        .build();
    Client::from_conf(config)
}

#[cfg(feature = "https")]
fn http_client() -> aws_sdk_s3::config::SharedHttpClient {
    use aws_smithy_http_client::tls;
    aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(
            tls::rustls_provider::CryptoMode::Ring,
        ))
        .build_https()
}

#[cfg(not(feature = "https"))]
fn http_client() -> aws_sdk_s3::config::SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}
