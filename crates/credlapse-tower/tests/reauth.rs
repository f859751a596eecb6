//! One login, one more try.

use std::error::Error;
use std::future::{self, Future};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use credlapse_tower::{CredlapseLayer, Reauth, ReauthLayer};
use tokio::sync::Notify;
use tower::util::BoxCloneService;
use tower::{Service, ServiceBuilder, ServiceExt, service_fn};

type BoxError = Box<dyn Error + Send + Sync>;
type Caller = BoxCloneService<&'static str, &'static str, BoxError>;

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

    /// A login that waits for a gate, which can be opened once; `logins` counts those that are over.
    fn gated(&self) -> Gated {
        let gate = Arc::new(Notify::new());
        let started = Arc::new(AtomicUsize::new(0));
        let (waiting, count, logins) = (gate.clone(), started.clone(), self.logins.clone());
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
        Gated {
            reauth,
            gate,
            started,
        }
    }

    /// What answers with what it was asked, where there was a login.
    fn server(&self) -> Caller {
        let session = self.clone();
        BoxCloneService::new(service_fn(move |name| {
            let number = session.calls.fetch_add(1, Ordering::SeqCst);
            let good = session.logins.load(Ordering::SeqCst) > 0;
            async move {
                match good {
                    true => Ok(name),
                    false => Err(BoxError::from(format!("{EXPIRED} ({number})"))),
                }
            }
        }))
    }

    fn service(&self, reauth: Reauth) -> Caller {
        let service = ServiceBuilder::new()
            .layer(ReauthLayer::new(reauth))
            .service(self.server());
        BoxCloneService::new(service)
    }

    fn counts(&self) -> (usize, usize) {
        (
            self.calls.load(Ordering::SeqCst),
            self.logins.load(Ordering::SeqCst),
        )
    }
}

/// A login that somebody else ends.
struct Gated {
    reauth: Reauth,
    gate: Arc<Notify>,
    started: Arc<AtomicUsize>,
}

/// Many calls that fail before the login ends, which all of them wait for.
async fn share_a_login(session: Session, service: Caller, gate: &Notify, started: &AtomicUsize) {
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

/// The verdict is made once, with the words of the inner layer.
#[tokio::test]
async fn stands_outside_a_layer_that_makes_diagnosed_errors() {
    let reauth = Reauth::new(
        |diagnosis| {
            assert_eq!(diagnosis.subject, "Datastore");
            future::ready(Ok::<(), BoxError>(()))
        },
        future::pending,
    );
    let context = credlapse::Context {
        subject: Some("Datastore".into()),
        ..credlapse::Context::default()
    };
    let calls = Arc::new(AtomicUsize::new(0));
    let count = calls.clone();
    let service = ServiceBuilder::new()
        .layer(ReauthLayer::new(reauth))
        .layer(CredlapseLayer::new().context(context).map_err())
        .service(service_fn(move |()| {
            let number = count.fetch_add(1, Ordering::SeqCst);
            async move {
                match number {
                    0 => Err(BoxError::from(EXPIRED)),
                    _ => Ok(()),
                }
            }
        }));
    service.oneshot(()).await.unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 2);
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
    let gated = session.gated();
    let service = session.service(gated.reauth);
    share_a_login(session, service, &gated.gate, &gated.started).await;
}

