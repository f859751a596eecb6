//! Sessions of IAM Identity Center: expired, refreshed, revoked, logged out, and logged in again.

use std::error::Error;
use std::path::Path;

use aws_sdk_sts::Client;
use aws_sdk_sts::config::IdentityCache;
use aws_sim::{Effect, Fault, Lapse, Service, Sim};

use crate::client::{Outcome, codes, config, sts};

async fn identity(client: &Client) -> Result<String, String> {
    match client.get_caller_identity().send().await {
        Ok(identity) => Ok(identity.arn.unwrap_or_default()),
        Err(error) => {
            let mut texts = vec![error.to_string()];
            let mut next = error.source();
            while let Some(source) = next {
                texts.push(source.to_string());
                next = source.source();
            }
            Err(texts.join(" <- "))
        }
    }
}

async fn client(sim: &Sim, profile: &str) -> Client {
    sts(&sim.environment().with_profile(profile)).await
}

#[tokio::test]
async fn an_expired_session_works_again_after_a_login() -> Outcome {
    let sim = Sim::start().await?;
    sim.expire(&Lapse::sso("corp"), 0)?;
    let client = client(&sim, "sso").await;
    let error = identity(&client).await.expect_err("an expired session");
    // The SDK swallows the refused refresh and shows what the portal says to the old token.
    assert!(
        error.contains("UnauthorizedException: Session token not found or invalid"),
        "{error}"
    );
    assert_eq!(codes(&sim, "CreateToken"), ["InvalidGrantException"]);
    assert_eq!(codes(&sim, "GetRoleCredentials"), ["UnauthorizedException"]);
    sim.login("corp")?;
    assert!(
        identity(&client)
            .await?
            .contains(":assumed-role/AWSReservedSSO_Dev_")
    );
    Ok(())
}

#[tokio::test]
async fn an_expired_token_is_refreshed_if_it_can_be() -> Outcome {
    let sim = Sim::start().await?;
    sim.expire(&Lapse::sso_refreshable("corp"), 0)?;
    let before = cached(&sim, "ee0bfd2552fbd840c02cc48b6e823320543c450f")?;
    let client = client(&sim, "sso").await;
    identity(&client).await?;
    assert_eq!(codes(&sim, "CreateToken"), ["ok"]);
    let after = cached(&sim, "ee0bfd2552fbd840c02cc48b6e823320543c450f")?;
    assert_ne!(before["accessToken"], after["accessToken"]);
    assert_ne!(before["refreshToken"], after["refreshToken"]);
    Ok(())
}

#[tokio::test]
async fn a_revoked_session_is_found_out_by_the_portal() -> Outcome {
    let sim = Sim::start().await?;
    sim.expire(&Lapse::sso_revoked("corp"), 0)?;
    let error = identity(&client(&sim, "sso").await)
        .await
        .expect_err("a revoked session");
    assert!(error.contains("UnauthorizedException"), "{error}");
    assert_eq!(codes(&sim, "CreateToken"), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_legacy_session_has_no_refresh() -> Outcome {
    let sim = Sim::start().await?;
    let client = client(&sim, "sso-legacy").await;
    identity(&client).await?;
    // The keys of the role live on.
    sim.expire(&Lapse::sso("legacy"), 0)?;
    identity(&client).await?;
    let fresh = self::client(&sim, "sso-legacy").await;
    assert!(
        identity(&fresh)
            .await
            .expect_err("an expired session")
            .contains("UnauthorizedException")
    );
    sim.login("legacy")?;
    identity(&fresh).await?;
    Ok(())
}

#[tokio::test]
async fn after_a_logout_there_is_no_token() -> Outcome {
    let sim = Sim::start().await?;
    sim.logout("corp")?;
    sim.logout("corp")?;
    let error = identity(&client(&sim, "sso").await)
        .await
        .expect_err("no token");
    assert!(
        error.contains("failed to load the cached SSO token"),
        "{error}"
    );
    assert_eq!(codes(&sim, "GetRoleCredentials"), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_session_ends_in_the_middle_of_a_run() -> Outcome {
    let sim = Sim::start().await?;
    // Near enough for the SDK to read the cache file each time.
    sim.expire(&Lapse::sso("corp"), 60)?;
    sim.add_fault(
        Fault::new(Effect::Expire(Lapse::sso("corp")))
            .at(Service::Sso)
            .after(2),
    );
    let config = config(&sim.environment().with_profile("sso")).await;
    let forgetful =
        aws_sdk_sts::config::Builder::from(&config).identity_cache(IdentityCache::no_cache());
    let client = Client::from_conf(forgetful.build());
    identity(&client).await?;
    identity(&client).await?;
    let error = identity(&client).await.expect_err("an expired session");
    assert!(error.contains("UnauthorizedException"), "{error}");
    sim.login("corp")?;
    identity(&client).await?;
    Ok(())
}

#[tokio::test]
async fn the_login_command_of_the_home_logs_in() -> Outcome {
    let sim = Sim::start().await?;
    sim.expire(&Lapse::sso("corp"), 0)?;
    let aws = Path::new(&sim.environment().home).join("bin/aws");
    let login = |arguments: &'static [&'static str]| {
        tokio::process::Command::new(&aws).args(arguments).output()
    };
    let wrong = login(&["s3", "ls"]).await?;
    assert_eq!(wrong.status.code(), Some(252));
    let unknown = login(&["sso", "login", "--profile", "nope"]).await?;
    assert_eq!(unknown.status.code(), Some(253));
    let done = login(&["sso", "login", "--profile", "sso"]).await?;
    assert!(done.status.success(), "{done:?}");
    assert_eq!(
        done.stdout,
        b"Successfully logged into Start URL: https://corp.awsapps.com/start\n"
    );
    identity(&client(&sim, "sso").await).await?;
    Ok(())
}

fn cached(sim: &Sim, sha1: &str) -> Result<serde_json::Value, Box<dyn Error>> {
    let file = Path::new(&sim.environment().home).join(format!(".aws/sso/cache/{sha1}.json"));
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}
