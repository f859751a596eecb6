//! rust-s3, which blocks.

use s3::creds::Credentials;
use s3::{Bucket, Region};

use crate::place::{Place, Request};
use crate::{BoxError, provoke};

fn bucket(place: &Place) -> Result<Box<Bucket>, BoxError> {
    let credentials = Credentials::new(
        Some(&place.access_key),
        Some(&place.secret_key),
        None,
        place.session_token.as_deref(),
        None,
    )?;
    let region = Region::Custom {
        region: "us-east-1".into(),
        endpoint: place.url.clone(),
    };
    Ok(Bucket::new(&place.bucket, region, credentials)?.with_path_style())
}

fn send_blocking(place: &Place, request: Request) -> Result<(), BoxError> {
    let mut bucket = bucket(place)?;
    match request {
        Request::Get => drop(bucket.get_object("gone.csv")?),
        Request::Put => drop(bucket.put_object("report.csv", b"a,b")?),
        Request::List => drop(bucket.list(String::new(), None)?),
        Request::Head => drop(bucket.head_object("gone.csv")?),
        Request::Match => {
            bucket.add_header("if-match", "\"0\"");
            drop(bucket.get_object("report.csv")?);
        }
    }
    Ok(())
}

async fn send(place: Place, request: Request) -> Result<(), BoxError> {
    tokio::task::spawn_blocking(move || send_blocking(&place, request)).await?
}

#[tokio::test(flavor = "multi_thread")]
async fn every_failure() {
    provoke("rust-s3", send).await;
}
