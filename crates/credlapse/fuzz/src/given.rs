//! Evidence that a fuzzer can make up.

use arbitrary::Arbitrary;
use credlapse::profile::TokenState;
use credlapse::{Cause, Context, CredentialSource, ProfileFacts, Shell, Timestamp};

/// A chain of causes, outermost first.
#[derive(Arbitrary, Debug)]
pub struct Causes<'a>(Vec<One<'a>>);

#[derive(Arbitrary, Debug)]
struct One<'a> {
    name: Option<&'a str>,
    code: Option<&'a str>,
    message: Option<&'a str>,
    status: Option<u16>,
    service: Option<&'a str>,
    operation: Option<&'a str>,
    request_id: Option<&'a str>,
}

/// What a host may know beside the error.
#[derive(Arbitrary, Debug)]
pub struct Given<'a> {
    subject: Option<&'a str>,
    profile: Option<&'a str>,
    facts: Option<Facts<'a>>,
    source: Option<u8>,
    expires_at: Option<i64>,
    now: Option<i64>,
    server_time: Option<i64>,
    shell: u8,
    secret: Option<&'a str>,
}

#[derive(Arbitrary, Debug)]
struct Facts<'a> {
    profile: &'a str,
    exists: bool,
    source: Option<u8>,
    source_profile: Option<&'a str>,
    has_session_token: bool,
    sso_session: Option<&'a str>,
    token: u8,
    can_refresh: bool,
    expires_at: Option<i64>,
}

impl Causes<'_> {
    /// The chain as the core takes it.
    #[must_use]
    pub fn causes(&self) -> Vec<Cause> {
        self.0.iter().map(One::cause).collect()
    }
}

impl One<'_> {
    fn cause(&self) -> Cause {
        Cause {
            name: self.name.map(String::from),
            code: self.code.map(String::from),
            message: self.message.map(String::from),
            status: self.status,
            service: self.service.map(String::from),
            operation: self.operation.map(String::from),
            request_id: self.request_id.map(String::from),
        }
    }
}

impl Given<'_> {
    /// The context as the core takes it.
    #[must_use]
    pub fn context(&self) -> Context {
        Context {
            subject: self.subject.map(String::from),
            profile: self.profile.map(String::from),
            facts: self.facts.as_ref().map(Facts::facts),
            source: self.source.map(source),
            expires_at: self.expires_at.map(Timestamp),
            now: self.now.map(Timestamp),
            server_time: self.server_time.map(Timestamp),
            shell: of(&[Shell::Posix, Shell::PowerShell, Shell::Cmd], self.shell),
            secrets: self.secret.map(String::from).into_iter().collect(),
        }
    }
}

impl Facts<'_> {
    fn facts(&self) -> ProfileFacts {
        ProfileFacts {
            profile: self.profile.into(),
            exists: self.exists,
            source: self.source.map(source),
            source_profile: self.source_profile.map(String::from),
            has_session_token: self.has_session_token,
            sso_session: self.sso_session.map(String::from),
            token: of(
                &[
                    TokenState::Unknown,
                    TokenState::Missing,
                    TokenState::Damaged,
                    TokenState::Expired,
                    TokenState::Valid,
                ],
                self.token,
            ),
            can_refresh: self.can_refresh,
            expires_at: self.expires_at.map(Timestamp),
            ..ProfileFacts::default()
        }
    }
}

fn source(byte: u8) -> CredentialSource {
    of(
        &[
            CredentialSource::Environment,
            CredentialSource::StaticProfile,
            CredentialSource::Sso,
            CredentialSource::Login,
            CredentialSource::AssumeRole,
            CredentialSource::WebIdentity,
            CredentialSource::Process,
            CredentialSource::Container,
            CredentialSource::Instance,
            CredentialSource::Caller,
        ],
        byte,
    )
}

fn of<T: Copy>(all: &[T], byte: u8) -> T {
    all[usize::from(byte) % all.len()]
}
