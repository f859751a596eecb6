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
