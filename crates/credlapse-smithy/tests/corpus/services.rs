//! Refusals of the services themselves.

use std::future::Future;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{BehaviorVersion, Region, SharedHttpClient};
use aws_sim::BUCKET;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_types::SdkConfig;
use credlapse_smithy::CredlapseInterceptor;

use crate::expected::Corpus;
use crate::replies::{Reply, http_client, json_error, refused, reply, sts_error};
use crate::seen::Seen;

/// Cases whose answer is not simply a code and a message.
const PECULIAR: [&str; 12] = [
    "rs-process-expired-creds",
    "rs-s3-attempt-timeout",
    "rs-s3-clock-skew",
    "rs-s3-conn-refused",
    "rs-s3-conn-reset",
    "rs-s3-dns",
    "rs-s3-html-200",
    "rs-s3-json-403",
    "rs-s3-proxy-407",
    "rs-s3-proxy-html-403",
    "rs-s3-read-timeout",
    "rs-none-anonymous",
];

pub(crate) async fn provoke(corpus: &Corpus) -> Vec<Seen> {
    let mut seen = peculiar().await;
    let ids = corpus.sdk_ids().filter(|id| !PECULIAR.contains(id));
    for id in ids.filter(|id| corpus.case(id)["variant"] == "ServiceError") {
        let case = corpus.case(id);
        let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
        let code = case["code"].as_str().map(ToOwned::to_owned);
        let message = case["message"].as_str().unwrap_or_default().to_owned();
        let (_, service) = id.split_once('-').unwrap();
        seen.push(match service.split('-').next().unwrap() {
            "s3" => {
                let http = http_client(move |_| s3_error(status, code.as_deref(), &message));
                s3(id, &config(http)).await
            }
            "sts" => {
                let code = code.unwrap();
                let http = http_client(move |_| sts_error(status, &code, &message));
                sts(id, &config(http)).await
            }
            "json" => {
                let code = code.unwrap();
                let http = http_client(move |_| json_error(status, &code, &message));
                secret(id, &config(http)).await
            }
            other => panic!("{other}"),
        });
    }
    seen
}

fn s3_error(status: u16, code: Option<&str>, message: &str) -> Reply {
    let headers = [
        ("x-amz-request-id", "4TSJ3XNTG3M9EHZ1"),
        ("content-type", "application/xml"),
    ];
    match code {
        Some(code) => {
            let body = format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>");
            reply(status, &headers, &body)
        }
        None => reply(status, &headers, ""),
    }
}

async fn peculiar() -> Vec<Seen> {
    let html = |status| {
        http_client(move |_| {
            reply(
                status,
                &[("content-type", "text/html")],
                "<html>denied</html>",
            )
        })
    };
    let json = http_client(|_| {
        reply(
            403,
            &[("content-type", "application/json")],
            r#"{"message":"Forbidden"}"#,
        )
    });
    let skewed = http_client(|_| {
        let headers = [
            ("date", "Sat, 21 Nov 2037 21:10:00 GMT"),
            ("x-amz-request-id", "4TSJ3XNT"),
        ];
        let body = "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the \
            request time and the current time is too large.</Message></Error>";
        reply(403, &headers, body)
    });
    let reset = || http_client(|_| Err(ConnectorError::io("connection reset by peer".into())));
    let dns = || {
        http_client(|_| {
            Err(ConnectorError::io(
                "failed to lookup address information".into(),
            ))
        })
    };
    let late =
        || http_client(|_| Err(ConnectorError::timeout("HTTP read timeout occurred".into())));
    let denied = http_client(|_| s3_error(403, Some("AccessDenied"), "Access Denied"));
    let expired =
        http_client(|_| s3_error(400, Some("ExpiredToken"), "The provided token has expired."));
    let impatient = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_millis(20))
        .build();
    let hanging = config(hanging())
        .to_builder()
        .timeout_config(impatient)
        .build();
    let old = Credentials::new(
        "ASIAOLD",
        "secret",
        Some("token".into()),
        Some(std::time::UNIX_EPOCH),
        "test",
    );
    let old = config(expired)
        .to_builder()
        .credentials_provider(aws_credential_types::provider::SharedCredentialsProvider::new(old))
        .build();
    let anonymous = config(denied).to_builder();
    let mut anonymous = anonymous;
    anonymous.set_credentials_provider(None);
    vec![
        s3("rs-s3-attempt-timeout", &hanging).await,
        s3("rs-s3-clock-skew", &config(skewed)).await,
        s3("rs-s3-conn-refused", &config(http_client(|_| refused()))).await,
        s3("rs-s3-conn-reset", &config(reset())).await,
        s3("rs-s3-dns", &config(dns())).await,
        s3("rs-s3-read-timeout", &config(late())).await,
        s3("rs-s3-html-200-list", &config(html(200)))
            .await
            .named("rs-s3-html-200"),
        s3("rs-s3-json-403", &config(json)).await,
        s3("rs-s3-proxy-407", &config(html(407))).await,
        s3("rs-s3-proxy-html-403", &config(html(403))).await,
        s3("rs-none-anonymous", &anonymous.build()).await,
        s3("rs-process-expired-creds", &old).await,
    ]
}

