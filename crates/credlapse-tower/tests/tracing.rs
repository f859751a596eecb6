//! The event and its names, which dashboards rely on.
#![cfg(feature = "tracing")]

use std::fmt;
use std::sync::{Arc, Mutex};

use credlapse_tower::CredlapseLayer;
use tower::{ServiceBuilder, ServiceExt, service_fn};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<Fields>>>);

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

#[tokio::test]
async fn one_event_with_stable_names() {
    let events = Events::default();
    let guard = tracing::subscriber::set_default(events.clone());
    let service = ServiceBuilder::new()
        .layer(CredlapseLayer::new())
        .service(service_fn(|_: ()| async {
            Err::<(), BoxError>("ExpiredToken: The provided token has expired.".into())
        }));
    service.oneshot(()).await.unwrap_err();
    drop(guard);

    let events = events.0.lock().unwrap();
    let [Fields(fields)] = &events[..] else {
        panic!("{events:?}");
    };
    let named = |name: &str| {
        fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| &**value)
    };
    assert_eq!(named("error.type"), Some("session_token_expired"));
    assert_eq!(named("credlapse.code"), Some("CREDENTIALS_EXPIRED"));
    assert_eq!(named("credlapse.retry"), Some("after_refresh"));
    assert!(named("credlapse.rule").is_some() && named("credlapse.confidence").is_some());
    assert!(named("message").unwrap().contains("session expired"));
}

#[cfg(feature = "http")]
#[tokio::test]
async fn the_event_of_a_response_shows_no_token() {
    use credlapse_tower::http::CredlapseHttpLayer;
    use http::{Request, Response};
    use http_body_util::Full;

    const TOKEN: &str = "IQoJb3JpZ2luX2VjEAA";
    let events = Events::default();
    let guard = tracing::subscriber::set_default(events.clone());
    let service = ServiceBuilder::new()
        .layer(CredlapseHttpLayer::new())
        .service(service_fn(|_: Request<()>| async {
            let body = format!(
                "<Error><Code>ExpiredToken</Code><Message>The token {TOKEN} has expired.</Message>\
                 <Token-0>{TOKEN}</Token-0></Error>"
            );
            let response = Response::builder().status(400);
            let response = response.header("x-amz-request-id", "4TSJ3XNTG3M9EHZ1");
            Ok::<_, BoxError>(response.body(Full::new(bytes::Bytes::from(body)))?)
        }));
    service.oneshot(Request::new(())).await.unwrap();
    drop(guard);

    let events = events.0.lock().unwrap();
    let [Fields(fields)] = &events[..] else {
        panic!("{events:?}");
    };
    assert!(!format!("{fields:?}").contains(TOKEN), "{fields:?}");
    for expected in [
        ("aws.request_id", "4TSJ3XNTG3M9EHZ1"),
        ("error.type", "session_token_expired"),
        ("http.response.status_code", "400"),
        ("rpc.service", "S3"),
    ] {
        let found = fields
            .iter()
            .any(|(name, value)| (&**name, &**value) == expected);
        assert!(found, "{expected:?} is not among {fields:?}");
    }
}
