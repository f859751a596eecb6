//! All interleavings of a few callers, by loom.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use loom::future::{AtomicWaker, block_on};
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;

use super::*;

/// A login that ends when it is told to.
#[derive(Default)]
struct Browser {
    closed: AtomicBool,
    waker: AtomicWaker,
    under_way: AtomicUsize,
}

impl Browser {
    fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.waker.wake();
    }

    fn login(self: &Arc<Self>) -> BoxFuture<bool> {
        let browser = self.clone();
        assert_eq!(browser.under_way.fetch_add(1, Ordering::AcqRel), 0);
        let count = Count(browser.clone());
        Box::pin(poll_fn(move |cx| {
            let _ = &count;
            browser.waker.register_by_ref(cx.waker());
            match browser.closed.load(Ordering::Acquire) {
                true => Poll::Ready(true),
                false => Poll::Pending,
            }
        }))
    }
}

struct Count(Arc<Browser>);

impl Drop for Count {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::AcqRel);
    }
}

fn start(browser: &Arc<Browser>) -> Start {
    let browser = browser.clone();
    Box::new(move || browser.login())
}

fn wait(flights: &Arc<Flights>, browser: &Arc<Browser>) -> Outcome {
    match flights.join(0, start(browser)) {
        Ok(mut seat) => block_on(poll_fn(|cx| seat.poll(cx))),
        Err(outcome) => outcome,
    }
}

/// All interleavings with up to three preemptions; without a bound it takes hours.
fn check(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(model);
}

#[test]
fn all_callers_see_the_end() {
    check(|| {
        let flights = Arc::new(Flights::default());
        let browser = Arc::new(Browser::default());
        let other = {
            let (flights, browser) = (flights.clone(), browser.clone());
            thread::spawn(move || wait(&flights, &browser))
        };
        let user = {
            let browser = browser.clone();
            thread::spawn(move || browser.close())
        };
        assert_eq!(wait(&flights, &browser), Outcome::Good);
        assert_eq!(other.join().unwrap(), Outcome::Good);
        user.join().unwrap();
        assert_eq!(flights.ended(), 1);
    });
}

#[test]
fn a_caller_that_goes_away_takes_nothing_along() {
    check(|| {
        let flights = Arc::new(Flights::default());
        let browser = Arc::new(Browser::default());
        let fickle = {
            let (flights, browser) = (flights.clone(), browser.clone());
            thread::spawn(move || {
                if let Ok(mut seat) = flights.join(0, start(&browser)) {
                    let _ = seat.poll(&mut Context::from_waker(Waker::noop()));
                }
            })
        };
        let user = {
            let browser = browser.clone();
            thread::spawn(move || browser.close())
        };
        assert_eq!(wait(&flights, &browser), Outcome::Good);
        fickle.join().unwrap();
        user.join().unwrap();
        assert_eq!(browser.under_way.load(Ordering::Acquire), 0);
    });
}
