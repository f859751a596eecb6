//! What the layer costs a call that succeeds: the time.

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use credlapse_tower::{AuthFailure, CredlapseLayer};
use tower::{Layer, Service};

const CALLS: u32 = 2_000_000;
const ROUNDS: usize = 15;

/// A service that does nothing.
#[derive(Clone)]
struct Empty;

struct Never(Infallible);

impl AuthFailure for Never {
    fn diagnosis(&self, _: &credlapse::Context) -> Option<credlapse::Diagnosis> {
        match self.0 {}
    }
}

impl Service<u64> for Empty {
    type Response = u64;
    type Error = Never;
    type Future = Ready<Result<u64, Never>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Never>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u64) -> Self::Future {
        ready(Ok(request))
    }
}

fn nanoseconds<S: Service<u64>>(service: &mut S) -> f64 {
    let mut context = Context::from_waker(Waker::noop());
    let begin = Instant::now();
    for call in 0..CALLS {
        let _ = black_box(service.poll_ready(&mut context).is_ready());
        let future = pin!(service.call(black_box(u64::from(call))));
        let _ = black_box(future.poll(&mut context).is_ready());
    }
    begin.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
}

fn median<S: Service<u64>>(mut service: S) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| nanoseconds(&mut service)).collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn main() {
    // Under `cargo test --benches` it is enough that it works.
    if !std::env::args().any(|argument| argument == "--bench") {
        nanoseconds(&mut CredlapseLayer::new().layer(Empty));
        return;
    }
    println!("empty service  {:>6.1} ns a call", median(Empty));
    println!(
        "with the layer {:>6.1} ns a call",
        median(CredlapseLayer::new().layer(Empty))
    );
}
