//! The failures that the simulated AWS can play, over real connections and with real signatures.

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sim::{BUCKET, Deny, Detail, Effect, ErrorReply, Fault, Lapse, Service, Sim, Variables};
use aws_types::os_shim_internal::Env;

use crate::seen::Seen;
use crate::services;

struct Case {
    id: &'static str,
    /// Makes it happen, and says which variables the program has.
    provoke: fn(&Sim) -> Variables,
}

const CASES: &[Case] = &[
    // Temporary keys, and keys that are wrong.
    case("rs-s3-expired-token", expired),
    case("rs-s3-put-expired-token", expired),
    case("rs-s3-list-expired-token", expired),
    case("rs-s3-headbucket-400", expired),
    case("rs-sts-expired-token", expired),
    case("rs-process-expired-creds", |sim| {
        sim.expire(&Lapse::keys("process"), 0).unwrap();
        sim.environment().with_profile("process")
    }),
    case("rs-s3-invalid-access-key", |sim| {
        let mut variables = sim.environment().with_source("static");
        let unknown = "AKIAIOSFODNN7EXAMPLE".to_owned();
        variables.insert("AWS_ACCESS_KEY_ID".into(), unknown);
        variables
    }),
    case("rs-s3-clock-skew", |sim| {
        sim.set_clock_offset(-3600);
        sim.environment().with_source("static")
    }),
    case("rs-none-default-chain", |sim| {
        let mut variables = sim.environment().env;
        variables.insert("AWS_EC2_METADATA_DISABLED".into(), "true".into());
        variables
    }),
    // Permissions.
    case("rs-s3-access-denied", |sim| {
        sim.deny(Deny::new("s3:*").detail(Detail::Short));
        keys(sim)
    }),
    case("rs-s3-access-denied-iam", |sim| {
        sim.deny(Deny::new("s3:*"));
        keys(sim)
    }),
    case("rs-s3-access-denied-explicit", |sim| {
        sim.deny(Deny::new("s3:*").detail(Detail::Explicit));
        keys(sim)
    }),
    case("rs-s3-headbucket-403", |sim| {
        sim.deny(Deny::new("s3:*"));
        keys(sim)
    }),
    case("rs-s3-head-403", |sim| {
        sim.deny(Deny::new("s3:*"));
        keys(sim)
    }),
    case("rs-assume-denied", |sim| {
        sim.deny(Deny::new("sts:AssumeRole"));
        sim.environment().with_profile("role")
    }),
    case("rs-webid-denied", |sim| {
        sim.deny(Deny::new("sts:AssumeRoleWithWebIdentity"));
        sim.environment().with_source("web-identity")
    }),
    // Sessions of IAM Identity Center.
    case("rs-sso-getrole-401", |sim| {
        sim.expire(&Lapse::sso_revoked("corp"), 0).unwrap();
        sim.environment().with_profile("sso")
    }),
    case("rs-sso-refresh-invalid-grant", |sim| {
        sim.expire(&Lapse::sso("corp"), 0).unwrap();
        sim.environment().with_profile("sso")
    }),
    case("rs-sso-legacy-expired", |sim| {
        sim.expire(&Lapse::sso("legacy"), 0).unwrap();
        sim.environment().with_profile("sso-legacy")
    }),
    case("rs-sso-legacy-no-cache", |sim| {
        sim.logout("legacy").unwrap();
        sim.environment().with_profile("sso-legacy")
    }),
    case("rs-sso-getrole-403", |sim| {
        let fault = Fault::error("ForbiddenException").at(Service::Sso);
        sim.add_fault(fault.always());
        sim.environment().with_profile("sso")
    }),
    case("rs-sso-getrole-429", |sim| {
        let fault = Fault::error("TooManyRequestsException").at(Service::Sso);
        sim.add_fault(fault.always());
        sim.environment().with_profile("sso")
    }),
    // Other sources.
    case("rs-process-exit1", |sim| {
        sim.fail_process(1, "cannot reach the vault").unwrap();
        sim.environment().with_profile("process")
    }),
    case("rs-process-exit-sso-expired", |sim| {
        let text = "Error when retrieving token from sso: Token has expired and refresh failed";
        sim.fail_process(255, text).unwrap();
        sim.environment().with_profile("process")
    }),
    case("rs-container-403", |sim| {
        sim.add_fault(Fault::body(403, "denied").at(Service::Container).always());
        sim.environment().with_source("container")
    }),
    case("rs-container-500", |sim| {
        sim.add_fault(Fault::body(500, "").at(Service::Container).always());
        sim.environment().with_source("container")
    }),
    case("rs-imds-token-403", |sim| {
        sim.add_fault(Fault::body(403, "").at(Service::Imds).always());
        sim.environment().with_source("imds")
    }),
    // No matter of credentials.
    case("rs-s3-no-such-key", keys),
    case("rs-s3-no-such-bucket", |sim| {
        sim.add_fault(Fault::error("NoSuchBucket").always());
        keys(sim)
    }),
    case("rs-s3-precondition", |sim| {
        sim.put_object(BUCKET, "k", "content");
        keys(sim)
    }),
    case("rs-s3-slow-down", |sim| {
        sim.add_fault(Fault::error("SlowDown").always());
        keys(sim)
    }),
    case("rs-s3-proxy-html-403", |sim| {
        let reply = ErrorReply {
            status: Some(403),
            body: Some("<html>denied</html>".into()),
            headers: [("content-type".into(), "text/html".into())].into(),
            ..ErrorReply::default()
        };
        sim.add_fault(Fault::new(Effect::Error(reply)).always());
        keys(sim)
    }),
    case("rs-s3-conn-reset", |sim| {
        sim.add_fault(Fault::new(Effect::Cut(None)).always());
        keys(sim)
    }),
    case("rs-s3-conn-refused", |sim| {
        let mut variables = keys(sim);
        variables.insert("AWS_ENDPOINT_URL".into(), "http://127.0.0.1:1".into());
        variables
    }),
    case("rs-assume-conn-dropped", |sim| {
        let fault = Fault::new(Effect::Cut(None)).at(Service::Sts);
        sim.add_fault(fault.always());
        sim.environment().with_profile("role")
    }),
];

const fn case(id: &'static str, provoke: fn(&Sim) -> Variables) -> Case {
    Case { id, provoke }
}

fn keys(sim: &Sim) -> Variables {
    sim.environment().with_source("session")
}

fn expired(sim: &Sim) -> Variables {
    sim.expire(&Lapse::keys("session"), 0).unwrap();
    keys(sim)
}

pub(crate) async fn provoke() -> Vec<Seen> {
    let mut seen = Vec::new();
    for Case { id, provoke } in CASES {
        let sim = Sim::start().await.unwrap();
        let mut variables = provoke(&sim);
        // The SDK corrects a wrong clock with its second attempt.
        variables.insert("AWS_MAX_ATTEMPTS".into(), "1".into());
        // A provider that fails may fail differently the second time.
        let (plain, with) = (config(&variables).await, config(&variables).await);
        seen.push(match id.starts_with("rs-sts-") {
            true => services::sts(id, &plain).await,
            false => services::s3_of(id, &plain, &with).await,
        });
    }
    seen
}

async fn config(variables: &Variables) -> SdkConfig {
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&variables))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .load()
        .await
}
