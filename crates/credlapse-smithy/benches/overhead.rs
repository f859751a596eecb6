//! What the interceptor and the refresh cost a call that succeeds, in instructions.
//!
//! Each client makes HeadObject calls through the whole orchestrator of the SDK, answered in memory. Callgrind counts
//! the instructions of two runs of different length, so that start-up cancels out. The count hardly varies, so there
//! is a bound: the interceptor may cost at most 1 %. Needs `valgrind`.

use std::error::Error;
use std::process::{Command, ExitCode};

use aws_credential_types::Credentials;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Config, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use credlapse_smithy::{CredentialRefresh, CredlapseInterceptor};

const CLIENTS: [&str; 4] = [
    "baseline",
    "interceptor",
    "permanent interceptor",
    "interceptor and refresh",
];
const SHORT: u64 = 200;
const LONG: u64 = 1200;
const BOUND_PERCENT: f64 = 1.0;

#[derive(Debug)]
struct Answers;

impl HttpConnector for Answers {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let ok = 200
            .try_into()
            .map(|status| HttpResponse::new(status, SdkBody::empty()));
        HttpConnectorFuture::ready(ok.map_err(|error| {
            aws_smithy_runtime_api::client::result::ConnectorError::other(Box::new(error), None)
        }))
    }
}

fn client(kind: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIA", "secret", None, None, "bench"))
        .http_client(http_client_fn(|_, _| SharedHttpConnector::new(Answers)));
    let interceptor = CredlapseInterceptor::builder().subject("Datastore").build();
    let config = match kind {
        "interceptor" => config.interceptor(interceptor),
        "permanent interceptor" => {
            let mut config = config;
            config.push_interceptor(SharedInterceptor::permanent(interceptor));
            config
        }
        "interceptor and refresh" => {
            let refresh = CredentialRefresh::new();
            config
                .interceptor(interceptor)
                .identity_cache(refresh.clone())
                .interceptor(refresh.clone())
                .retry_classifier(refresh)
        }
        _ => config,
    };
    Client::from_conf(config.build())
}

fn run(kind: &str, calls: u64) -> Result<(), Box<dyn Error>> {
    let client = client(kind);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    runtime.block_on(async {
        for _ in 0..calls {
            client
                .head_object()
                .bucket("my-bucket")
                .key("k")
                .send()
                .await?;
        }
        Ok(())
    })
}

/// The instructions that a run of this program takes.
fn count(kind: &str, calls: u64) -> Result<u64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["run", kind, &calls.to_string()])
        .output()?;
    let text = String::from_utf8(output.stderr)?;
    let line = text
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    Ok(line.ok_or(text.clone())?.1.trim().parse()?)
}

fn compare() -> Result<bool, Box<dyn Error>> {
    let mut baseline = None;
    let mut within = true;
    println!("{:<26}{:>14}{:>10}", "client", "instructions", "more");
    for kind in CLIENTS {
        let per_call = (count(kind, LONG)? - count(kind, SHORT)?) as f64 / (LONG - SHORT) as f64;
        let baseline = *baseline.get_or_insert(per_call);
        let more = (per_call / baseline - 1.0) * 100.0;
        println!("{kind:<26}{per_call:>14.0}{more:>9.2}%");
        within &= kind != "interceptor" || more <= BOUND_PERCENT;
    }
    Ok(within)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match &arguments[..] {
        [run_, kind, calls] if run_ == "run" => calls
            .parse()
            .map_err(Into::into)
            .and_then(|calls| run(kind, calls))
            .map(|()| true),
        arguments if arguments.iter().any(|argument| argument == "--bench") => compare(),
        // Under `cargo test --benches` it is enough that it works.
        _ => run("interceptor and refresh", 1).map(|()| true),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("the interceptor costs more than {BOUND_PERCENT} %");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
