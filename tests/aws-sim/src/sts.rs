//! STS, in the query protocol.

use bytes::Bytes;
use http::Request;
use time::Duration;

use crate::aws::{ACCOUNT, Aws, State};
use crate::clock::{basic, extended, parse_basic};
use crate::keys::Key;
use crate::policy;
use crate::refusal::{Refusal, Reply, element, put, reply};
use crate::route::{Service, Target};
use crate::sigv4::{Signed, form_value};
use crate::web_identity::SUBJECT;

/// The role that is given for a code only.
pub(crate) const MFA_ROLE: &str = "Mfa";
/// The code that is right.
const MFA_CODE: &str = "123456";
const ROLE_ID: &str = "AROAEXAMPLEROLE00001";

/// Answers a request to STS.
pub(crate) fn sts(aws: &Aws, request: &Request<Bytes>, target: &Target) -> Result<Reply, Refusal> {
    let mut state = aws.state();
    let form = String::from_utf8_lossy(request.body()).into_owned();
    let action = target.operation.as_str();
    if action == "AssumeRoleWithWebIdentity" {
        return with_web_identity(&mut state, &form);
    }
    let caller = authenticate(&state, request)?;
    match action {
        // Nothing can deny this one.
        "GetCallerIdentity" => Ok(caller_identity(&mut state, &caller)),
        "AssumeRole" => assume_role(&mut state, &caller, &form),
        "GetSessionToken" => {
            let key = issue(&mut state, "session-token", &caller.arn, &form);
            Ok(answer(&mut state, action, &credentials(&key)))
        }
        _ => Err(refuse("InvalidAction").message(format!(
            "Could not find operation {action} for version 2011-06-15"
        ))),
    }
}

fn authenticate(state: &State, request: &Request<Bytes>) -> Result<Key, Refusal> {
    let signed = Signed::read(request).ok_or_else(|| refuse("MissingAuthenticationToken"))?;
    let known = state
        .keys
        .get(&signed.access_key_id)
        .filter(|key| key.token == signed.token);
    let key = known.ok_or_else(|| refuse("InvalidClientTokenId"))?;
    let now = state.clock.now();
    if key.has_expired(now) {
        return Err(refuse("ExpiredToken"));
    }
    check_time(&signed, state)?;
    if signed.service != "sts" || !signed.verify(request, &key.secret) {
        return Err(refuse("SignatureDoesNotMatch"));
    }
    Ok(key.clone())
}

/// STS tells a wrong clock by the text of `SignatureDoesNotMatch`.
fn check_time(signed: &Signed, state: &State) -> Result<(), Refusal> {
    let mismatch = refuse("SignatureDoesNotMatch");
    let now = state.clock.now();
    let limit = Duration::minutes(15);
    let Some(made) = parse_basic(&signed.date) else {
        return Err(mismatch);
    };
    let (made_at, now_at) = (basic(made), basic(now));
    if now - made > limit {
        let text = format!(
            "Signature expired: {made_at} is now earlier than {} ({now_at} - 15 min.)",
            basic(now - limit)
        );
        return Err(mismatch.message(text));
    }
    if made - now > limit {
        let text = format!(
            "Signature not yet current: {made_at} is still later than {} ({now_at} + 15 min.)",
            basic(now + limit)
        );
        return Err(mismatch.message(text));
    }
    Ok(())
}

fn caller_identity(state: &mut State, caller: &Key) -> Reply {
    let user = match caller.arn.rsplit('/').next() {
        Some(session) if caller.arn.contains(":assumed-role/") => format!("{ROLE_ID}:{session}"),
        _ => "AIDAEXAMPLEALICE0001".to_owned(),
    };
    let members = [
        element("Arn", &caller.arn),
        element("UserId", &user),
        element("Account", ACCOUNT),
    ];
    answer(state, "GetCallerIdentity", &members.concat())
}

