//! SDK clients that see only the variables that the simulator hands out.

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::RequestId;
use aws_sim::{Credentials, Sim, Variables};
use aws_types::os_shim_internal::Env;

pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// What a program loads that runs with these variables.
pub(crate) async fn config(variables: &Variables) -> SdkConfig {
    let pairs: Vec<(&str, &str)> = variables
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    aws_config::defaults(BehaviorVersion::v2026_01_12())
        .env(Env::from_slice(&pairs))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .load()
        .await
}

pub(crate) async fn s3(variables: &Variables) -> aws_sdk_s3::Client {
    aws_sdk_s3::Client::new(&config(variables).await)
}

pub(crate) async fn sts(variables: &Variables) -> aws_sdk_sts::Client {
    aws_sdk_sts::Client::new(&config(variables).await)
}

pub(crate) async fn s3_of_profile(sim: &Sim, profile: &str) -> aws_sdk_s3::Client {
    s3(&sim.environment().with_profile(profile)).await
}

/// The variables of a program with these keys.
pub(crate) fn with_keys(sim: &Sim, keys: &Credentials) -> Variables {
    let mut variables = sim.environment().env;
    variables.insert("AWS_ACCESS_KEY_ID".into(), keys.access_key_id.clone());
    variables.insert(
        "AWS_SECRET_ACCESS_KEY".into(),
        keys.secret_access_key.clone(),
    );
    variables.extend(
        keys.session_token
            .clone()
            .map(|token| ("AWS_SESSION_TOKEN".into(), token)),
    );
    variables
}

/// Status, code and text of a refused call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) status: u16,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) body: String,
}

impl Refused {
    pub(crate) fn code(&self) -> &str {
        self.code.as_deref().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_default()
    }
}

/// Takes a result that has to be an answer of the service with an error.
pub(crate) fn refused<T: std::fmt::Debug, E>(result: Result<T, SdkError<E>>) -> Refused
where
    E: ProvideErrorMetadata + std::fmt::Debug,
    SdkError<E>: RequestId,
{
    let error = result.expect_err("an error answer");
    assert!(error.request_id().is_some(), "{error:?} has no request id");
    let raw = error
        .raw_response()
        .unwrap_or_else(|| panic!("{error:?} has no answer"));
    Refused {
        status: raw.status().as_u16(),
        code: error.code().map(str::to_owned),
        message: error.message().map(str::to_owned),
        body: String::from_utf8_lossy(raw.body().bytes().unwrap_or_default()).into_owned(),
    }
}

/// The codes of the answers to one operation, `ok` for those without.
pub(crate) fn codes(sim: &Sim, operation: &str) -> Vec<String> {
    let seen = sim
        .requests()
        .into_iter()
        .filter(|seen| seen.operation == operation);
    seen.map(|seen| seen.code.unwrap_or_else(|| "ok".to_owned()))
        .collect()
}
