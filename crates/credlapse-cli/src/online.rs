//! The command `credlapse-online`: the one call that goes out, GetCallerIdentity of STS.
//!
//! `credlapse check --online` runs it. It is a program of its own, so that no
//! other use of the command carries the AWS SDK along. Its arguments are a
//! Region and, where one was given as an argument, a profile; its answer is one
//! line of JSON with the `identity`, `failure` and `serverTime` of a
//! [`Situation`](credlapse::check::Situation).

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sts::Client;
use aws_sdk_sts::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_sts::config::{Builder, ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_sts::error::BoxError;
use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use credlapse::check::Identity;
use credlapse::{Evidence, Timestamp};
use credlapse_smithy::{CredlapseInterceptor, SdkErrorExt};
use serde::Serialize;

/// How long the answer may take, credentials included.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is printed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    identity: Option<Identity>,
    failure: Option<Evidence>,
    server_time: Option<Timestamp>,
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let region = Region::new(arguments.next().unwrap_or_default());
    let profile = arguments.next();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let date = Date::default();
    let answer = runtime.block_on(answer(region, profile, date.clone()));
    let server_time = date.seen();
    let (identity, failure) = match answer {
        Ok(identity) => (Some(identity), None),
        Err(failure) => (None, Some(*failure)),
    };
    let answer = Answer {
        identity,
        failure,
        server_time,
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    out.write_all(b"\n")
}

async fn answer(
    region: Region,
    profile: Option<String>,
    date: Date,
) -> Result<Identity, Box<Evidence>> {
    let config = config(region, profile).await;
    let config = Builder::from(&config)
        .interceptor(CredlapseInterceptor::default())
        .interceptor(date)
        .build();
    let answer = Client::from_conf(config).get_caller_identity().send().await;
    match answer {
        Ok(answer) => Ok(Identity {
            account: answer.account().map(Into::into),
            arn: answer.arn().map(Into::into),
        }),
        Err(error) => Err(Box::new(error.evidence())),
    }
}

async fn config(region: Region, profile: Option<String>) -> SdkConfig {
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_timeout(PATIENCE)
        .build();
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .region(region.clone())
        .http_client(http.clone())
        .timeout_config(timeouts)
        .retry_config(RetryConfig::standard().with_max_attempts(2));
    // Of a profile that is given as an argument the keys of the environment are no part.
    if let Some(profile) = profile {
        let provider = ProviderConfig::without_region()
            .with_region(Some(region))
            .with_http_client(http);
        let credentials = ProfileFileCredentialsProvider::builder()
            .configure(&provider)
            .profile_name(&profile)
            .build();
        let loader = loader.profile_name(profile);
        return loader.credentials_provider(credentials).load().await;
    }
    loader.load().await
}

/// Notes the `Date` of the last answer.
#[derive(Clone, Debug, Default)]
struct Date(Arc<Mutex<Option<Timestamp>>>);

impl Date {
    fn seen(&self) -> Option<Timestamp> {
        self.0.lock().ok().and_then(|seen| *seen)
    }
}

impl Intercept for Date {
    fn name(&self) -> &'static str {
        "Date"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let date = context.response().headers().get("date");
        if let (Ok(mut seen), Some(date)) = (self.0.lock(), date.and_then(Timestamp::parse)) {
            *seen = Some(date);
        }
        Ok(())
    }
}
