//! Every way in which a program comes to keys.

use aws_sim::{Deny, Effect, Fault, Lapse, Renewal, Service, Sim, Variables};

use crate::client::{Outcome, codes, refused, sts};

async fn arn(variables: &Variables) -> Result<String, Box<dyn std::error::Error>> {
    Ok(sts(variables)
        .await
        .get_caller_identity()
        .send()
        .await?
        .arn
        .unwrap_or_default())
}

/// The error with all its sources.
async fn failure(variables: &Variables) -> String {
    let error = sts(variables)
        .await
        .get_caller_identity()
        .send()
        .await
        .expect_err("no keys");
    format!("{error:?}")
}

#[tokio::test]
async fn every_profile_leads_to_its_identity() -> Outcome {
    let sim = Sim::start().await?;
    let mut environment = sim.environment();
    environment
        .env
        .extend(environment.sources["container"].clone());
    environment.env.extend(environment.sources["imds"].clone());
    for (profile, expected) in [
        ("static", "arn:aws:iam::123456789012:user/alice"),
        ("session", "arn:aws:iam::123456789012:user/alice"),
        (
            "sso",
            "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/alice",
        ),
        (
            "sso-legacy",
            "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/alice",
        ),
        ("role", "arn:aws:sts::123456789012:assumed-role/Deploy/"),
        ("role-sso", "arn:aws:sts::123456789012:assumed-role/Deploy/"),
        ("process", "arn:aws:iam::123456789012:user/alice"),
        (
            "web-identity",
            "arn:aws:sts::123456789012:assumed-role/Web/web",
        ),
        ("imds", "arn:aws:sts::123456789012:assumed-role/Deploy/"),
        (
            "container",
            "arn:aws:sts::123456789012:assumed-role/Deploy/",
        ),
    ] {
        let arn = arn(&environment.with_profile(profile))
            .await
            .map_err(|e| format!("{profile}: {e:?}"))?;
        assert!(arn.starts_with(expected), "{profile}: {arn}");
    }
    Ok(())
}

#[tokio::test]
async fn every_source_of_variables_leads_to_its_identity() -> Outcome {
    let sim = Sim::start().await?;
    for (source, expected) in [
        ("static", "arn:aws:iam::123456789012:user/alice"),
        ("session", "arn:aws:iam::123456789012:user/alice"),
        (
            "imds",
            "arn:aws:sts::123456789012:assumed-role/instance-role/i-0123456789abcdef0",
        ),
        (
            "container",
            "arn:aws:sts::123456789012:assumed-role/task-role/task",
        ),
        (
            "web-identity",
            "arn:aws:sts::123456789012:assumed-role/Web/web",
        ),
    ] {
        assert_eq!(
            arn(&sim.environment().with_source(source)).await?,
            expected,
            "{source}"
        );
    }
    let none = failure(&sim.environment().env).await;
    assert!(none.contains("CredentialsNotLoaded"), "{none}");
    Ok(())
}

#[tokio::test]
async fn imds_wants_a_token_and_renews_keys_that_have_ended() -> Outcome {
    let sim = Sim::start().await?;
    let path = "/latest/meta-data/iam/security-credentials/";
    assert!(
        crate::raw::get(sim.url(), path)
            .await?
            .starts_with("HTTP/1.1 401 ")
    );
    let without_ttl = crate::raw::send(sim.url(), "PUT", "/latest/api/token", "").await?;
    assert!(without_ttl.starts_with("HTTP/1.1 400 "), "{without_ttl}");
    let variables = sim.environment().with_source("imds");
    arn(&variables).await?;
    sim.expire(&Lapse::keys("imds"), 0)?;
    arn(&variables).await?;
    let keys: std::collections::BTreeSet<_> = sim
        .requests()
        .into_iter()
        .filter_map(|seen| seen.access_key_id)
        .collect();
    assert_eq!(keys.len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_machine_without_a_role_has_no_keys() -> Outcome {
    let sim = Sim::start().await?;
    sim.add_fault(
        Fault::error("Not Found")
            .at(Service::Imds)
            .on("GetRole")
            .always(),
    );
    sim.add_fault(
        Fault::error("CredentialsUninitialized")
            .at(Service::Container)
            .always(),
    );
    let error = failure(&sim.environment().with_source("container")).await;
    assert!(
        error.contains("Non-success status from HTTP credential provider: StatusCode(503)"),
        "{error}"
    );
    let error = failure(&sim.environment().with_source("imds")).await;
    assert!(error.contains("CredentialsNotLoaded"), "{error}");
    assert_eq!(codes(&sim, "GetRole"), ["Not Found"]);
    Ok(())
}

#[tokio::test]
async fn a_web_identity_token_ends_and_is_renewed() -> Outcome {
    let sim = Sim::start().await?;
    let variables = sim.environment().with_profile("web-identity");
    sim.expire(&Lapse::WebIdentity, 0)?;
    let error = failure(&variables).await;
    assert!(
        error.contains("Token expired: current date/time "),
        "{error}"
    );
    assert_eq!(
        codes(&sim, "AssumeRoleWithWebIdentity"),
        ["ExpiredTokenException"]
    );
    sim.renew(Renewal::WebIdentity)?;
    arn(&variables).await?;
    Ok(())
}

#[tokio::test]
async fn a_process_fails_and_is_mended() -> Outcome {
    let sim = Sim::start().await?;
    let variables = sim.environment().with_profile("process");
    sim.fail_process(3, "vault: the token has expired")?;
    assert!(
        failure(&variables)
            .await
            .contains("vault: the token has expired")
    );
    sim.renew(Renewal::Process)?;
    arn(&variables).await?;
    Ok(())
}

#[tokio::test]
async fn a_role_may_be_denied_or_want_a_code() -> Outcome {
    let sim = Sim::start().await?;
    let error = failure(&sim.environment().with_profile("mfa")).await;
    assert!(error.contains("is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/Mfa"));

    let static_client = sts(&sim.environment().with_profile("static")).await;
    let with_code = |code: &str| {
        let call = static_client
            .assume_role()
            .role_arn("arn:aws:iam::123456789012:role/Mfa")
            .role_session_name("me");
        call.serial_number("arn:aws:iam::123456789012:mfa/alice")
            .token_code(code)
            .send()
    };
    let wrong = refused(with_code("000000").await);
    assert_eq!(
        wrong.message(),
        "MultiFactorAuthentication failed with invalid MFA one time pass code. "
    );
    let right = with_code("123456").await?;
    assert!(
        right
            .credentials()
            .is_some_and(|keys| keys.access_key_id().starts_with("ASIA"))
    );

    sim.deny(Deny::new("sts:AssumeRole").on("*:role/Deploy"));
    assert!(
        failure(&sim.environment().with_profile("role"))
            .await
            .contains("sts:AssumeRole")
    );
    sim.clear_denials();
    arn(&sim.environment().with_profile("role")).await?;
    Ok(())
}

#[tokio::test]
async fn a_role_key_can_end_before_its_time() -> Outcome {
    let sim = Sim::start().await?;
    let client = sts(&sim.environment().with_profile("role")).await;
    sim.add_fault(
        Fault::new(Effect::Expire(Lapse::keys("role")))
            .on("GetCallerIdentity")
            .after(1),
    );
    client.get_caller_identity().send().await?;
    assert_eq!(
        refused(client.get_caller_identity().send().await).code(),
        "ExpiredToken"
    );
    Ok(())
}