/// The call that started the login goes away; the one that joined sees its end.
#[tokio::test]
async fn a_login_outlives_the_call_that_started_it() {
    let session = Session::default();
    let Gated { reauth, gate, .. } = session.gated();
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
    use credlapse::{Context, Diagnosis};
    use credlapse_tower::{AuthFailure, Diagnose, ReauthPolicy};

    impl Session {
        /// As [`Session::service`], with the policy in place of the layer.
        fn retried<D>(&self, policy: ReauthPolicy<D>) -> Caller
        where
            D: Diagnose<&'static str, BoxError> + Clone + Send + Sync + 'static,
        {
            let service = ServiceBuilder::new().retry(policy).service(self.server());
            BoxCloneService::new(service)
        }
    }

    #[tokio::test]
    async fn logs_in_and_tries_again() {
        let session = Session::default();
        let service = session.retried(ReauthPolicy::new(session.reauth(|| Ok(()))));
        assert_eq!(service.oneshot("report.csv").await.unwrap(), "report.csv");
        assert_eq!(session.counts(), (2, 1));
    }

    #[tokio::test]
    async fn gives_the_first_error_where_the_login_fails() {
        let session = Session::default();
        let reauth = session.reauth(|| Err("closed the browser".into()));
        let service = session.retried(ReauthPolicy::new(reauth));
        // As a task: its future has to be `Send`.
        let call = tokio::spawn(service.oneshot("report.csv"));
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), format!("{EXPIRED} (0)"));
        // The second is the one that `tower::retry` makes in any case.
        assert_eq!(session.counts(), (2, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn gives_the_first_error_at_the_deadline() {
        let session = Session::default();
        let reauth = Reauth::new(
            |_| future::pending::<Result<(), BoxError>>(),
            || tokio::time::sleep(Duration::from_secs(300)),
        );
        let service = session.retried(ReauthPolicy::new(reauth));
        let error = service.oneshot("report.csv").await.unwrap_err();
        assert_eq!(error.to_string(), format!("{EXPIRED} (0)"));
    }

    #[tokio::test]
    async fn gives_the_second_error_where_the_login_was_good() {
        let session = Session::default();
        let reauth = Reauth::new(|_| future::ready(Ok::<(), BoxError>(())), future::pending);
        let service = session.retried(ReauthPolicy::new(reauth));
        let error = service.oneshot("report.csv").await.unwrap_err();
        assert_eq!(error.to_string(), format!("{EXPIRED} (1)"));
        assert_eq!(session.counts(), (2, 0));
    }

    /// Somebody else has logged in meanwhile.
    #[tokio::test]
    async fn gives_a_response_where_the_second_call_has_one() {
        let session = Session::default();
        let logins = session.logins.clone();
        let reauth = session.reauth(move || {
            logins.fetch_add(1, Ordering::SeqCst);
            Err("closed the browser".into())
        });
        let service = session.retried(ReauthPolicy::new(reauth));
        assert_eq!(service.oneshot("report.csv").await.unwrap(), "report.csv");
        assert_eq!(session.counts(), (2, 1));
    }

    #[tokio::test]
    async fn a_closure_cannot_keep_the_first_error() {
        let session = Session::default();
        let reauth = session.reauth(|| Err("closed the browser".into()));
        let policy = ReauthPolicy::new(reauth).diagnose_with(
            |result: Result<&&'static str, &BoxError>, context: &Context| -> Option<Diagnosis> {
                result.err()?.diagnosis(context)
            },
        );
        let error = session.retried(policy).oneshot("x").await.unwrap_err();
        assert_eq!(error.to_string(), format!("{EXPIRED} (1)"));
    }

    /// The login that this call would have waited for failed before the call did.
    #[tokio::test]
    async fn makes_no_second_call_after_a_login_that_is_known_to_have_failed() {
        let session = Session::default();
        let reauth = session.reauth(|| Err("closed the browser".into()));
        let gate = Arc::new(Notify::new());
        let (waiting, calls) = (gate.clone(), session.calls.clone());
        let mut slow = ServiceBuilder::new()
            .retry(ReauthPolicy::new(reauth.clone()))
            .service(service_fn(move |()| {
                let waiting = waiting.clone();
                calls.fetch_add(1, Ordering::SeqCst);
                async move {
                    waiting.notified().await;
                    Err::<(), _>(BoxError::from(format!("{EXPIRED} (slow)")))
                }
            }));
        let slow = slow.ready().await.unwrap().call(());
        let other = Session::default();
        let quick = other.retried(ReauthPolicy::new(reauth));
        assert!(quick.oneshot("quick").await.is_err());

        gate.notify_one();
        let error = slow.await.unwrap_err();
        assert_eq!(error.to_string(), format!("{EXPIRED} (slow)"));
        assert_eq!(session.counts(), (1, 0));
    }

    #[tokio::test]
    async fn calls_that_fail_together_share_a_login() {
        let session = Session::default();
        let gated = session.gated();
        let service = session.retried(ReauthPolicy::new(gated.reauth));
        share_a_login(session, service, &gated.gate, &gated.started).await;
    }

    /// A policy of somebody who retries other errors too.
    #[tokio::test]
    async fn is_part_of_another_policy() {
        #[derive(Clone)]
        struct Both {
            reauth: ReauthPolicy,
            left: u32,
        }

        type Waits = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

        impl tower::retry::Policy<(), (), BoxError> for Both {
            type Future = Waits;

            fn retry(
                &mut self,
                request: &mut (),
                result: &mut Result<(), BoxError>,
            ) -> Option<Waits> {
                if let Some(login) = self.reauth.retry(request, result) {
                    return Some(Box::pin(login));
                }
                let busy = matches!(&result, Err(error) if error.to_string() == "SlowDown");
                self.left = self.left.checked_sub(u32::from(busy))?;
                busy.then(|| Box::pin(future::ready(())) as _)
            }

            fn clone_request(&mut self, request: &()) -> Option<()> {
                tower::retry::Policy::<(), (), BoxError>::clone_request(&mut self.reauth, request)
            }
        }

        for (login, expected) in [(true, "ok"), (false, EXPIRED)] {
            let session = Session::default();
            let reauth = session.reauth(move || match login {
                true => Ok(()),
                false => Err("closed the browser".into()),
            });
            let policy = Both {
                reauth: ReauthPolicy::new(reauth),
                left: 3,
            };
            let (calls, logins) = (session.calls.clone(), session.logins.clone());
            let service = ServiceBuilder::new()
                .retry(policy)
                .service(service_fn(move |()| {
                    let number = calls.fetch_add(1, Ordering::SeqCst);
                    let good = logins.load(Ordering::SeqCst) > 0;
                    async move {
                        match (number, good) {
                            (0, _) => Err(BoxError::from("SlowDown")),
                            (_, false) => Err(EXPIRED.into()),
                            (2, true) => Err("SlowDown".into()),
                            (_, true) => Ok(()),
                        }
                    }
                }));
            let result = service.oneshot(()).await;
            let text = result.map_or_else(|error| error.to_string(), |()| "ok".into());
            assert_eq!(text, expected);
        }
    }
}
