//! The simulated account: its state, and all that can be told to it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use time::Duration;

use crate::clock::{Clock, extended};
use crate::environment::Environment;
use crate::error::Error;
use crate::fault::Fault;
use crate::home::Home;
use crate::keys::{Key, Keys};
use crate::lapse::{Lapse, SsoLapse};
use crate::log::Seen;
use crate::metadata::Metadata;
use crate::mint::Mint;
use crate::policy::Deny;
use crate::s3::store::Store;
use crate::sso::Sso;
use crate::web_identity::WebIdentity;

/// The one account there is.
pub const ACCOUNT: &str = "123456789012";
/// The one Region there is.
pub const REGION: &str = "us-east-1";
/// The bucket that exists from the start.
pub const BUCKET: &str = "test-bucket";

/// The simulated account. Everything here takes effect before the call returns.
#[derive(Debug)]
pub struct Aws {
    state: Mutex<State>,
    store: Mutex<Store>,
    pub(crate) home: Home,
    pub(crate) url: String,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) mint: Mint,
    pub(crate) keys: Keys,
    /// Life of the role keys that are handed out.
    pub(crate) keys_seconds: i64,
    pub(crate) static_key: Key,
    pub(crate) session_key: Key,
    pub(crate) sso: Sso,
    pub(crate) metadata: Metadata,
    pub(crate) web_identity: WebIdentity,
    pub(crate) faults: Vec<Fault>,
    pub(crate) denials: Vec<Deny>,
    pub(crate) log: Vec<Seen>,
}

/// Temporary or permanent keys, as a program gets them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Credentials {
    /// `AKIA...` or `ASIA...`
    pub access_key_id: String,
    /// The secret.
    pub secret_access_key: String,
    /// Present on temporary keys.
    pub session_token: Option<String>,
    /// End of the keys, RFC 3339.
    pub expires_at: Option<String>,
}

impl From<&Key> for Credentials {
    fn from(key: &Key) -> Self {
        Self {
            access_key_id: key.id.clone(),
            secret_access_key: key.secret.clone(),
            session_token: key.token.clone(),
            expires_at: key.expires_at.map(extended),
        }
    }
}

/// What a new start of something ([`Aws::renew`]) is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Renewal {
    /// The keys of profile `session` in the credentials file.
    Session,
    /// What the `credential_process` of profile `process` prints.
    Process,
    /// The web identity token file.
    WebIdentity,
}

impl Aws {
    pub(crate) fn new(port: u16) -> Result<Self, Error> {
        let url = format!("http://127.0.0.1:{port}");
        let home = Home::create(port)?;
        let mut mint = Mint::new(format!("{}/{port}", std::process::id()));
        let mut keys = Keys::default();
        let now = Clock::default().now();
        let user = format!("arn:aws:iam::{ACCOUNT}:user/alice");
        let hour = now + Duration::hours(1);
        let state = State {
            clock: Clock::default(),
            keys_seconds: 3600,
            static_key: keys.issue_static(&mut mint, "static", &user),
            session_key: keys.issue(&mut mint, "session", &user, hour),
            sso: Sso::new(&mut mint, now),
            metadata: Metadata::new(&mut mint),
            web_identity: WebIdentity::new(&mut mint),
            keys,
            mint,
            faults: Vec::new(),
            denials: Vec::new(),
            log: Vec::new(),
        };
        home.write_config(&url)?;
        home.write_login_command(port)?;
        home.write_credentials(&state.static_key, &state.session_key)?;
        for session in &state.sso.sessions {
            home.write_sso_cache(session)?;
        }
        let aws = Self {
            state: Mutex::new(state),
            store: Mutex::new(Store::new(BUCKET)),
            home,
            url,
        };
        aws.renew(Renewal::Process)?;
        aws.renew(Renewal::WebIdentity)?;
        Ok(aws)
    }

    // A panic in one request must not turn every later one into another.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where everything is served: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The variables that lead a program here, and sets of more that choose a source of
    /// credentials.
    #[must_use]
    pub fn environment(&self) -> Environment {
        Environment::of(self)
    }

    /// Ends something `in_seconds` from now, 0 for at once.
    ///
    /// # Errors
    /// If there is no such session or key, or a file of the home folder cannot be written.
    pub fn expire(&self, lapse: &Lapse, in_seconds: i64) -> Result<(), Error> {
        let mut state = self.state();
        let at = state.clock.now() + Duration::seconds(in_seconds);
        match lapse {
            Lapse::Sso(SsoLapse {
                session,
                refreshable,
                revoked,
            }) => {
                let session = state.sso.session_mut(session)?;
                session.end(at, *refreshable);
                if !revoked {
                    self.home.write_sso_cache(session)?;
                }
            }
            Lapse::Keys(origin) => {
                let ended = state
                    .keys
                    .end(at, |key| origin == "*" || key.origin == *origin);
                if ended == 0 && in_seconds == 0 {
                    return Err(format!("no temporary key was handed out by `{origin}`").into());
                }
            }
            Lapse::AccessKey(id) => {
                if state.keys.end(at, |key| key.id == *id) == 0 {
                    return Err(format!("there is no temporary key `{id}`").into());
                }
            }
            Lapse::WebIdentity => {
                let now = state.clock.now();
                let token = state.web_identity.token(&self.url, now, at);
                self.home.write_web_identity(&token)?;
            }
        }
        Ok(())
    }

