//! What object_store, opendal and rust-s3 throw when credentials are the matter, and when they are not.
//!
//! Each client makes the same requests to a simulated AWS. Of its error only `dyn Error` is looked at, since all three
//! keep their types to themselves: as it is, inside another error, and as the one line that a program prints.

mod failure;
mod object_store;
mod opendal;
mod place;
mod rust_s3;
mod seen;

use std::error::Error;
use std::future::Future;

use failure::{FAILURES, Failure};
use place::{Place, Request};
use seen::check;

type BoxError = Box<dyn Error + Send + Sync>;

/// Provokes every failure with one client and compares the verdicts.
async fn provoke<F>(client: &str, send: impl Fn(Place, Request) -> F)
where
    F: Future<Output = Result<(), BoxError>>,
{
    let mut wrong = Vec::new();
    for failure in FAILURES {
        let Failure { name, requests, .. } = failure;
        for request in *requests {
            let (sim, place) = failure.arrange().await;
            let name = format!("{client}: {name}, {request:?}");
            match send(place.clone(), *request).await {
                Ok(()) => wrong.push(format!("{name}: no error")),
                Err(error) => wrong.extend(check(&name, error, &place, failure.expected(*request))),
            }
            drop(sim);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
