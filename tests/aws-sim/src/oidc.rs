//! The token endpoint of IAM Identity Center: refreshing, and the device flow of `aws sso login`.

use bytes::Bytes;
use http::Request;
use serde::Deserialize;
use serde_json::{Value, json};
use time::Duration;

use crate::aws::{Aws, State};
use crate::refusal::{Refusal, Reply, put, reply};
use crate::route::{Service, Target};
use crate::sigv4::form_value;
use crate::sso::Session;

const TOKEN_SECONDS: i64 = 28_800;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CreateToken {
    grant_type: String,
    refresh_token: String,
    device_code: String,
    code: String,
}

impl Default for CreateToken {
    fn default() -> Self {
        let none = String::new;
        Self {
            grant_type: none(),
            refresh_token: none(),
            device_code: none(),
            code: none(),
        }
    }
}

/// Answers a request to the token endpoint.
pub(crate) fn oidc(aws: &Aws, request: &Request<Bytes>, target: &Target) -> Result<Reply, Refusal> {
    let mut state = aws.state();
    let body = || {
        serde_json::from_slice::<Value>(request.body())
            .map_err(|_| refuse("InvalidRequestException"))
    };
    match target.operation.as_str() {
        "CreateToken" => {
            let input =
                serde_json::from_value(body()?).map_err(|_| refuse("InvalidRequestException"))?;
            create_token(&mut state, &input)
        }
        "RegisterClient" => Ok(register(&mut state, &body()?)),
        "StartDeviceAuthorization" => {
            let url = body()?["startUrl"].as_str().unwrap_or_default().to_owned();
            let name = session_of(&state, &url)?;
            Ok(ok(&json!({
                "deviceCode": format!("device-{name}"),
                "userCode": "ABCD-EFGH",
                "verificationUri": aws.url,
                "verificationUriComplete": format!("{}/?user_code=ABCD-EFGH", aws.url),
                "expiresIn": 600,
                "interval": 1,
            })))
        }
        "Authorize" => authorize(request.uri().query().unwrap_or_default()),
        _ => Err(refuse("InvalidRequestException")),
    }
}

fn register(state: &mut State, body: &Value) -> Reply {
    let now = state.clock.now();
    // The flow with a browser names no start URL after this; so the client id carries the session.
    let issuer = body["issuerUrl"].as_str().unwrap_or_default();
    let name = session_of(state, issuer).unwrap_or_else(|_| "any".to_owned());
    ok(&json!({
        "clientId": format!("{name}.{}", state.mint.opaque(22)),
        "clientSecret": state.mint.opaque(120),
        "clientIdIssuedAt": now.unix_timestamp(),
        "clientSecretExpiresAt": (now + Duration::days(90)).unix_timestamp(),
    }))
}

/// Stands for the page on which a person approves: it approves.
fn authorize(query: &str) -> Result<Reply, Refusal> {
    let value = |name| form_value(query, name).ok_or_else(|| refuse("InvalidRequestException"));
    let client = value("client_id")?;
    let session = client.split('.').next().unwrap_or_default();
    let location = format!(
        "{}?code=browser-{session}&state={}",
        value("redirect_uri")?,
        value("state")?
    );
    let mut found = reply(302, "text/plain", "");
    put(&mut found, "location", &location);
    Ok(found)
}

fn create_token(state: &mut State, input: &CreateToken) -> Result<Reply, Refusal> {
    let now = state.clock.now();
    let State { sso, mint, .. } = state;
    let wanted: Box<dyn Fn(&Session) -> bool + '_> = match input.grant_type.as_str() {
        "refresh_token" => {
            Box::new(|s| s.refreshable && s.refresh_token.as_ref() == Some(&input.refresh_token))
        }
        "urn:ietf:params:oauth:grant-type:device_code" => {
            Box::new(|s| input.device_code == format!("device-{}", s.name))
        }
        "authorization_code" => Box::new(|s| input.code == format!("browser-{}", s.name)),
        _ => return Err(refuse("UnsupportedGrantTypeException")),
    };
    let session = sso
        .sessions
        .iter_mut()
        .find(|s| wanted(s))
        .ok_or_else(|| refuse("InvalidGrantException"))?;
    session.log_in(mint, now + Duration::seconds(TOKEN_SECONDS));
    let mut token = json!({
        "accessToken": session.access_token,
        "tokenType": "Bearer",
        "expiresIn": TOKEN_SECONDS,
    });
    if let Some(refresh) = &session.refresh_token {
        token["refreshToken"] = json!(refresh);
    }
    Ok(ok(&token))
}

fn session_of(state: &State, start_url: &str) -> Result<String, Refusal> {
    let found = state.sso.sessions.iter().find(|s| s.start_url == start_url);
    found
        .map(|s| s.name.clone())
        .ok_or_else(|| refuse("InvalidRequestException"))
}

fn ok(body: &Value) -> Reply {
    reply(200, "application/json", body.to_string())
}

fn refuse(code: &str) -> Refusal {
    Refusal::new(Service::SsoOidc, code)
}