    /// Logs in to a session of IAM Identity Center (`corp`, `legacy`) for eight hours and rewrites
    /// its cache file as `aws sso login` does.
    ///
    /// # Errors
    /// If there is no such session, or the file cannot be written.
    pub fn login(&self, session: &str) -> Result<(), Error> {
        let mut state = self.state();
        let now = state.clock.now();
        let State { sso, mint, .. } = &mut *state;
        let session = sso.session_mut(session)?;
        session.log_in(mint, now + Duration::hours(8));
        self.home.write_sso_cache(session)
    }

    /// Ends the session and deletes its cache file, as `aws sso logout` does.
    ///
    /// # Errors
    /// If there is no such session, or the file cannot be deleted.
    pub fn logout(&self, session: &str) -> Result<(), Error> {
        let mut state = self.state();
        let now = state.clock.now();
        let session = state.sso.session_mut(session)?;
        session.end(now, false);
        self.home.remove_sso_cache(session)
    }

    /// Hands out new keys or a new token and rewrites the file that holds them.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn renew(&self, what: Renewal) -> Result<(), Error> {
        let mut state = self.state();
        let now = state.clock.now();
        let end = now + Duration::seconds(state.keys_seconds);
        let user = state.static_key.arn.clone();
        let State { keys, mint, .. } = &mut *state;
        match what {
            Renewal::Session => {
                let key = keys.issue(mint, "session", &user, end);
                self.home.write_credentials(&state.static_key, &key)?;
                state.session_key = key;
            }
            Renewal::Process => {
                let key = keys.issue(mint, "process", &user, end);
                self.home.write_process_success(&key)?;
            }
            Renewal::WebIdentity => {
                let token = state.web_identity.token(&self.url, now, end);
                self.home.write_web_identity(&token)?;
            }
        }
        Ok(())
    }

    /// Makes the `credential_process` of profile `process` print `stderr` and exit with `exit`,
    /// until it is renewed.
    ///
    /// # Errors
    /// If the script cannot be written.
    pub fn fail_process(&self, exit: u8, stderr: &str) -> Result<(), Error> {
        self.home.write_process_failure(exit, stderr)
    }

    /// Hands out temporary keys that no profile knows; they end in `seconds`, which may be
    /// negative.
    pub fn issue(&self, origin: &str, seconds: i64) -> Credentials {
        let mut state = self.state();
        let end = state.clock.now() + Duration::seconds(seconds);
        let user = state.static_key.arn.clone();
        let State { keys, mint, .. } = &mut *state;
        Credentials::from(&keys.issue(mint, origin, &user, end))
    }

    /// Lets the simulated clock run this many seconds ahead of the machine's, or behind.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.state().clock.offset_seconds = seconds;
    }

    /// Sets the life of the role keys that are handed out from now on. At first 3,600 seconds.
    pub fn set_keys_seconds(&self, seconds: i64) {
        self.state().keys_seconds = seconds;
    }

    /// Adds a fault.
    pub fn add_fault(&self, fault: Fault) {
        self.state().faults.push(fault);
    }

    /// Drops all faults.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// Adds a deny rule. Everything that is not denied is allowed.
    pub fn deny(&self, rule: Deny) {
        self.state().denials.push(rule);
    }

    /// Drops all deny rules.
    pub fn clear_denials(&self) {
        self.state().denials.clear();
    }

    /// The requests that were answered, oldest first, those to the simulator itself not counted.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        self.state().log.clone()
    }

    /// Forgets the requests seen so far.
    pub fn clear_requests(&self) {
        self.state().log.clear();
    }

    /// The content of an object, past all signatures and rules.
    #[must_use]
    pub fn object(&self, bucket: &str, key: &str) -> Option<Bytes> {
        self.store()
            .bucket(bucket)
            .ok()?
            .object(key)
            .map(|object| object.content.clone())
    }

    /// Stores an object, past all signatures and rules; makes the bucket if there is none.
    pub fn put_object(&self, bucket: &str, key: &str, content: impl Into<Bytes>) {
        let now = self.state().clock.now();
        self.store()
            .bucket_or_new(bucket)
            .put(key, content.into(), now);
    }
}
