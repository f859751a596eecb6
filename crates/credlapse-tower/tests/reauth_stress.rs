//! A thousand calls, slow and failing logins, callers that go away.

use std::error::Error;
use std::future::{self, Future};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use credlapse_tower::{Reauth, ReauthLayer};
use tower::util::BoxService;
use tower::{Service, ServiceBuilder, ServiceExt};

type BoxError = Box<dyn Error + Send + Sync>;

const TASKS: u64 = 1_000;

/// SplitMix64: a fixed sequence, so that a failure comes back.
fn random(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[derive(Default)]
struct World {
    under_way: AtomicBool,
    logins: AtomicUsize,
    good_logins: AtomicUsize,
    calls: AtomicUsize,
    retries: AtomicUsize,
    /// Callers that went away while somebody logged in.
    gone: AtomicUsize,
}

/// One login; it may be dropped at any point.
struct Login(Arc<World>);

impl Login {
    fn begin(world: &Arc<World>) -> Self {
        let before = world.under_way.swap(true, Ordering::SeqCst);
        assert!(!before, "two logins at once");
        Self(world.clone())
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        self.0.under_way.store(false, Ordering::SeqCst);
    }
}

type Stacked = BoxService<(), (), BoxError>;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls() {
    rounds(|reauth, service| {
        let stack = ServiceBuilder::new().layer(ReauthLayer::new(reauth));
        BoxService::new(stack.service(service))
    })
    .await;
}

#[cfg(feature = "retry")]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_by_the_policy() {
    rounds(|reauth, service| {
        let stack = ServiceBuilder::new().retry(credlapse_tower::ReauthPolicy::new(reauth));
        BoxService::new(stack.service(service))
    })
    .await;
}

async fn rounds(stack: fn(Reauth, Fickle) -> Stacked) {
    let mut sums = [0; 4];
    for round in 0..20 {
        let world = a_thousand_calls_of(round, stack).await;
        let counts = [
            &world.logins,
            &world.good_logins,
            &world.retries,
            &world.gone,
        ];
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count.load(Ordering::SeqCst);
        }
    }
    let [logins, good, retries, gone] = sums;
    println!(
        "{logins} logins, {good} good, {retries} retries, {gone} callers gone while one was under way"
    );
    assert!(
        good > 20 && logins - good > 20,
        "{good} of {logins} logins were good"
    );
    assert!(retries > 1_000, "{retries} retries");
    assert!(gone > 20, "{gone} callers went away during a login");
}

/// A service that fails at random.
#[derive(Clone)]
struct Fickle {
    world: Arc<World>,
    tries: Arc<AtomicUsize>,
    seed: u64,
}

impl Service<()> for Fickle {
    type Response = ();
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, (): ()) -> Self::Future {
        let number = self.world.calls.fetch_add(1, Ordering::SeqCst) as u64;
        if self.tries.fetch_add(1, Ordering::SeqCst) > 0 {
            self.world.retries.fetch_add(1, Ordering::SeqCst);
        }
        let seed = self.seed;
        Box::pin(async move {
            if number.is_multiple_of(2) {
                tokio::task::yield_now().await;
            }
            match random(number.wrapping_mul(31) ^ seed) % 4 {
                0 => Ok(()),
                1 => Err(BoxError::from("AccessDenied: Access Denied")),
                _ => Err(BoxError::from(
                    "ExpiredToken: The provided token has expired.",
                )),
            }
        })
    }
}

async fn a_thousand_calls_of(round: u64, stack: fn(Reauth, Fickle) -> Stacked) -> Arc<World> {
    let world = Arc::new(World::default());
    let seed = round << 48;
    let inside = world.clone();
    let reauth = Reauth::new(
        move |_| {
            let login = Login::begin(&inside);
            let number = inside.logins.fetch_add(1, Ordering::SeqCst) as u64;
            async move {
                for step in 0..random(number ^ seed) % 20 {
                    match random(number ^ seed ^ (step << 32)) % 3 {
                        0 => tokio::time::sleep(Duration::from_micros(200)).await,
                        _ => tokio::task::yield_now().await,
                    }
                }
                if random(!(number ^ seed)).is_multiple_of(3) {
                    return Err(BoxError::from("closed the browser"));
                }
                login.0.good_logins.fetch_add(1, Ordering::SeqCst);
                drop(login);
                Ok(())
            }
        },
        future::pending,
    );

    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let (world, reauth) = (world.clone(), reauth.clone());
        tasks.push(tokio::spawn(async move {
            // Not all at once, so that one login follows another.
            tokio::time::sleep(Duration::from_micros(random(task ^ !seed) % 20_000)).await;
            let tries = Arc::new(AtomicUsize::new(0));
            let service = stack(
                reauth,
                Fickle {
                    world: world.clone(),
                    tries: tries.clone(),
                    seed,
                },
            );
            let patience = random(task ^ seed) % 5;
            let call = service.oneshot(());
            let ended = match patience {
                // This caller goes away while it waits.
                0 => {
                    let patience = Duration::from_micros(random(!(task ^ seed)) % 400);
                    let ended = tokio::time::timeout(patience, call).await.is_ok();
                    if !ended && world.under_way.load(Ordering::SeqCst) {
                        world.gone.fetch_add(1, Ordering::SeqCst);
                    }
                    ended
                }
                _ => {
                    let _ = call.await;
                    true
                }
            };
            assert!(tries.load(Ordering::SeqCst) <= 2, "more than one retry");
            ended || patience == 0
        }));
    }
    let all = async {
        for task in tasks {
            assert!(task.await.unwrap());
        }
    };
    // Only a lost wake-up takes that long.
    let lost = tokio::time::timeout(Duration::from_secs(120), all).await;
    assert!(lost.is_ok(), "a caller waits for ever");
    assert!(!world.under_way.load(Ordering::SeqCst));
    world
}
