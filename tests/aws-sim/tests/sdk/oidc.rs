//! The calls that `aws sso login` makes.

use aws_sdk_ssooidc::Client;
use aws_sim::{Fault, Sim};

use crate::client::{Outcome, config, refused};
use crate::raw;

const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

#[tokio::test]
async fn a_device_is_authorized_and_polls_for_its_token() -> Outcome {
    let sim = Sim::start().await?;
    let oidc = Client::new(&config(&sim.environment().env).await);
    let client = oidc
        .register_client()
        .client_name("test")
        .client_type("public")
        .send()
        .await?;
    let (id, secret) = (
        client.client_id().unwrap_or_default(),
        client.client_secret().unwrap_or_default(),
    );
    let start = |url: &str| {
        oidc.start_device_authorization()
            .client_id(id)
            .client_secret(secret)
            .start_url(url)
            .send()
    };
    assert_eq!(
        refused(start("https://nope.awsapps.com/start").await).status,
        400
    );
    let device = start("https://legacy.awsapps.com/start").await?;
    let poll = |code: &str| {
        let call = oidc
            .create_token()
            .client_id(id)
            .client_secret(secret)
            .grant_type(DEVICE);
        call.device_code(code).send()
    };
    let code = device.device_code().expect("a device code");
    sim.add_fault(Fault::error("AuthorizationPendingException").on("CreateToken"));
    assert_eq!(
        refused(poll(code).await).code(),
        "AuthorizationPendingException"
    );
    let token = poll(code).await?;
    assert!(
        token
            .access_token()
            .is_some_and(|token| token.starts_with("aoa"))
    );
    assert_eq!((token.refresh_token(), token.expires_in()), (None, 28_800));
    assert_eq!(
        refused(poll("another").await).code(),
        "InvalidGrantException"
    );
    Ok(())
}

#[tokio::test]
async fn a_browser_is_sent_back_with_a_code() -> Outcome {
    let sim = Sim::start().await?;
    let oidc = Client::new(&config(&sim.environment().env).await);
    let start_url = "https://corp.awsapps.com/start";
    let register = oidc
        .register_client()
        .client_name("test")
        .client_type("public")
        .issuer_url(start_url);
    let client = register.send().await?;
    let id = client.client_id().expect("a client id");
    let query = format!(
        "client_id={id}&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Foauth%2Fcallback&state=abc"
    );
    let answer = raw::get(sim.url(), &format!("/authorize?{query}")).await?;
    assert!(answer.starts_with("HTTP/1.1 302 "), "{answer}");
    let back = answer
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .expect("a location");
    let code = back
        .strip_prefix("http://127.0.0.1:1/oauth/callback?code=")
        .and_then(|rest| rest.strip_suffix("&state=abc"));
    let call = oidc
        .create_token()
        .client_id(id)
        .client_secret(client.client_secret().unwrap_or_default());
    let token = call
        .grant_type("authorization_code")
        .code(code.expect("a code"))
        .send()
        .await?;
    assert!(
        token
            .refresh_token()
            .is_some_and(|token| token.starts_with("aor"))
    );
    Ok(())
}
