//! opendal.

use credlapse::Kind;
use opendal::Operator;
use opendal::services::S3;

use crate::failure::arrange;
use crate::place::{Place, Request};
use crate::seen::assert_verdict;
use crate::{BoxError, provoke};

/// Without the files and the environment of whoever runs the test.
fn service(place: &Place) -> S3 {
    opendal_http_transport_reqwest::install_default();
    S3::default()
        .endpoint(&place.url)
        .region("us-east-1")
        .bucket(&place.bucket)
        .disable_config_load()
        .disable_ec2_metadata()
}

fn operator(place: &Place) -> Result<Operator, BoxError> {
    let mut service = service(place)
        .access_key_id(&place.access_key)
        .secret_access_key(&place.secret_key);
    if let Some(token) = &place.session_token {
        service = service.session_token(token);
    }
    Ok(Operator::new(service)?)
}

async fn send(place: Place, request: Request) -> Result<(), BoxError> {
    let operator = operator(&place)?;
    match request {
        Request::Get => drop(operator.read("gone.csv").await?),
        Request::Put => drop(operator.write("report.csv", "a,b").await?),
        Request::List => drop(operator.list("/").await?),
        Request::Head => drop(operator.stat("gone.csv").await?),
        Request::Match => drop(operator.read_with("report.csv").if_match("\"0\"").await?),
    }
    Ok(())
}

#[tokio::test]
async fn every_failure() {
    provoke("opendal", send).await;
}

#[tokio::test]
async fn no_keys() {
    let (_sim, place) = arrange().await;
    let operator = Operator::new(service(&place)).unwrap();
    let error = operator.read("report.csv").await.unwrap_err().into();
    assert_verdict(
        "opendal: no keys",
        error,
        &place,
        Some(Kind::CredentialsMissing),
    );
}
