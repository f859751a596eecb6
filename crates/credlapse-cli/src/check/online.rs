//! The one call that goes out: GetCallerIdentity of STS.

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
use credlapse::check::{Identity, Situation};
use credlapse::profile::ProfileChoice;
use credlapse::{Evidence, Timestamp};
use credlapse_smithy::{CredlapseInterceptor, SdkErrorExt};

/// How long the answer may take, credentials included.
const PATIENCE: Duration = Duration::from_secs(20);

/// STS answers in every Region; this one where none is configured.
const ANY_REGION: &str = "us-east-1";

/// Adds to `situation` who the caller is, or how the question failed.
pub(super) fn ask(situation: &mut Situation) {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            situation.failure = Some(credlapse::chain::read(&error));
            return;
        }
    };
    let date = Date::default();
    let answer = runtime.block_on(answer(situation, date.clone()));
    situation.server_time = date.seen();
    match answer {
        Ok(identity) => situation.identity = Some(identity),
        Err(failure) => situation.failure = Some(*failure),
    }
}

async fn answer(situation: &Situation, date: Date) -> Result<Identity, Box<Evidence>> {
    let config = config(situation).await;
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

async fn config(situation: &Situation) -> SdkConfig {
    let facts = &situation.facts;
    let region = situation.settings.region.as_deref().unwrap_or(ANY_REGION);
    let region = Region::new(region.to_owned());
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
    if facts.chosen_by == ProfileChoice::Argument {
        let provider = ProviderConfig::without_region()
            .with_region(Some(region))
            .with_http_client(http);
        let profile = ProfileFileCredentialsProvider::builder()
            .configure(&provider)
            .profile_name(&facts.profile)
            .build();
        let loader = loader.profile_name(&facts.profile);
        return loader.credentials_provider(profile).load().await;
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
