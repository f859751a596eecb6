//! The client of an alias.

use aws_credential_types::Credentials;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Region, SharedHttpClient};
use credlapse::CredentialSource;
use credlapse_smithy::CredlapseInterceptor;

use crate::alias::{Alias, Origin};

pub(crate) fn client(name: &str, alias: &Alias, origin: Origin) -> Client {
    let keys = Credentials::new(
        &alias.access_key,
        &alias.secret_key,
        alias.session_token.clone(),
        None,
        "alias",
    );
    let mut interceptor = CredlapseInterceptor::builder()
        .subject(format!("Alias `{name}`"))
        .source(match origin {
            Origin::File => CredentialSource::Caller,
            Origin::Environment => CredentialSource::Environment,
        });
    for secret in alias.secrets() {
        interceptor = interceptor.secret(secret);
    }
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(&alias.url)
        .force_path_style(true)
        .credentials_provider(keys)
        .http_client(http_client())
        .interceptor(interceptor.build())
        .build();
    Client::from_conf(config)
}

#[cfg(feature = "https")]
fn http_client() -> SharedHttpClient {
    use aws_smithy_http_client::tls;
    aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(
            tls::rustls_provider::CryptoMode::Ring,
        ))
        .build_https()
}

#[cfg(not(feature = "https"))]
fn http_client() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}
