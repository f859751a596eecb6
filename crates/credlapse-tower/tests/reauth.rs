//! One login, one more try.

use std::error::Error;
use std::future::{self, Future};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use credlapse_tower::{Reauth, ReauthLayer};
use tokio::sync::Notify;
use tower::util::BoxCloneService;
use tower::{Service, ServiceBuilder, ServiceExt, service_fn};

type BoxError = Box<dyn Error + Send + Sync>;

const EXPIRED: &str = "ExpiredToken: The provided token has expired.";

/// A session: `good` counts the logins, and a call succeeds with a login later than its own.
#[derive(Clone, Default)]
struct Session {
    logins: Arc<AtomicUsize>,
    calls: Arc<AtomicUsize>,
}

impl Session {
    fn reauth(&self, login: impl Fn() -> Result<(), BoxError> + Send + Sync + 'static) -> Reauth {
        let logins = self.logins.clone();
        Reauth::new(
            move |_| {
                let result = login();
                if result.is_ok() {
                    logins.fetch_add(1, Ordering::SeqCst);
                }
                future::ready(result)
            },
            future::pending,
        )
    }

    fn service(&self, reauth: Reauth) -> BoxCloneService<&'static str, &'static str, BoxError> {
        let session = self.clone();
        let service = ServiceBuilder::new()
            .layer(ReauthLayer::new(reauth))
            .service(service_fn(move |name| {
                let number = session.calls.fetch_add(1, Ordering::SeqCst);
                let good = session.logins.load(Ordering::SeqCst) > 0;
                async move {
                    match good {
                        true => Ok(name),
                        false => Err(BoxError::from(format!("{EXPIRED} ({number})"))),
                    }
                }
            }));
        BoxCloneService::new(service)
    }

    fn counts(&self) -> (usize, usize) {
        (
            self.calls.load(Ordering::SeqCst),
            self.logins.load(Ordering::SeqCst),
        )
    }
}

#[tokio::test]
async fn logs_in_and_tries_again() {
    let session = Session::default();
    let service = session.service(session.reauth(|| Ok(())));
    assert_eq!(service.oneshot("report.csv").await.unwrap(), "report.csv");
    assert_eq!(session.counts(), (2, 1));
}

#[tokio::test]
async fn gives_the_first_error_where_the_login_fails() {
    let session = Session::default();
    let service = session.service(session.reauth(|| Err("closed the browser".into())));
    let error = service.oneshot("report.csv").await.unwrap_err();
    assert_eq!(error.to_string(), format!("{EXPIRED} (0)"));
    assert_eq!(session.counts(), (1, 0));
}

#[tokio::test]
async fn a_login_that_panics_has_failed() {
    let session = Session::default();
    let service = session.service(Reauth::new(
        |_| async {
            if true {
                panic!("login panics");
            }
            Ok::<(), BoxError>(())
        },
        future::pending,
    ));
    let first = tokio::spawn(service.clone().oneshot("report.csv"));
    assert!(first.await.unwrap_err().is_panic());
    // The next login starts afresh.
    let second = tokio::spawn(service.oneshot("report.csv"));
    assert!(second.await.unwrap_err().is_panic());
}

#[tokio::test]
async fn tries_once_more_and_not_twice() {
    let session = Session::default();
    let logins = Arc::new(AtomicUsize::new(0));
    let count = logins.clone();
    // The login says that it went well, and changes nothing.
    let reauth = Reauth::new(
        move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            future::ready(Ok::<(), BoxError>(()))
        },
        future::pending,
    );
    let error = session
        .service(reauth)
        .oneshot("report.csv")
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), format!("{EXPIRED} (1)"));
    assert_eq!(session.calls.load(Ordering::SeqCst), 2);
    assert_eq!(logins.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn logs_in_for_an_expiry_only() {
    for text in [
        "AccessDenied: Access Denied",
        "InvalidAccessKeyId",
        "no space left on device",
    ] {
        let reauth = Reauth::new(
            |_| future::ready(Err::<(), BoxError>("must not log in".into())).then_panic(),
            future::pending,
        );
        let service = ServiceBuilder::new()
            .layer(ReauthLayer::new(reauth))
            .service(service_fn(move |_: ()| async move {
                Err::<(), BoxError>(text.into())
            }));
        assert_eq!(service.oneshot(()).await.unwrap_err().to_string(), text);
    }
}

trait ThenPanic: Future + Sized {
    /// Panics when it is made: `logs_in_for_an_expiry_only` makes none.
    fn then_panic(self) -> Self {
        panic!("logged in")
    }
}

impl<F: Future> ThenPanic for F {}

#[tokio::test(start_paused = true)]
async fn gives_the_first_error_at_the_deadline() {
    let session = Session::default();
    let reauth = Reauth::new(
        |_| future::pending::<Result<(), BoxError>>(),
        || tokio::time::sleep(Duration::from_secs(300)),
    );
    let error = session
        .service(reauth)
        .oneshot("report.csv")
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), format!("{EXPIRED} (0)"));
}

