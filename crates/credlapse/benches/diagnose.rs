//! What a verdict costs: `cargo xtask bench`.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::type_complexity,
    reason = "the sizes are known"
)]

use credlapse::{Cause, Context, Diagnosis, Evidence, ExitTable, diagnose, text};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn context() -> Context {
    Context {
        subject: Some("Datastore".into()),
        profile: Some("dev".into()),
        ..Context::default()
    }
}

/// An expired token as an SDK hands it over.
fn expired_token() -> Evidence {
    let cause = Cause {
        code: Some("ExpiredToken".into()),
        message: Some("The provided token has expired.".into()),
        status: Some(400),
        service: Some("S3".into()),
        operation: Some("PutObject".into()),
        request_id: Some("4442587FB7D0A2F9".into()),
        ..Cause::named("ExpiredToken")
    };
    Evidence {
        causes: vec![cause],
        context: context(),
    }
}

/// An expired SSO session under the wrapper of a tool.
fn sso_expired() -> Evidence {
    let message = "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.";
    let cause = Cause {
        message: Some(message.into()),
        ..Cause::named("CredentialsProviderError")
    };
    Evidence {
        causes: vec![Cause::named("S3OperationError"), cause],
        context: context(),
    }
}

/// A failure that is none of credentials.
fn not_auth() -> Evidence {
    let cause = Cause {
        code: Some("PreconditionFailed".into()),
        message: Some("At least one of the pre-conditions you specified did not hold".into()),
        status: Some(412),
        service: Some("S3".into()),
        operation: Some("PutObject".into()),
        ..Cause::named("PreconditionFailed")
    };
    Evidence {
        causes: vec![cause],
        context: context(),
    }
}

const STRUCTURED: &[(&str, fn() -> Evidence)] = &[
    ("expired_token", expired_token),
    ("sso_expired", sso_expired),
    ("not_auth", not_auth),
];

// A sample of one call would be mostly the clock's own time.
#[divan::bench(args = STRUCTURED.iter().map(|(name, _)| *name), sample_size = 200)]
fn structured(bencher: Bencher<'_, '_>, name: &str) {
    let evidence = STRUCTURED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, make)| make());
    let evidence = evidence.unwrap_or_default();
    bencher.bench(|| diagnose(black_box(&evidence)));
}

#[divan::bench(sample_size = 200)]
fn rendered(bencher: Bencher<'_, '_>) {
    let diagnosis = diagnose(&sso_expired());
    bencher.bench(|| {
        black_box(&diagnosis)
            .as_ref()
            .map(|diagnosis| diagnosis.to_json(&ExitTable::DEFAULT))
    });
}

/// What a binding for another language adds: evidence read, a verdict written.
#[divan::bench(args = ["read", "written"], sample_size = 200)]
fn wire(bencher: Bencher<'_, '_>, way: &str) {
    let message = "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.";
    let text = format!(
        "9:Datastore3:dev:::20:2026-11-21T14:15:00Z:::24:CredentialsProviderError:{}:{message}::::",
        message.len()
    );
    match way {
        "read" => bencher.bench(|| Evidence::from_wire(black_box(&text))),
        _ => {
            let diagnosis = Evidence::from_wire(&text).and_then(|evidence| diagnose(&evidence));
            bencher.bench(|| black_box(&diagnosis).as_ref().map(Diagnosis::to_wire));
        }
    }
}

/// 4 KiB of a traceback whose last line decides.
fn traceback() -> String {
    let frame = "  File \"/app/venv/lib/python3.11/site-packages/botocore/client.py\", line 1094, in _make_api_call\n    raise error_class(parsed_response, operation_name)\n";
    let last = "botocore.exceptions.ClientError: An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.\n";
    let frames = (4096 - last.len()) / frame.len();
    [
        "Traceback (most recent call last):\n",
        &frame.repeat(frames),
        last,
    ]
    .concat()
}

/// 4 KiB of log lines of which the last but one decides.
fn log() -> String {
    let line = "2026-11-21T14:15:00.123Z INFO  deploy: uploaded object 1234 of 5678 to the bucket in 12 ms\n";
    let decides = "2026-11-21T14:15:00.123Z ERROR deploy: operation error S3: PutObject, https response error StatusCode: 400, RequestID: 4442587FB7D0A2F9, api error ExpiredToken: The provided token has expired.\n";
    let lines = (4096 - decides.len()) / line.len();
    [&line.repeat(lines - 1), decides, line].concat()
}

#[divan::bench(args = ["traceback", "log"], sample_size = 20)]
fn text_of_4_kib(bencher: Bencher<'_, '_>, name: &str) {
    let printed = if name == "log" { log() } else { traceback() };
    bencher.bench(|| diagnose(&text::read(black_box(&printed))));
}
