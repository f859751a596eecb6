//! What the interceptor attaches, and what it leaves as it was.

use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use credlapse::{CredentialSource, Kind, ProfileFacts, Timestamp};
use credlapse_smithy::{CredlapseInterceptor, Report, SdkErrorExt};

use crate::client::{EXPIRED, Provider, STS_EXPIRED, Wire, answer, s3, s3_error, sts};

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Report>>>);

impl Seen {
    fn interceptor(&self) -> CredlapseInterceptor {
        let seen = self.0.clone();
        CredlapseInterceptor::builder()
            .subject("Datastore")
            .profile("dev")
            .observer(move |report| seen.lock().unwrap().push(report.clone()))
            .build()
    }

    fn kinds(&self) -> Vec<Kind> {
        let seen = self.0.lock().unwrap();
        seen.iter().map(|report| report.diagnosis.kind).collect()
    }
}

async fn get(client: &Client) -> SdkError<GetObjectError> {
    let call = client
        .get_object()
        .bucket("my-bucket")
        .key("data/report.csv");
    call.send().await.unwrap_err()
}

#[tokio::test]
async fn an_answer_carries_the_report_and_the_error_stays() {
    let seen = Seen::default();
    let wire = Wire::new(|_, _| answer(400, EXPIRED));
    let client = Client::from_conf(
        s3(&wire, Provider::new())
            .interceptor(seen.interceptor())
            .build(),
    );
    let error = get(&client).await;

    let report = error.report().unwrap();
    assert_eq!(report.diagnosis.kind, Kind::SessionTokenExpired);
    assert_eq!(report.diagnosis.subject, "Datastore");
    assert_eq!(report.diagnosis.profile.as_deref(), Some("dev"));
    assert_eq!(
        report.diagnosis.cause.request_id.as_deref(),
        Some("4TSJ3XNTG3M9EHZ1")
    );
    assert_eq!(report.call.service.as_deref(), Some("S3"));
    assert_eq!(report.call.operation.as_deref(), Some("GetObject"));
    assert_eq!(report.call.region.as_deref(), Some("eu-central-1"));
    assert_eq!(report.call.bucket.as_deref(), Some("my-bucket"));
    assert_eq!(report.call.key.as_deref(), Some("data/report.csv"));
    assert_eq!(report.call.attempts, 1);
    assert_eq!(seen.kinds(), [Kind::SessionTokenExpired]);

    assert!(matches!(error, SdkError::ServiceError(_)));
    assert_eq!(error.code(), Some("ExpiredToken"));
    let error = error.into_service_error();
    assert_eq!(error.code(), Some("ExpiredToken"));
    assert_eq!(error.message(), Some("The provided token has expired."));
}

#[tokio::test]
async fn a_modeled_error_stays_modeled() {
    let body = STS_EXPIRED.replace("ExpiredToken", "ExpiredTokenException");
    let wire = Wire::new(move |_, _| answer(400, body.clone()));
    let seen = Seen::default();
    let config = sts(&wire, Provider::new())
        .interceptor(seen.interceptor())
        .build();
    let error = aws_sdk_sts::Client::from_conf(config)
        .assume_role_with_web_identity()
        .role_arn("arn:aws:iam::123456789012:role/R")
        .role_session_name("session")
        .web_identity_token("eyJ")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.report().unwrap().diagnosis.kind,
        Kind::WebIdentityExpired
    );
    assert!(matches!(
        error.into_service_error(),
        AssumeRoleWithWebIdentityError::ExpiredTokenException(_)
    ));
}

#[tokio::test]
async fn other_failures_are_not_reported() {
    let seen = Seen::default();
    for (status, code) in [
        (404, "NoSuchKey"),
        (412, "PreconditionFailed"),
        (409, "BucketAlreadyExists"),
    ] {
        let wire = Wire::new(move |_, _| answer(status, s3_error(code, "text")));
        let client = Client::from_conf(
            s3(&wire, Provider::new())
                .interceptor(seen.interceptor())
                .build(),
        );
        let error = get(&client).await;
        assert!(error.report().is_none());
        assert_eq!(error.code(), Some(code));
        if code == "NoSuchKey" {
            assert!(matches!(
                error.into_service_error(),
                GetObjectError::NoSuchKey(_)
            ));
        }
    }
    let wire = Wire::new(|_, _| answer(200, "content"));
    let client = Client::from_conf(
        s3(&wire, Provider::new())
            .interceptor(seen.interceptor())
            .build(),
    );
    client
        .get_object()
        .bucket("my-bucket")
        .key("k")
        .send()
        .await
        .unwrap();
    assert_eq!(seen.kinds(), []);
}

