//! Failures to get credentials.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::Region;

use crate::replies::{Reply, http_client, json_error, refused, reply, sts_error};
use crate::seen::Seen;
use crate::services::{config, s3_of};

const ASSUME: &str = "[default]\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = base\n\
    [profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret\n";
const SSO: &str = "[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n\
    [sso-session corp]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n";
const LEGACY: &str = "[default]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n\
    sso_account_id = 123456789012\nsso_role_name = Dev\n";
/// SHA-1 of `corp`.
const CORP: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f";
/// SHA-1 of the start URL.
const START: &str = "e8be5486177c5b5392bd9aa76563515b29358e6e";

struct Case {
    id: &'static str,
    config: &'static str,
    environment: &'static [(&'static str, &'static str)],
    /// Name and content of a file in the SSO cache.
    cache: Option<(&'static str, String)>,
    answer: fn(&HttpRequest) -> Reply,
}

fn case(id: &'static str, config: &'static str, answer: fn(&HttpRequest) -> Reply) -> Case {
    Case {
        id,
        config,
        environment: &[],
        cache: None,
        answer,
    }
}

fn environment(
    id: &'static str,
    environment: &'static [(&'static str, &'static str)],
    answer: fn(&HttpRequest) -> Reply,
) -> Case {
    Case {
        environment,
        ..case(id, "", answer)
    }
}

fn token(expires_at: &str) -> String {
    serde_json::json!({
        "startUrl": "https://example.awsapps.com/start", "region": "us-east-1",
        "accessToken": "token", "expiresAt": expires_at, "clientId": "id", "clientSecret": "secret",
        "registrationExpiresAt": "2099-01-01T00:00:00Z", "refreshToken": "refresh",
    })
    .to_string()
}

fn sso(id: &'static str, expires_at: &str, answer: fn(&HttpRequest) -> Reply) -> Case {
    Case {
        cache: Some((CORP, token(expires_at))),
        ..case(id, SSO, answer)
    }
}

const FUTURE: &str = "2099-01-01T00:00:00Z";
const PAST: &str = "2020-01-01T00:00:00Z";

fn unauthorized(_: &HttpRequest) -> Reply {
    json_error(
        401,
        "UnauthorizedException",
        "Session token not found or invalid",
    )
}

fn is_refresh(request: &HttpRequest) -> bool {
    request.uri().contains("/token")
}

fn never(request: &HttpRequest) -> Reply {
    panic!("asked {}", request.uri())
}

fn cases() -> Vec<Case> {
    vec![
        case("rs-assume-conn-dropped", ASSUME, |_| refused()),
        case("rs-assume-denied", ASSUME, |_| {
            sts_error(
                403,
                "AccessDenied",
                "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/Admin",
            )
        }),
        case("rs-assume-mfa", ASSUME, |_| {
            sts_error(
                403,
                "AccessDenied",
                "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
            )
        }),
        case("rs-assume-source-invalid-key", ASSUME, |_| {
            sts_error(
                403,
                "InvalidClientTokenId",
                "The security token included in the request is invalid.",
            )
        }),
        case("rs-assume-source-sig", ASSUME, |_| {
            sts_error(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
            )
        }),
        environment(
            "rs-container-403",
            &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/c")],
            |_| reply(403, &[], r#"{"code":"AccessDenied","message":"denied"}"#),
        ),
        environment(
            "rs-container-500",
            &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/c")],
            |_| reply(500, &[], ""),
        ),
        environment(
            "rs-container-bad-host",
            &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://10.0.0.1/c")],
            never,
        ),
        environment(
            "rs-container-refused",
            &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/c")],
            |_| refused(),
        ),
        environment(
            "rs-container-token-file-missing",
            &[
                ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9/c"),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/missing"),
            ],
            never,
        ),
        environment("rs-imds-no-role", &[], |request| match request.method() {
            "PUT" => reply(
                200,
                &[("x-aws-ec2-metadata-token-ttl-seconds", "21600")],
                "token",
            ),
            _ => reply(404, &[], ""),
        }),
        environment("rs-imds-token-403", &[], |_| reply(403, &[], "")),
        environment(
            "rs-none-default-chain",
            &[("AWS_EC2_METADATA_DISABLED", "true")],
            never,
        ),
        case(
            "rs-process-bad-json",
            "[default]\ncredential_process = echo nonsense\n",
            never,
        ),
        case(
            "rs-process-exit1",
            "[default]\ncredential_process = echo 'vault is sealed' >&2; exit 1\n",
            never,
        ),
        case(
            "rs-process-exit-sso-expired",
            "[default]\ncredential_process = echo 'Error when retrieving token from sso: Token has expired and refresh failed' >&2; exit 255\n",
            never,
        ),
        case(
            "rs-profile-bad-credential-source",
            "[default]\nrole_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Bogus\n",
            never,
        ),
        case(
            "rs-profile-parse-error",
            "[profile dev\nregion = us-east-1\n",
            never,
        ),
        case(
            "rs-profile-partial-keys",
            "[default]\naws_access_key_id = AKIAONLY\n",
            never,
        ),
        case(
            "rs-profile-source-missing",
            "[default]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n",
            never,
        ),
        case(
            "rs-profile-sso-incomplete",
            "[default]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\nsso_role_name = Dev\n",
            never,
        ),
        case(
            "rs-profile-sso-no-start-url",
            "[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n[sso-session corp]\nsso_region = us-east-1\n",
            never,
        ),
        case(
            "rs-profile-sso-session-missing",
            "[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n",
            never,
        ),
        sso("rs-sso-all-network-down", PAST, |_| refused()),
        sso("rs-sso-getrole-400", FUTURE, |_| {
            json_error(
                400,
                "InvalidRequestException",
                "Session token not found or invalid",
            )
        }),
        sso("rs-sso-getrole-401", FUTURE, unauthorized),
        sso("rs-sso-getrole-403", FUTURE, |_| {
            json_error(403, "ForbiddenException", "No access")
        }),
        sso("rs-sso-getrole-404", FUTURE, |_| {
            json_error(404, "ResourceNotFoundException", "No such role")
        }),
        sso("rs-sso-getrole-429", FUTURE, |_| {
            json_error(429, "TooManyRequestsException", "HTTP 429 Unknown Code")
        }),
        sso(
            "rs-sso-refresh-invalid-grant",
            PAST,
            |request| match is_refresh(request) {
                true => json_error(
                    400,
                    "InvalidGrantException",
                    "Invalid refresh token provided",
                ),
                false => unauthorized(request),
            },
        ),
        sso("rs-sso-refresh-network", PAST, |request| {
            match is_refresh(request) {
                true => refused(),
                false => unauthorized(request),
            }
        }),
        case("rs-sso-legacy-no-cache", LEGACY, never),
        Case {
            cache: Some((
                START,
                r#"{"accessToken":"token","region":"us-east-1"}"#.to_owned(),
            )),
            ..case("rs-sso-legacy-cache-missing-field", LEGACY, never)
        },
        Case {
            cache: Some((START, token(PAST))),
            ..case("rs-sso-legacy-expired", LEGACY, unauthorized)
        },
        environment(
            "rs-webid-file-missing",
            &[
                ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/R"),
                ("AWS_WEB_IDENTITY_TOKEN_FILE", "/missing"),
            ],
            never,
        ),
        environment("rs-webid-denied", WEB_IDENTITY, |_| {
            sts_error(
                403,
                "AccessDenied",
                "Not authorized to perform sts:AssumeRoleWithWebIdentity",
            )
        }),
        environment("rs-webid-invalid", WEB_IDENTITY, |_| {
            sts_error(
                400,
                "InvalidIdentityToken",
                "No OpenIDConnect provider found in your account for https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE",
            )
        }),
    ]
}

const WEB_IDENTITY: &[(&str, &str)] = &[
    ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/R"),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"),
];

