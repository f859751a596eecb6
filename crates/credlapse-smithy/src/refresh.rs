//! One retry with credentials that are fetched anew.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut, InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::retry::ErrorKind;
use credlapse::{Confidence, Kind};

use self::slots::Slots;
use crate::{cause, identity};

mod cache;
mod slots;

/// The interceptor that is announced for the SDK (smithy-rs#4766) and does the same retry.
const OF_THE_SDK: &str = "CredentialAuthFailureInterceptor";

/// Retries a call once with credentials that are fetched anew.
///
/// The SDK keeps credentials until the end that their provider gave, and for 15 minutes where it
/// gave none; a service that says `ExpiredToken` before that does not change it. With this, on the
/// first attempt of a call:
///
/// 1. If the verdict on the service's answer is a definite [`Kind::SessionTokenExpired`], and the key
///    that was sent is the one in the cache, the cached identity is forgotten.
/// 2. The attempt is repeated, once, if the client's retry configuration allows a second attempt and
///    the body can be sent again. The identity is then loaded anew.
/// 3. If the provider gives the same key again, it is not asked more often than every
///    [`MIN_INTERVAL`](Self::MIN_INTERVAL), and the calls in between fail as they would without this.
///
/// Calls that fail together share one reload.
///
/// # Where it helps
///
/// | credentials from | new ones are picked up |
/// |---|---|
/// | environment variables | if the process changes its own environment |
/// | `credential_process`, containers, instances | yes |
/// | IAM Identity Center, `aws login` | once somebody has logged in again; after a session that was ended before its time only with a new `SdkConfig`, as the SDK keeps the token in memory until then |
/// | an assumed role | yes, while the source is good |
/// | keys in `~/.aws/credentials` or `~/.aws/config` | no: the SDK reads those files once for each `SdkConfig`, so build a new one |
/// | keys in the program | no |
///
/// # Use
///
/// A client needs it in three places:
///
/// ```
/// # use aws_sdk_sts as aws_sdk_s3;
/// use credlapse_smithy::CredentialRefresh;
///
/// let refresh = CredentialRefresh::new();
/// let config = aws_sdk_s3::Config::builder()
///     .identity_cache(refresh.clone())
///     .interceptor(refresh.clone())
///     .retry_classifier(refresh)
/// #   .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
///     .build();
/// # let _ = config;
/// ```
///
/// It is the client's identity cache and hands on what it does not do itself. Where the SDK brings
/// its own retry after an auth failure, the reload stays here and the retry is left to the SDK.
#[derive(Clone, Debug)]
pub struct CredentialRefresh {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    cache: SharedIdentityCache,
    slots: Slots,
    validated: AtomicBool,
}

impl CredentialRefresh {
    /// The least time between two reloads that give the same key.
    pub const MIN_INTERVAL: Duration = Duration::from_secs(5);

    /// Refreshes what the SDK's lazy cache holds.
    #[must_use]
    pub fn new() -> Self {
        Self::with_cache(IdentityCache::lazy().build())
    }

    /// Refreshes what `cache` holds.
    #[must_use]
    pub fn with_cache(cache: impl ResolveCachedIdentity + 'static) -> Self {
        Self {
            inner: Arc::new(Inner {
                cache: cache.into_shared(),
                slots: Slots::default(),
                validated: AtomicBool::new(false),
            }),
        }
    }

    /// Whether the next attempt will have other credentials.
    fn renew(&self, rc: &RuntimeComponents, cfg: &ConfigBag) -> bool {
        let renewed = || {
            let partition = identity::partition(rc)?;
            let SentKey(sent) = cfg.load::<SentKey>()?;
            let before = self.inner.slots.current(partition)?;
            let rejected = identity::cached(partition, rc, cfg)
                .and_then(|identity| Some(identity.data::<Credentials>()?.access_key_id() == sent));
            Some(match rejected {
                Some(true) => self
                    .inner
                    .slots
                    .renew(partition, before, rc.time_source()?.now()),
                // Another call has renewed it, or is about to.
                Some(false) | None => true,
            })
        };
        renewed().unwrap_or(false)
    }
}

impl Default for CredentialRefresh {
    fn default() -> Self {
        Self::new()
    }
}

/// The access key id that a request was signed with.
#[derive(Debug)]
struct SentKey(String);

impl Storable for SentKey {
    type Storer = StoreReplace<Self>;
}

/// On a response: the next attempt will have other credentials.
#[derive(Clone, Copy)]
struct Renewed;

#[dyn_dispatch_hint]
impl Intercept for CredentialRefresh {
    fn name(&self) -> &'static str {
        "CredentialRefresh"
    }

    fn read_before_transmit(
        &self,
        ctx: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let header = ctx.request().headers().get("authorization");
        if let Some(key) = header.and_then(access_key_id) {
            let key = SentKey(key.to_owned());
            cfg.interceptor_state().store_put(key);
        }
        Ok(())
    }

    fn modify_before_attempt_completion(
        &self,
        ctx: &mut FinalizerInterceptorContextMut<'_>,
        rc: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let first = cfg
            .load::<RequestAttempts>()
            .is_some_and(|attempt| attempt.attempts() == 1);
        if first
            && has_expired(ctx)
            && self.renew(rc, cfg)
            && !rc.interceptors().any(|other| other.name() == OF_THE_SDK)
            && let Some(response) = ctx.response_mut()
        {
            response.add_extension(Renewed);
        }
        Ok(())
    }
}

impl ClassifyRetry for CredentialRefresh {
    fn classify_retry(&self, ctx: &InterceptorContext) -> RetryAction {
        let renewed = ctx
            .response()
            .and_then(|response| response.extension::<Renewed>());
        match renewed {
            Some(Renewed) => RetryAction::retryable_error_with_explicit_delay(
                ErrorKind::ClientError,
                Duration::ZERO,
            ),
            None => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "CredentialRefresh"
    }
}

fn has_expired(ctx: &FinalizerInterceptorContextMut<'_>) -> bool {
    let (Some(Err(failure)), Some(response)) = (ctx.output_or_error(), ctx.response()) else {
        return false;
    };
    let Some(error) = failure.as_operation_error() else {
        return false;
    };
    credlapse::diagnose(&cause::of_service(error, None, response)).is_some_and(|diagnosis| {
        diagnosis.kind == Kind::SessionTokenExpired && diagnosis.confidence == Confidence::Definite
    })
}

/// `AWS4-HMAC-SHA256 Credential=ASIA.../20261121/us-east-1/s3/aws4_request, ...`
fn access_key_id(authorization: &str) -> Option<&str> {
    let (_, credential) = authorization.split_once("Credential=")?;
    let (key, _) = credential.split_once('/')?;
    Some(key)
}
