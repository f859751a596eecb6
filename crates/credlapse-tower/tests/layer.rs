//! What the layer shows, and that it changes nothing.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use credlapse::{Context, Diagnosis, Kind};
use credlapse_tower::{AuthFailure, CredlapseLayer, Diagnosed};
use tower::{Service, ServiceBuilder, ServiceExt, service_fn};

type BoxError = Box<dyn Error + Send + Sync>;

const EXPIRED: &str = "ExpiredToken: The provided token has expired.";

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Diagnosis>>>);

impl Seen {
    fn observer(&self) -> impl Fn(&Diagnosis) + Send + Sync + 'static {
        let seen = self.0.clone();
        move |diagnosis| seen.lock().unwrap().push(diagnosis.clone())
    }

    fn kinds(&self) -> Vec<Kind> {
        let seen = self.0.lock().unwrap();
        seen.iter().map(|diagnosis| diagnosis.kind).collect()
    }
}

#[tokio::test]
async fn shows_an_expiry_and_leaves_the_error() {
    let seen = Seen::default();
    let service = ServiceBuilder::new()
        .layer(CredlapseLayer::new().observer(seen.observer()))
        .service(service_fn(|_: ()| async {
            Err::<(), BoxError>(EXPIRED.into())
        }));
    let error = service.oneshot(()).await.unwrap_err();
    assert_eq!(error.to_string(), EXPIRED);
    assert_eq!(seen.kinds(), [Kind::SessionTokenExpired]);
}

#[tokio::test]
async fn shows_nothing_of_success_and_of_other_failures() {
    let seen = Seen::default();
    let layer = CredlapseLayer::new().observer(seen.observer());
    let good = layer.clone();
    let good =
        ServiceBuilder::new()
            .layer(good)
            .service(service_fn(|name: &'static str| async move {
                Ok::<_, BoxError>(name)
            }));
    assert_eq!(good.oneshot("report.csv").await.unwrap(), "report.csv");

    let full = ServiceBuilder::new()
        .layer(layer)
        .service(service_fn(|_: ()| async {
            Err::<(), BoxError>("no space left on device".into())
        }));
    assert_eq!(
        full.oneshot(()).await.unwrap_err().to_string(),
        "no space left on device"
    );
    assert_eq!(seen.kinds(), []);
}

#[tokio::test]
async fn says_it_with_the_words_of_the_context() {
    let seen = Seen::default();
    let context = Context {
        subject: Some("Datastore".into()),
        ..Context::default()
    };
    let service = ServiceBuilder::new()
        .layer(
            CredlapseLayer::new()
                .context(context)
                .observer(seen.observer()),
        )
        .service(service_fn(|_: ()| async {
            Err::<(), BoxError>(EXPIRED.into())
        }));
    service.oneshot(()).await.unwrap_err();
    assert_eq!(seen.0.lock().unwrap()[0].subject, "Datastore");
}

/// A service that fails before it takes a request.
#[derive(Clone)]
struct NeverReady;

impl Service<()> for NeverReady {
    type Response = ();
    type Error = BoxError;
    type Future = std::future::Ready<Result<(), BoxError>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Err(EXPIRED.into()))
    }

    fn call(&mut self, _: ()) -> Self::Future {
        panic!("called without being ready")
    }
}

#[tokio::test]
async fn shows_what_keeps_a_service_from_being_ready() {
    let seen = Seen::default();
    let layer = CredlapseLayer::new().observer(seen.observer());
    let service = ServiceBuilder::new()
        .layer(layer.clone())
        .service(NeverReady);
    assert_eq!(service.oneshot(()).await.unwrap_err().to_string(), EXPIRED);

    let service = ServiceBuilder::new()
        .layer(layer.map_err())
        .service(NeverReady);
    let error = service.oneshot(()).await.unwrap_err();
    assert_eq!(error.error.to_string(), EXPIRED);
    assert_eq!(seen.kinds(), [Kind::SessionTokenExpired; 2]);
}

#[derive(Clone, Debug, PartialEq)]
struct Refused(&'static str);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused: {}", self.0)
    }
}

impl Error for Refused {}

impl AuthFailure for Refused {
    fn diagnosis(&self, context: &Context) -> Option<Diagnosis> {
        let mut evidence = credlapse::text::read(self.0);
        evidence.context = context.clone();
        credlapse::diagnose(&evidence)
    }
}

#[tokio::test]
async fn map_err_puts_the_verdict_in_front_and_keeps_the_error() {
    let layer = CredlapseLayer::new().map_err();
    let service = ServiceBuilder::new()
        .layer(layer.clone())
        .service(service_fn(|_: ()| async { Err::<(), _>(Refused(EXPIRED)) }));
    let error = service.oneshot(()).await.unwrap_err();
    let diagnosis = error.diagnosis.clone().unwrap();
    assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
    assert!(
        error.to_string().starts_with(&diagnosis.headline()),
        "{error}"
    );
    assert!(!error.to_string().contains('\n'), "{error}");
    assert_eq!(
        error.source().unwrap().to_string(),
        format!("refused: {EXPIRED}")
    );
    assert_eq!(error.error, Refused(EXPIRED));

    let service = ServiceBuilder::new()
        .layer(layer)
        .service(service_fn(|_: ()| async { Err::<(), _>(Refused("busy")) }));
    let error: Diagnosed<Refused> = service.oneshot(()).await.unwrap_err();
    assert_eq!(error.to_string(), "refused: busy");
    assert!(error.diagnosis.is_none());
    assert!(error.source().is_none());
}

#[tokio::test]
async fn a_closure_decides_on_a_foreign_error() {
    let seen = Seen::default();
    let layer = CredlapseLayer::new()
        .observer(seen.observer())
        .diagnose_with(|result: Result<&(), &u16>, _: &Context| {
            let code = match result.err()? {
                1 => "ExpiredToken",
                _ => "NoSuchKey",
            };
            credlapse::diagnose(&credlapse::text::read(code))
        });
    for code in [1_u16, 2] {
        let service = ServiceBuilder::new()
            .layer(layer.clone())
            .service(service_fn(move |_: ()| async move { Err::<(), _>(code) }));
        assert_eq!(service.oneshot(()).await.unwrap_err(), code);
    }
    assert_eq!(seen.kinds(), [Kind::SessionTokenExpired]);
}