fn assume_role(state: &mut State, caller: &Key, form: &str) -> Result<Reply, Refusal> {
    let role = form_value(form, "RoleArn").unwrap_or_default();
    let session = form_value(form, "RoleSessionName").unwrap_or_default();
    policy::check(
        &state.denials,
        Service::Sts,
        &caller.arn,
        "sts:AssumeRole",
        &role,
    )?;
    let Some(name) = role.strip_prefix(&format!("arn:aws:iam::{ACCOUNT}:role/")) else {
        let text = format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {role}",
            caller.arn
        );
        return Err(refuse("AccessDenied").message(text));
    };
    if name == MFA_ROLE {
        match form_value(form, "TokenCode") {
            Some(code) if code == MFA_CODE => {}
            Some(_) => {
                let text = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
                return Err(refuse("AccessDenied").message(text));
            }
            None => {
                let text = format!(
                    "User: {} is not authorized to perform: sts:AssumeRole on resource: {role}",
                    caller.arn
                );
                return Err(refuse("AccessDenied").message(text));
            }
        }
    }
    let (user, key) = issue_role(state, "role", name, &session, form);
    Ok(answer(
        state,
        "AssumeRole",
        &format!("{user}{}", credentials(&key)),
    ))
}

fn with_web_identity(state: &mut State, form: &str) -> Result<Reply, Refusal> {
    let role = form_value(form, "RoleArn").unwrap_or_default();
    let session = form_value(form, "RoleSessionName").unwrap_or_default();
    let token = form_value(form, "WebIdentityToken").unwrap_or_default();
    let end = state
        .web_identity
        .expiry(&token)
        .ok_or_else(|| refuse("InvalidIdentityToken"))?;
    let now = state.clock.now().unix_timestamp();
    if end <= now {
        let text = format!(
            "Token expired: current date/time {now} must be before the expiration date/time {end}"
        );
        return Err(refuse("ExpiredTokenException").message(text));
    }
    let denied = || {
        refuse("AccessDenied").message("Not authorized to perform sts:AssumeRoleWithWebIdentity")
    };
    let name = role
        .strip_prefix(&format!("arn:aws:iam::{ACCOUNT}:role/"))
        .ok_or_else(denied)?;
    policy::check(
        &state.denials,
        Service::Sts,
        SUBJECT,
        "sts:AssumeRoleWithWebIdentity",
        &role,
    )
    .map_err(|_| denied())?;
    let (user, key) = issue_role(state, "web-identity", name, &session, form);
    let subject = element("SubjectFromWebIdentityToken", SUBJECT);
    let rest = element("Audience", "sts.amazonaws.com")
        + &element("Provider", "arn:aws:iam::123456789012:oidc-provider/sim");
    Ok(answer(
        state,
        "AssumeRoleWithWebIdentity",
        &format!("{subject}{user}{}{rest}", credentials(&key)),
    ))
}

fn issue_role(
    state: &mut State,
    origin: &str,
    role: &str,
    session: &str,
    form: &str,
) -> (String, Key) {
    let arn = format!("arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}");
    let user = element("AssumedRoleId", &format!("{ROLE_ID}:{session}")) + &element("Arn", &arn);
    (
        format!("<AssumedRoleUser>{user}</AssumedRoleUser>"),
        issue(state, origin, &arn, form),
    )
}

/// `DurationSeconds` of the request wins over the life that the simulator gives to keys, if it is
/// the shorter one.
fn issue(state: &mut State, origin: &str, arn: &str, form: &str) -> Key {
    let asked: Option<i64> = form_value(form, "DurationSeconds").and_then(|s| s.parse().ok());
    let seconds = asked.map_or(state.keys_seconds, |asked| asked.min(state.keys_seconds));
    let end = state.clock.now() + Duration::seconds(seconds);
    let State { keys, mint, .. } = state;
    keys.issue(mint, origin, arn, end)
}

fn credentials(key: &Key) -> String {
    let members = [
        element("AccessKeyId", &key.id),
        element("SecretAccessKey", &key.secret),
        element("SessionToken", key.token.as_deref().unwrap_or_default()),
        element(
            "Expiration",
            &key.expires_at.map(extended).unwrap_or_default(),
        ),
    ];
    format!("<Credentials>{}</Credentials>", members.concat())
}

fn answer(state: &mut State, action: &str, result: &str) -> Reply {
    let id = state.mint.uuid();
    let xml = format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <{action}Result>{result}</{action}Result>\n  \
         <ResponseMetadata>{}</ResponseMetadata>\n</{action}Response>\n",
        element("RequestId", &id)
    );
    let mut answered = reply(200, "text/xml", xml);
    put(&mut answered, "x-amzn-requestid", &id);
    answered
}

fn refuse(code: &str) -> Refusal {
    Refusal::new(Service::Sts, code)
}