pub(crate) async fn provoke() -> Vec<Seen> {
    let mut seen = Vec::new();
    for case in cases() {
        let (plain, with) = (load(&case).await, load(&case).await);
        seen.push(s3_of(case.id, &plain.config, &with.config).await);
    }
    seen.push(second_call().await);
    seen.push(hanging_provider().await);
    seen
}

/// A configuration and the folder with its files, which goes with it.
struct Loaded {
    config: aws_types::SdkConfig,
    folder: PathBuf,
}

impl Drop for Loaded {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder that stands for the root of the file system, with real errors for what is not in it.
fn folder(case: &Case) -> PathBuf {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let root =
        std::env::temp_dir().join(format!("credlapse-corpus-{}-{number}", std::process::id()));
    let cache = root.join("home/.aws/sso/cache");
    fs::create_dir_all(&cache).unwrap();
    fs::write(root.join("home/.aws/config"), case.config).unwrap();
    fs::write(root.join("token"), "eyJ").unwrap();
    if let Some((name, content)) = &case.cache {
        fs::write(cache.join(format!("{name}.json")), content).unwrap();
    }
    root
}

async fn load(case: &Case) -> Loaded {
    let folder = folder(case);
    let mut variables = vec![("HOME", "/home")];
    if !case.id.starts_with("rs-imds-") {
        variables.push(("AWS_EC2_METADATA_DISABLED", "true"));
    }
    variables.extend(case.environment);
    let config = aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&variables))
        .fs(Fs::from_test_dir(&folder, "/"))
        .region(Region::new("us-east-1"))
        .retry_config(
            aws_config::retry::RetryConfig::standard()
                .with_initial_backoff(Duration::from_millis(1)),
        )
        .http_client(http_client(case.answer))
        .load()
        .await;
    Loaded { config, folder }
}

/// A provider tells why a profile cannot be used only once; see `FirstFailure`.
async fn second_call() -> Seen {
    let id = "rs-profile-second-call";
    let config = load(&case(
        id,
        "[default]\nrole_arn = r\ncredential_source = Bogus\n",
        never,
    ))
    .await;
    let plain = aws_sdk_s3::Client::new(&config.config);
    let call = || plain.get_object().bucket("my-bucket").key("k").send();
    call().await.unwrap_err();
    let plain = call().await.unwrap_err();

    let config = load(&case(
        id,
        "[default]\nrole_arn = r\ncredential_source = Bogus\n",
        never,
    ))
    .await;
    let with = aws_sdk_s3::config::Builder::from(&config.config)
        .interceptor(credlapse_smithy::CredlapseInterceptor::new())
        .build();
    let with = aws_sdk_s3::Client::from_conf(with);
    let call = || with.get_object().bucket("my-bucket").key("k").send();
    call().await.unwrap_err();
    Seen::new(id, plain, call().await.unwrap_err())
}

#[derive(Debug)]
struct Hanging;

impl ProvideCredentials for Hanging {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(std::future::pending())
    }
}

async fn hanging_provider() -> Seen {
    let cache = IdentityCache::lazy()
        .load_timeout(Duration::from_millis(20))
        .build();
    let config = config(http_client(never))
        .to_builder()
        .identity_cache(cache)
        .credentials_provider(SharedCredentialsProvider::new(Hanging))
        .build();
    s3_of("rs-identity-load-timeout", &config, &config).await
}
