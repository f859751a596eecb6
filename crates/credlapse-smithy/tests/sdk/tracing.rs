//! The event and its names, which dashboards rely on.

use std::fmt;
use std::sync::{Arc, Mutex};

use aws_sdk_s3::Client;
use credlapse_smithy::CredlapseInterceptor;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::client::{EXPIRED, Provider, Wire, answer, s3};

#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<Fields>>>);

impl Subscriber for Events {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "credlapse"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0.lock().unwrap().push(fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[derive(Debug, Default)]
struct Fields(Vec<(String, String)>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name().into(), value.into()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push((field.name().into(), format!("{value:?}")));
    }
}

#[tokio::test]
async fn one_event_with_stable_names_and_no_secret() {
    let events = Events::default();
    let guard = tracing::subscriber::set_default(events.clone());
    let wire = Wire::new(|_, _| answer(400, EXPIRED));
    let config = s3(&wire, Provider::new()).interceptor(CredlapseInterceptor::new());
    let client = Client::from_conf(config.build());
    let call = client
        .get_object()
        .bucket("my-bucket")
        .key("data/report.csv");
    call.send().await.unwrap_err();
    drop(guard);

    let events = events.0.lock().unwrap();
    let [event] = &events[..] else {
        panic!("{events:?}");
    };
    let mut fields: Vec<_> = event
        .0
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    fields.sort_unstable();
    let (message, fields): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(name, _)| *name == "message");
    let rule = fields
        .iter()
        .find(|(name, _)| *name == "credlapse.rule")
        .unwrap()
        .1;
    assert_eq!(
        fields,
        [
            ("aws.request_id", "4TSJ3XNTG3M9EHZ1"),
            ("aws.s3.bucket", "my-bucket"),
            ("aws.s3.key", "data/report.csv"),
            ("cloud.region", "eu-central-1"),
            ("credlapse.code", "CREDENTIALS_EXPIRED"),
            ("credlapse.confidence", "definite"),
            ("credlapse.retry", "after_refresh"),
            ("credlapse.rule", rule),
            ("error.type", "session_token_expired"),
            ("http.request.resend_count", "0"),
            ("http.response.status_code", "400"),
            ("rpc.method", "GetObject"),
            ("rpc.service", "S3"),
            ("rpc.system", "aws-api"),
        ]
    );
    assert!(message[0].1.contains("session expired"), "{message:?}");
    assert!(!format!("{event:?}").contains("IQoJb3JpZ2luX2VjEAA"));
}
