//! The two places where a machine finds the keys of its role: IMDS and the container endpoint.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Method, Request};
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::aws::{ACCOUNT, Aws, REGION, State};
use crate::clock::extended;
use crate::keys::Key;
use crate::mint::Mint;
use crate::refusal::{Refusal, Reply, put, reply};
use crate::route::{Service, Target};
use crate::sigv4::header;

const INSTANCE_ROLE: &str = "instance-role";
const TTL: &str = "x-aws-ec2-metadata-token-ttl-seconds";

#[derive(Debug)]
pub(crate) struct Metadata {
    /// The last path segment of the container endpoint.
    pub(crate) container_id: String,
    /// What the container sends as `Authorization`.
    pub(crate) container_token: String,
    /// IMDSv2 tokens and their ends.
    tokens: BTreeMap<String, OffsetDateTime>,
    /// The keys that are handed out until they end, per service.
    current: BTreeMap<&'static str, String>,
}

impl Metadata {
    pub(crate) fn new(mint: &mut Mint) -> Self {
        Self {
            container_id: mint.uuid(),
            container_token: mint.opaque(40),
            tokens: BTreeMap::new(),
            current: BTreeMap::new(),
        }
    }
}

impl State {
    /// The role keys of `origin`; new ones if the last have ended.
    fn machine_key(&mut self, origin: &'static str, arn: &str) -> Key {
        let now = self.clock.now();
        let held = self
            .metadata
            .current
            .get(origin)
            .and_then(|id| self.keys.get(id));
        if let Some(key) = held.filter(|key| !key.has_expired(now)) {
            return key.clone();
        }
        let end = now + Duration::seconds(self.keys_seconds);
        let key = self.keys.issue(&mut self.mint, origin, arn, end);
        self.metadata.current.insert(origin, key.id.clone());
        key
    }
}

/// Answers a request to IMDS; version 1, without a token, is off.
pub(crate) fn imds(aws: &Aws, request: &Request<Bytes>, target: &Target) -> Result<Reply, Refusal> {
    let mut state = aws.state();
    let now = state.clock.now();
    if target.operation == "GetToken" {
        let ttl = header(request.headers(), TTL)
            .and_then(|v| v.parse().ok())
            .filter(|s| (1..=21_600).contains(s));
        let (Some(ttl), &Method::PUT) = (ttl, request.method()) else {
            return Err(refuse("Bad Request"));
        };
        let token = state.mint.opaque(54) + "==";
        state
            .metadata
            .tokens
            .insert(token.clone(), now + Duration::seconds(ttl));
        let mut granted = reply(200, "text/plain", token);
        put(&mut granted, TTL, &ttl.to_string());
        return Ok(granted);
    }
    let token = header(request.headers(), "x-aws-ec2-metadata-token").unwrap_or_default();
    if state
        .metadata
        .tokens
        .get(token)
        .is_none_or(|end| *end <= now)
    {
        return Err(refuse("Unauthorized"));
    }
    let path = request.uri().path();
    match target.operation.as_str() {
        "GetRole" => Ok(reply(200, "text/plain", INSTANCE_ROLE)),
        "GetCredentials" if path.ends_with(&format!("/{INSTANCE_ROLE}")) => {
            let arn =
                format!("arn:aws:sts::{ACCOUNT}:assumed-role/{INSTANCE_ROLE}/i-0123456789abcdef0");
            let key = state.machine_key("imds", &arn);
            let body = json!({
                "Code": "Success",
                "LastUpdated": extended(now),
                "Type": "AWS-HMAC",
                "AccessKeyId": key.id,
                "SecretAccessKey": key.secret,
                "Token": key.token,
                "Expiration": key.expires_at.map(extended),
            });
            Ok(reply(200, "text/plain", format!("{body:#}")))
        }
        _ if path == "/latest/meta-data/placement/region" => Ok(reply(200, "text/plain", REGION)),
        _ => Err(refuse("Not Found")),
    }
}

/// Answers a request to the container endpoint.
pub(crate) fn container(aws: &Aws, request: &Request<Bytes>) -> Result<Reply, Refusal> {
    let mut state = aws.state();
    let id = request.uri().path().rsplit('/').next().unwrap_or_default();
    let authorized =
        header(request.headers(), "authorization") == Some(state.metadata.container_token.as_str());
    if id != state.metadata.container_id || !authorized {
        return Err(Refusal::new(Service::Container, "InvalidIdInRequest"));
    }
    let key = state.machine_key(
        "container",
        &format!("arn:aws:sts::{ACCOUNT}:assumed-role/task-role/task"),
    );
    let body = json!({
        "RoleArn": format!("arn:aws:iam::{ACCOUNT}:role/task-role"),
        "AccessKeyId": key.id,
        "SecretAccessKey": key.secret,
        "Token": key.token,
        "Expiration": key.expires_at.map(extended),
        "AccountId": ACCOUNT,
    });
    Ok(reply(200, "application/json", body.to_string()))
}

fn refuse(title: &str) -> Refusal {
    Refusal::new(Service::Imds, title)
}
