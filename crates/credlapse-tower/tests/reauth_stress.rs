//! A thousand calls, slow and failing logins, callers that go away.

use std::error::Error;
use std::future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use credlapse_tower::{Reauth, ReauthLayer};
use tower::{ServiceBuilder, ServiceExt, service_fn};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls() {
    let (mut logins, mut good) = (0, 0);
    for round in 0..20 {
        let world = a_thousand_calls_of(round).await;
        logins += world.logins.load(Ordering::SeqCst);
        good += world.good_logins.load(Ordering::SeqCst);
    }
    assert!(good > 20, "{good} of {logins} logins were good");
    assert!(logins - good > 20, "{good} of {logins} logins were good");
}

async fn a_thousand_calls_of(round: u64) -> Arc<World> {
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
            let (inside, counted) = (world.clone(), tries.clone());
            let service = ServiceBuilder::new()
                .layer(ReauthLayer::new(reauth))
                .service(service_fn(move |(): ()| {
                    let number = inside.calls.fetch_add(1, Ordering::SeqCst) as u64;
                    counted.fetch_add(1, Ordering::SeqCst);
                    async move {
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
                    }
                }));
            let patience = random(task ^ seed) % 5;
            let call = service.oneshot(());
            let ended = match patience {
                // This caller goes away while it waits.
                0 => {
                    tokio::time::timeout(Duration::from_micros(random(!(task ^ seed)) % 400), call)
                        .await
                        .is_ok()
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
