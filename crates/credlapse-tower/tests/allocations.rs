//! A call that succeeds costs no allocation.

use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Waker};

use allocation_counter::measure;
use credlapse_tower::{CredlapseLayer, Reauth, ReauthLayer};
use tower::{Layer, Service, service_fn};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

fn allocations<S: Service<u64>>(mut service: S) -> u64 {
    let mut context = Context::from_waker(Waker::noop());
    let counted = measure(|| {
        for call in 0..100 {
            assert!(service.poll_ready(&mut context).is_ready());
            assert!(pin!(service.call(call)).poll(&mut context).is_ready());
        }
    });
    counted.count_total
}

#[test]
fn a_call_that_succeeds_allocates_nothing() {
    let service = || service_fn(|call: u64| ready(Ok::<_, BoxError>(call)));
    assert_eq!(allocations(service()), 0);
    assert_eq!(allocations(CredlapseLayer::new().layer(service())), 0);
    assert_eq!(
        allocations(CredlapseLayer::new().map_err().layer(service())),
        0
    );
    let reauth = Reauth::new(|_| ready(Ok::<(), BoxError>(())), std::future::pending);
    assert_eq!(allocations(ReauthLayer::new(reauth).layer(service())), 0);

    // The counter counts.
    let failing = service_fn(|_: u64| ready(Err::<u64, BoxError>("x".into())));
    assert!(allocations(failing) >= 100);
}

#[cfg(feature = "http")]
#[test]
fn a_response_that_is_no_refusal_allocates_nothing() {
    use credlapse_tower::http::CredlapseHttpLayer;
    use http::{Request, Response};
    use http_body_util::Empty;

    let mut service = CredlapseHttpLayer::new().layer(service_fn(|_: Request<()>| {
        ready(Ok::<_, BoxError>(Response::new(
            Empty::<bytes::Bytes>::new(),
        )))
    }));
    let mut context = Context::from_waker(Waker::noop());
    let counted = measure(|| {
        let future = service.call(Request::new(()));
        assert!(pin!(future).poll(&mut context).is_ready());
    });
    assert_eq!(counted.count_total, 0);
}
