//! The orders of [`Aws`] over HTTP, under `/_sim/`.

use bytes::Bytes;
use http::Request;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::aws::{Aws, Renewal};
use crate::error::Error;
use crate::fault::Fault;
use crate::lapse::Lapse;
use crate::policy::Deny;
use crate::refusal::{Reply, reply};
use crate::sigv4::percent_decode;

#[derive(Deserialize)]
struct Expire {
    #[serde(flatten)]
    lapse: Lapse,
    #[serde(default)]
    in_seconds: i64,
}

#[derive(Deserialize)]
struct SessionName {
    session: String,
}

#[derive(Deserialize)]
struct Renew {
    what: Renewal,
}

#[derive(Deserialize)]
struct FailProcess {
    exit: u8,
    stderr: String,
}

#[derive(Deserialize)]
struct Issue {
    origin: String,
    seconds: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    clock_offset_seconds: Option<i64>,
    keys_seconds: Option<i64>,
}

/// Carries an order out: 200 with JSON, 204, or 400 with the reason in plain text.
pub(crate) fn answer(aws: &Aws, request: &Request<Bytes>) -> Reply {
    carry_out(aws, request).unwrap_or_else(|e| reply(400, "text/plain", format!("{e}\n")))
}

fn carry_out(aws: &Aws, request: &Request<Bytes>) -> Result<Reply, Error> {
    let path = request.uri().path().trim_start_matches("/_sim/");
    let body = request.body();
    if let Some(name) = path.strip_prefix("objects/") {
        return object(aws, request.method().as_str(), name, body);
    }
    match (request.method().as_str(), path) {
        ("GET", "environment") => return json(&aws.environment()),
        ("GET", "requests") => return json(&aws.requests()),
        ("DELETE", "requests") => aws.clear_requests(),
        ("POST", "expire") => {
            let order: Expire = read(body)?;
            aws.expire(&order.lapse, order.in_seconds)?;
        }
        ("POST", "login") => aws.login(&read::<SessionName>(body)?.session)?,
        ("POST", "logout") => aws.logout(&read::<SessionName>(body)?.session)?,
        ("POST", "renew") => aws.renew(read::<Renew>(body)?.what)?,
        ("POST", "fail-process") => {
            let order: FailProcess = read(body)?;
            aws.fail_process(order.exit, &order.stderr)?;
        }
        ("POST", "issue") => {
            let order: Issue = read(body)?;
            return json(&aws.issue(&order.origin, order.seconds));
        }
        ("POST", "settings") => {
            let order: Settings = read(body)?;
            order
                .clock_offset_seconds
                .into_iter()
                .for_each(|s| aws.set_clock_offset(s));
            order
                .keys_seconds
                .into_iter()
                .for_each(|s| aws.set_keys_seconds(s));
        }
        ("POST", "faults") => aws.add_fault(read::<Fault>(body)?),
        ("DELETE", "faults") => aws.clear_faults(),
        ("POST", "denials") => aws.deny(read::<Deny>(body)?),
        ("DELETE", "denials") => aws.clear_denials(),
        (method, _) => return Err(format!("there is no order {method} /_sim/{path}").into()),
    }
    Ok(reply(204, "text/plain", ""))
}

fn object(aws: &Aws, method: &str, name: &str, body: &Bytes) -> Result<Reply, Error> {
    let name = percent_decode(&name.replace('+', "%2B"));
    let (bucket, key) = name
        .split_once('/')
        .ok_or("an object is /_sim/objects/BUCKET/KEY")?;
    match method {
        "PUT" => aws.put_object(bucket, key, body.clone()),
        "GET" => {
            let content = aws.object(bucket, key);
            let missing = || reply(404, "text/plain", "there is no such object\n");
            return Ok(content.map_or_else(missing, |c| reply(200, "application/octet-stream", c)));
        }
        _ => return Err(format!("there is no order {method} /_sim/objects").into()),
    }
    Ok(reply(204, "text/plain", ""))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    Ok(serde_json::from_slice(body)?)
}

fn json<T: serde::Serialize>(value: &T) -> Result<Reply, Error> {
    Ok(reply(200, "application/json", serde_json::to_vec(value)?))
}