#[tokio::test]
async fn a_credential_failure_carries_the_report_in_its_chain() {
    let refuse = || {
        CredentialsError::provider_error(
            "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
        )
    };
    let seen = Seen::default();
    let wire = Wire::new(|_, _| answer(200, ""));
    let plain = Client::from_conf(s3(&wire, Provider::refusing(refuse)).build());
    let with = Client::from_conf(
        s3(&wire, Provider::refusing(refuse))
            .interceptor(seen.interceptor())
            .build(),
    );
    let (plain, error) = (get(&plain).await, get(&with).await);
    assert_eq!(wire.requests(), 0);

    let report = error.report().unwrap().clone();
    assert_eq!(report.diagnosis.kind, Kind::SsoSessionExpired);
    assert_eq!(
        report.diagnosis.remedy.argv,
        ["aws", "sso", "login", "--profile", "dev"]
    );
    assert_eq!(report.call.operation.as_deref(), Some("GetObject"));
    assert_eq!(seen.kinds(), [Kind::SsoSessionExpired]);

    let (SdkError::DispatchFailure(plain), SdkError::DispatchFailure(failure)) = (&plain, &error)
    else {
        panic!("{plain:?} {error:?}");
    };
    assert!(failure.is_other() && plain.is_other());
    assert_eq!(failure.as_other(), plain.as_other());
    let credentials =
        std::iter::successors(Some(&error as &(dyn Error + 'static)), |e| (**e).source())
            .find_map(|link| link.downcast_ref::<CredentialsError>());
    assert!(matches!(
        credentials,
        Some(CredentialsError::ProviderError(_))
    ));

    let text = DisplayErrorContext(&error).to_string();
    let line = text
        .lines()
        .find(|line| line.contains(&report.diagnosis.headline()));
    assert!(
        line.is_some_and(|line| line.contains("aws sso login --profile dev")),
        "{text}"
    );

    // The same report through everything that people wrap errors in.
    let boxed: Box<dyn Error + Send + Sync> = error.into();
    assert_eq!(boxed.report(), Some(&report));
    let wrapped = std::io::Error::other(boxed);
    assert_eq!((&wrapped as &(dyn Error + 'static)).report(), Some(&report));
}

#[derive(Debug)]
struct Broken(fn() -> ConnectorError);

impl HttpConnector for Broken {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(Err((self.0)()))
    }
}

#[tokio::test]
async fn connection_errors_and_timeouts_keep_their_kind() {
    let kinds: [fn() -> ConnectorError; 2] = [
        || ConnectorError::io("connection refused".into()),
        || ConnectorError::timeout("ExpiredToken: credentials".into()),
    ];
    for kind in kinds {
        let http_client = http_client_fn(move |_, _| {
            aws_smithy_runtime_api::client::http::SharedHttpConnector::new(Broken(kind))
        });
        let wire = Wire::new(|_, _| answer(200, ""));
        let config = s3(&wire, Provider::new())
            .http_client(http_client)
            .interceptor(CredlapseInterceptor::new())
            .build();
        let error = get(&Client::from_conf(config)).await;
        let SdkError::DispatchFailure(failure) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(failure.is_io(), kind().is_io());
        assert_eq!(failure.is_timeout(), kind().is_timeout());
        assert!(error.report().is_none());
    }
}

#[tokio::test]
async fn retries_stay_as_they_were() {
    let cases = [
        (503, "SlowDown"),
        (500, "InternalError"),
        (400, "RequestTimeout"),
        (400, "ExpiredToken"),
        (403, "AccessDenied"),
        (404, "NoSuchKey"),
    ];
    for (status, code) in cases {
        let mut requests = Vec::new();
        for with in [false, true] {
            let wire = Wire::new(move |_, _| answer(status, s3_error(code, "text")));
            let mut config = s3(&wire, Provider::new());
            if with {
                config = config.interceptor(CredlapseInterceptor::new());
            }
            get(&Client::from_conf(config.build())).await;
            requests.push(wire.requests());
        }
        assert_eq!(requests[0], requests[1], "{code}");
    }
}

#[tokio::test]
async fn tells_the_attempt_that_failed() {
    let wire = Wire::new(|number, _| match number {
        0 | 1 => answer(
            503,
            s3_error("SlowDown", "Please reduce your request rate."),
        ),
        _ => answer(403, s3_error("AccessDenied", "Access Denied")),
    });
    let config = s3(&wire, Provider::new()).interceptor(CredlapseInterceptor::new());
    let error = get(&Client::from_conf(config.build())).await;
    assert_eq!(
        error.report().unwrap().diagnosis.kind,
        Kind::PermissionDenied
    );
    assert_eq!(error.report().unwrap().call.attempts, 3);
}

#[tokio::test]
async fn a_presigned_request_is_not_looked_at() {
    let wire = Wire::new(|_, _| answer(400, EXPIRED));
    let client = Client::from_conf(
        s3(&wire, Provider::new())
            .interceptor(CredlapseInterceptor::new())
            .build(),
    );
    let minute = aws_sdk_s3::presigning::PresigningConfig::expires_in(Duration::from_secs(60));
    let request = client
        .get_object()
        .bucket("my-bucket")
        .key("k")
        .presigned(minute.unwrap());
    assert!(request.await.unwrap().uri().contains("X-Amz-Signature"));
    assert_eq!(wire.requests(), 0);
}

/// The end that the provider gave, from the cache, without another call of the provider.
#[tokio::test]
async fn knows_when_the_cached_credentials_end() {
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(4_102_444_800);
    let wire = Wire::new(|_, _| answer(400, EXPIRED));
    let provider = Provider::until(end);
    let config = s3(&wire, provider.clone()).interceptor(CredlapseInterceptor::new());
    let client = Client::from_conf(config.build());
    for _ in 0..3 {
        let error = get(&client).await;
        let context = error.evidence().context;
        assert_eq!(context.expires_at, Some(Timestamp(4_102_444_800)));
        assert!(context.now.is_some());
    }
    assert_eq!(provider.calls(), 1);
}

#[tokio::test]
async fn tells_the_time_of_the_server() {
    let wire = Wire::new(|_, _| {
        let mut response = answer(403, "");
        response
            .headers_mut()
            .insert("date", "Sat, 21 Nov 2026 14:15:00 GMT");
        response
    });
    let config = s3(&wire, Provider::new()).interceptor(CredlapseInterceptor::new());
    let error = get(&Client::from_conf(config.build())).await;
    assert_eq!(
        error.evidence().context.server_time,
        Some(Timestamp(1_795_270_500))
    );
}

#[tokio::test]
async fn reads_the_facts_only_when_credentials_are_the_matter() {
    let reads = Arc::new(Mutex::new(0));
    let counted = reads.clone();
    let interceptor = CredlapseInterceptor::builder()
        .profile("dev")
        .facts(move || {
            *counted.lock().unwrap() += 1;
            Some(ProfileFacts {
                profile: "dev".into(),
                exists: true,
                source: Some(CredentialSource::Sso),
                ..ProfileFacts::default()
            })
        })
        .build();
    let wire = Wire::new(|number, _| match number {
        0 => answer(200, "content"),
        1 => answer(404, s3_error("NoSuchKey", "text")),
        _ => answer(400, EXPIRED),
    });
    let client = Client::from_conf(s3(&wire, Provider::new()).interceptor(interceptor).build());
    client
        .get_object()
        .bucket("my-bucket")
        .key("k")
        .send()
        .await
        .unwrap();
    assert!(get(&client).await.report().is_none());
    assert_eq!(*reads.lock().unwrap(), 0);

    let error = get(&client).await;
    assert_eq!(*reads.lock().unwrap(), 1);
    let facts = error.evidence().context.facts.unwrap();
    assert_eq!(facts.source, Some(CredentialSource::Sso));
}

/// The extension trait without words of its own says what the interceptor said.
#[tokio::test]
async fn diagnoses_again_with_what_the_interceptor_knew() {
    let wire = Wire::new(|_, _| answer(400, EXPIRED));
    let seen = Seen::default();
    let client = Client::from_conf(
        s3(&wire, Provider::new())
            .interceptor(seen.interceptor())
            .build(),
    );
    let error = get(&client).await;
    let again = error.diagnose(&credlapse::Context::default()).unwrap();
    assert_eq!(again, error.report().unwrap().diagnosis);
}

/// aws-config gives the reason away once; see `FirstFailure`.
#[tokio::test]
async fn remembers_why_a_profile_cannot_be_used() {
    let wire = Wire::new(|_, _| answer(200, ""));
    let config =
        "[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Bogus\n";
    let files = EnvConfigFiles::builder()
        .with_contents(EnvConfigFileKind::Config, config)
        .build();
    let provider = aws_config::profile::ProfileFileCredentialsProvider::builder()
        .profile_files(files)
        .profile_name("dev")
        .configure(
            &aws_config::provider_config::ProviderConfig::without_region()
                .with_http_client(wire.http_client()),
        )
        .build();
    let config = s3(&wire, Provider::new())
        .credentials_provider(provider)
        .interceptor(CredlapseInterceptor::new());
    let client = Client::from_conf(config.build());
    let first = get(&client).await.report().unwrap().diagnosis.clone();
    let second = get(&client).await;
    assert!(
        DisplayErrorContext(&second)
            .to_string()
            .contains("already taken")
    );
    assert_eq!(second.report().unwrap().diagnosis.kind, first.kind);
    assert_eq!(first.kind, Kind::ProfileMisconfigured);
    assert_eq!(second.report().unwrap().diagnosis.cause, first.cause);
}

#[tokio::test]
async fn works_for_one_call_too() {
    let wire = Wire::new(|_, _| answer(400, EXPIRED));
    let client = Client::from_conf(s3(&wire, Provider::new()).build());
    let error = client
        .get_object()
        .bucket("my-bucket")
        .key("k")
        .customize()
        .interceptor(CredlapseInterceptor::new())
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.report().unwrap().diagnosis.kind,
        Kind::SessionTokenExpired
    );
    assert!(get(&client).await.report().is_none());
}

#[tokio::test]
async fn tells_where_the_credentials_came_from() {
    let wire = Wire::new(|_, _| answer(400, EXPIRED));
    let variables = [
        ("AWS_ACCESS_KEY_ID", "ASIATEST"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_SESSION_TOKEN", "token"),
    ];
    let environment = aws_config::defaults(aws_config::BehaviorVersion::latest())
        .env(aws_types::os_shim_internal::Env::from_slice(&variables))
        .region("eu-central-1")
        .http_client(wire.http_client())
        .load()
        .await;
    let config = aws_sdk_s3::config::Builder::from(&environment)
        .interceptor(CredlapseInterceptor::new())
        .build();
    let error = get(&Client::from_conf(config)).await;
    let source = error.evidence().context.source;
    assert_eq!(source, Some(CredentialSource::Environment));

    // The program knows better.
    let stored = CredlapseInterceptor::builder()
        .source(CredentialSource::Caller)
        .build();
    let config = aws_sdk_s3::config::Builder::from(&environment)
        .interceptor(stored)
        .build();
    let error = get(&Client::from_conf(config)).await;
    assert!(error.report().unwrap().diagnosis.safe_to_discard);
}

/// A refusal without a body, and a clock that is off: the interceptor knows both times.
#[tokio::test]
async fn a_wrong_clock_explains_a_bare_refusal() {
    let wire = Wire::new(|_, _| {
        let mut response = answer(403, "");
        let headers = response.headers_mut();
        headers.insert("date", "Sat, 21 Nov 2037 14:15:00 GMT");
        response
    });
    let config = s3(&wire, Provider::new()).interceptor(CredlapseInterceptor::new());
    let error = get(&Client::from_conf(config.build())).await;
    assert_eq!(error.report().unwrap().diagnosis.kind, Kind::ClockSkew);
}
