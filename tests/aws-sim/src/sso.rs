//! The sessions of IAM Identity Center and the portal that gives role keys for them.

use bytes::Bytes;
use http::Request;
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::aws::{ACCOUNT, Aws, State};
use crate::error::Error;
use crate::mint::Mint;
use crate::refusal::{Refusal, Reply, reply};
use crate::route::{Service, Target};
use crate::sigv4::{form_value, header};

/// The permission set that everyone has.
pub(crate) const ROLE: &str = "Dev";

#[derive(Debug)]
pub(crate) struct Sso {
    pub(crate) sessions: Vec<Session>,
}

/// One login, of a `[sso-session]` or of a legacy profile.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) name: String,
    pub(crate) start_url: String,
    pub(crate) access_token: String,
    pub(crate) expires_at: OffsetDateTime,
    /// Legacy logins have none.
    pub(crate) refresh_token: Option<String>,
    pub(crate) refreshable: bool,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) registration_expires_at: OffsetDateTime,
}

impl Sso {
    pub(crate) fn new(mint: &mut Mint, now: OffsetDateTime) -> Self {
        let mut session = |name: &str, refreshes: bool| {
            let mut session = Session {
                name: name.to_owned(),
                start_url: format!("https://{name}.awsapps.com/start"),
                access_token: String::new(),
                expires_at: now,
                refresh_token: refreshes.then(String::new),
                refreshable: false,
                client_id: mint.opaque(22),
                client_secret: mint.opaque(120),
                registration_expires_at: now + Duration::days(90),
            };
            session.log_in(mint, now + Duration::hours(8));
            session
        };
        Self {
            sessions: vec![session("corp", true), session("legacy", false)],
        }
    }

    pub(crate) fn session_mut(&mut self, name: &str) -> Result<&mut Session, Error> {
        let found = self.sessions.iter_mut().find(|s| s.name == name);
        found.ok_or_else(|| {
            format!("there is no SSO session `{name}`, only `corp` and `legacy`").into()
        })
    }
}

impl Session {
    pub(crate) fn log_in(&mut self, mint: &mut Mint, until: OffsetDateTime) {
        self.access_token = mint.bearer("aoa");
        self.refresh_token = self.refresh_token.is_some().then(|| mint.bearer("aor"));
        self.refreshable = self.refresh_token.is_some();
        self.expires_at = until;
    }

    pub(crate) fn end(&mut self, at: OffsetDateTime, refreshable: bool) {
        self.expires_at = at;
        self.refreshable = refreshable && self.refresh_token.is_some();
    }
}

/// Answers a request to the portal.
pub(crate) fn portal(
    aws: &Aws,
    request: &Request<Bytes>,
    target: &Target,
) -> Result<Reply, Refusal> {
    let mut state = aws.state();
    let now = state.clock.now();
    let bearer = header(request.headers(), "x-amz-sso_bearer_token").unwrap_or_default();
    let signed_in = state
        .sso
        .sessions
        .iter()
        .find(|s| s.access_token == bearer && s.expires_at > now);
    let session = signed_in
        .map(|s| s.name.clone())
        .ok_or_else(|| refuse("UnauthorizedException"))?;
    let query = request.uri().query().unwrap_or_default();
    match target.operation.as_str() {
        "GetRoleCredentials" => role_credentials(&mut state, &session, query),
        "ListAccounts" => Ok(ok(&json!({
            "nextToken": null,
            "accountList": [{"accountId": ACCOUNT, "accountName": "Dev", "emailAddress": "dev@example.com"}],
        }))),
        "ListAccountRoles" => Ok(ok(
            &json!({"roleList": [{"roleName": ROLE, "accountId": ACCOUNT}]}),
        )),
        "Logout" => {
            state
                .sso
                .sessions
                .iter_mut()
                .filter(|s| s.name == session)
                .for_each(|s| s.end(now, false));
            Ok(reply(200, "application/json", ""))
        }
        _ => Err(refuse("ResourceNotFoundException")),
    }
}

fn role_credentials(state: &mut State, session: &str, query: &str) -> Result<Reply, Refusal> {
    let (role, account) = (
        form_value(query, "role_name"),
        form_value(query, "account_id"),
    );
    if role.as_deref() != Some(ROLE) || account.as_deref() != Some(ACCOUNT) {
        return Err(refuse("ForbiddenException"));
    }
    let end = state.clock.now() + Duration::seconds(state.keys_seconds);
    let arn =
        format!("arn:aws:sts::{ACCOUNT}:assumed-role/AWSReservedSSO_{ROLE}_0123456789abcdef/alice");
    let State { keys, mint, .. } = state;
    let key = keys.issue(mint, session, &arn, end);
    Ok(ok(&json!({"roleCredentials": {
        "accessKeyId": key.id,
        "secretAccessKey": key.secret,
        "sessionToken": key.token,
        "expiration": i64::try_from(end.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX),
    }})))
}

fn ok(body: &serde_json::Value) -> Reply {
    reply(200, "application/json", body.to_string())
}

fn refuse(code: &str) -> Refusal {
    Refusal::new(Service::Sso, code)
}