impl Seen {
    fn named(mut self, id: &str) -> Self {
        id.clone_into(&mut self.id);
        self
    }
}

#[derive(Debug)]
struct Hanging;

impl HttpConnector for Hanging {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(std::future::pending())
    }
}

fn hanging() -> SharedHttpClient {
    http_client_fn(|_, _| SharedHttpConnector::new(Hanging))
}

pub(crate) fn config(http: SharedHttpClient) -> SdkConfig {
    let keys = Credentials::new("ASIATEST", "secret", Some("token".into()), None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .http_client(http)
        .sleep_impl(aws_smithy_async::rt::sleep::SharedAsyncSleep::new(
            aws_smithy_async::rt::sleep::TokioSleep::new(),
        ))
        .time_source(aws_smithy_async::time::SharedTimeSource::new(
            aws_smithy_async::time::SystemTimeSource::new(),
        ))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        .credentials_provider(aws_credential_types::provider::SharedCredentialsProvider::new(keys))
        .build()
}

/// Both errors of a call: of a client as it is, and of one with the interceptor.
async fn both<F: Future>(call: impl Fn(bool) -> F) -> (F::Output, F::Output) {
    (call(false).await, call(true).await)
}

async fn s3(id: &str, config: &SdkConfig) -> Seen {
    s3_of(id, config, config).await
}

/// As some providers fail differently the second time, each client may have a configuration of its own.
pub(crate) async fn s3_of(id: &str, plain: &SdkConfig, with: &SdkConfig) -> Seen {
    let configs = (plain, with);
    let client = |with| {
        let config = if with { configs.1 } else { configs.0 };
        let config = aws_sdk_s3::config::Builder::from(config);
        aws_sdk_s3::Client::from_conf(match with {
            true => config.interceptor(CredlapseInterceptor::new()).build(),
            false => config.build(),
        })
    };
    macro_rules! seen {
        ($call:expr) => {{
            let (plain, with) = both(|with| {
                let client = client(with);
                async move { $call(client).await.expect_err(id) }
            })
            .await;
            Seen::new(id, plain, with)
        }};
    }
    use aws_sdk_s3::Client;
    if id.contains("-headbucket-") {
        seen!(|s3: Client| async move { s3.head_bucket().bucket(BUCKET).send().await.map(drop) })
    } else if id.contains("-head-") {
        seen!(|s3: Client| async move {
            s3.head_object()
                .bucket(BUCKET)
                .key("k")
                .send()
                .await
                .map(drop)
        })
    } else if id.contains("-list") {
        seen!(
            |s3: Client| async move { s3.list_objects_v2().bucket(BUCKET).send().await.map(drop) }
        )
    } else if id.contains("-put-") {
        seen!(|s3: Client| async move {
            let put = s3.put_object().bucket(BUCKET).key("k").body(vec![1].into());
            put.send().await.map(drop)
        })
    } else {
        seen!(|s3: Client| async move {
            s3.get_object()
                .bucket(BUCKET)
                .key("k")
                .set_if_match(condition(id))
                .send()
                .await
                .map(drop)
        })
    }
}

/// One that no object meets.
fn condition(id: &str) -> Option<String> {
    id.contains("-precondition").then(|| "\"0\"".into())
}

pub(crate) async fn sts(id: &str, config: &SdkConfig) -> Seen {
    let client = |with| {
        let config = aws_sdk_sts::config::Builder::from(config);
        aws_sdk_sts::Client::from_conf(match with {
            true => config.interceptor(CredlapseInterceptor::new()).build(),
            false => config.build(),
        })
    };
    if id == "rs-sts-webid-expired" {
        let (plain, with) = both(|with| {
            let call = client(with)
                .assume_role_with_web_identity()
                .role_arn("arn:aws:iam::123456789012:role/R")
                .role_session_name("session")
                .web_identity_token("eyJ");
            async move { call.send().await.unwrap_err() }
        })
        .await;
        return Seen::new(id, plain, with);
    }
    let (plain, with) = both(|with| {
        let call = client(with).get_caller_identity();
        async move { call.send().await.unwrap_err() }
    })
    .await;
    Seen::new(id, plain, with)
}

async fn secret(id: &str, config: &SdkConfig) -> Seen {
    let (plain, with) = both(|with| {
        let config = aws_sdk_secretsmanager::config::Builder::from(config);
        let config = match with {
            true => config.interceptor(CredlapseInterceptor::new()).build(),
            false => config.build(),
        };
        let call = aws_sdk_secretsmanager::Client::from_conf(config).get_secret_value();
        async move { call.secret_id("s").send().await.unwrap_err() }
    })
    .await;
    Seen::new(id, plain, with)
}