#[tokio::test]
async fn calls_that_fail_together_share_a_login() {
    let session = Session::default();
    let gate = Arc::new(Notify::new());
    let (waiting, logins) = (gate.clone(), session.logins.clone());
    let started = Arc::new(AtomicUsize::new(0));
    let count = started.clone();
    let reauth = Reauth::new(
        move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            let (waiting, logins) = (waiting.clone(), logins.clone());
            async move {
                waiting.notified().await;
                logins.fetch_add(1, Ordering::SeqCst);
                Ok::<(), BoxError>(())
            }
        },
        future::pending,
    );
    let service = session.service(reauth);
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(service.clone().oneshot("x")))
        .collect();
    while session.calls.load(Ordering::SeqCst) < 20 {
        tokio::task::yield_now().await;
    }
    gate.notify_one();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(started.load(Ordering::SeqCst), 1);
    assert_eq!(session.counts(), (40, 1));
}

/// The call that started the login goes away; the one that joined sees its end.
#[tokio::test]
async fn a_login_outlives_the_call_that_started_it() {
    let session = Session::default();
    let gate = Arc::new(Notify::new());
    let (waiting, logins) = (gate.clone(), session.logins.clone());
    let reauth = Reauth::new(
        move |_| {
            let (waiting, logins) = (waiting.clone(), logins.clone());
            async move {
                waiting.notified().await;
                logins.fetch_add(1, Ordering::SeqCst);
                Ok::<(), BoxError>(())
            }
        },
        future::pending,
    );
    let service = session.service(reauth);
    let mut first = Box::pin(service.clone().oneshot("first"));
    let mut second = Box::pin(service.oneshot("second"));
    future::poll_fn(|cx| {
        assert!(first.as_mut().poll(cx).is_pending());
        assert!(second.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    })
    .await;
    drop(first);
    gate.notify_one();
    assert_eq!(second.await.unwrap(), "second");
    assert_eq!(session.counts(), (3, 1));
}

#[tokio::test]
async fn a_call_made_before_the_last_login_starts_no_other() {
    let session = Session::default();
    let reauth = session.reauth(|| Ok(()));
    let gate = Arc::new(Notify::new());
    let (waiting, inner) = (gate.clone(), session.clone());
    let mut slow = ServiceBuilder::new()
        .layer(ReauthLayer::new(reauth.clone()))
        .service(service_fn(move |name: &'static str| {
            let waiting = waiting.clone();
            let first = inner.calls.fetch_add(1, Ordering::SeqCst) == 0;
            async move {
                if first {
                    waiting.notified().await;
                    return Err(BoxError::from(EXPIRED));
                }
                Ok(name)
            }
        }));
    let slow = slow.ready().await.unwrap().call("slow");
    let other = Session {
        calls: Arc::default(),
        logins: session.logins.clone(),
    };
    assert_eq!(
        other.service(reauth).oneshot("quick").await.unwrap(),
        "quick"
    );
    assert_eq!(session.logins.load(Ordering::SeqCst), 1);

    gate.notify_one();
    assert_eq!(slow.await.unwrap(), "slow");
    assert_eq!(session.logins.load(Ordering::SeqCst), 1);
}

/// The service that was made ready is the one that is called.
#[tokio::test]
async fn calls_the_one_that_is_ready() {
    struct Counted {
        ready: bool,
        calls: Arc<AtomicUsize>,
    }

    impl Clone for Counted {
        fn clone(&self) -> Self {
            Self {
                ready: false,
                calls: self.calls.clone(),
            }
        }
    }

    impl Service<()> for Counted {
        type Response = ();
        type Error = BoxError;
        type Future = future::Ready<Result<(), BoxError>>;

        fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> Poll<Result<(), BoxError>> {
            self.ready = true;
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: ()) -> Self::Future {
            assert!(
                std::mem::take(&mut self.ready),
                "called without being ready"
            );
            match self.calls.fetch_add(1, Ordering::SeqCst) {
                0 => future::ready(Err(EXPIRED.into())),
                _ => future::ready(Ok(())),
            }
        }
    }

    let calls = Arc::new(AtomicUsize::new(0));
    let reauth = Reauth::new(|_| future::ready(Ok::<(), BoxError>(())), future::pending);
    let inner = Counted {
        ready: false,
        calls: calls.clone(),
    };
    let service = ServiceBuilder::new()
        .layer(ReauthLayer::new(reauth))
        .service(inner);
    service.oneshot(()).await.unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[cfg(feature = "retry")]
mod policy {
    use super::*;
    use credlapse_tower::ReauthPolicy;

    fn counted(
        session: &Session,
        reauth: Reauth,
    ) -> impl Service<&'static str, Response = &'static str, Error = BoxError> {
        let session = session.clone();
        ServiceBuilder::new()
            .retry(ReauthPolicy::new(reauth))
            .service(service_fn(move |name| {
                session.calls.fetch_add(1, Ordering::SeqCst);
                let good = session.logins.load(Ordering::SeqCst) > 0;
                async move {
                    match good {
                        true => Ok(name),
                        false => Err(BoxError::from(EXPIRED)),
                    }
                }
            }))
    }

    #[tokio::test]
    async fn logs_in_and_tries_again() {
        let session = Session::default();
        let service = counted(&session, session.reauth(|| Ok(())));
        assert_eq!(service.oneshot("report.csv").await.unwrap(), "report.csv");
        assert_eq!(session.counts(), (2, 1));
    }

    #[tokio::test]
    async fn tries_once_more_after_a_login_that_failed() {
        let session = Session::default();
        let service = counted(
            &session,
            session.reauth(|| Err("closed the browser".into())),
        );
        assert_eq!(
            service.oneshot("report.csv").await.unwrap_err().to_string(),
            EXPIRED
        );
        assert_eq!(session.counts(), (2, 0));
    }
}
