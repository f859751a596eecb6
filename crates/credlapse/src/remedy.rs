//! Who acts, and the command that helps.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::kind::{by_kind, names};
use crate::profile::TokenState;
use crate::redact::MASK;
use crate::text::class::Class;
use crate::text::scan;
use crate::texts::Texts;
use crate::{Confidence, Context, CredentialSource, Kind};

/// What repairs a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
#[non_exhaustive]
pub struct Remedy {
    /// Who has to act.
    pub actor: Actor,
    /// The command as separate arguments; empty where no one command is known to repair it.
    ///
    /// A diagnosis that is merely possible has none: a guess runs nothing.
    pub argv: Vec<Cow<'static, str>>,
    /// The environment variable that decides which credentials are used.
    pub env_var: Option<&'static str>,
    /// What to do, in full sentences; beside a command, what to do if it does not help.
    pub advice: &'static str,
}

names! {
    /// Who has to act.
    #[non_exhaustive]
    pub enum Actor {
        /// The person at the keyboard.
        User = "user",
        /// Whoever administers the account or the identity provider.
        Admin = "admin",
        /// Whoever wrote the program.
        Developer = "developer",
        /// The platform that provides the credentials.
        Platform = "platform",
    }
}

names! {
    /// The shell in which a shown command will be typed.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum Shell {
        /// `sh` and its descendants.
        #[default]
        Posix = "posix",
        /// Windows PowerShell and PowerShell.
        PowerShell = "powershell",
        /// `cmd.exe`.
        Cmd = "cmd",
    }
}

impl Remedy {
    /// What repairs a definite failure of this kind, where the source and the profile are all that is known.
    ///
    /// It is for documentation: the remedy of a diagnosis follows all of its evidence.
    ///
    /// ```
    /// use credlapse::{CredentialSource, Kind, Remedy};
    ///
    /// let expired = Kind::SessionTokenExpired;
    /// let remedy = Remedy::known(expired, Some(CredentialSource::Sso), Some("dev"));
    /// assert_eq!(remedy.argv, ["aws", "sso", "login", "--profile", "dev"]);
    /// assert!(Remedy::known(expired, None, Some("dev")).argv.is_empty());
    /// ```
    #[must_use]
    pub fn known(kind: Kind, source: Option<CredentialSource>, profile: Option<&str>) -> Self {
        let context = Context {
            source,
            ..Context::default()
        };
        let name = profile.map(|name| Name::Profile(name.into()));
        Self::of(kind, Confidence::Definite, name, false, &context)
    }

    /// What repairs a failure of this kind, for this source, by a login to what is named.
    pub(crate) fn of(
        kind: Kind,
        confidence: Confidence,
        name: Option<Name>,
        web_identity: bool,
        context: &Context,
    ) -> Self {
        let source = context
            .source
            .or(context.facts.as_ref().and_then(|facts| facts.source));
        let login = login(kind, source, context);
        let login = login.filter(|_| confidence > Confidence::Possible);
        let is_hidden = login.is_some() && matches!(name, Some(Name::Hidden));
        let mut argv: Vec<Cow<'static, str>> = Vec::new();
        if let Some(command) = login.filter(|_| !is_hidden) {
            // A login has three, its flag and the name.
            argv.reserve(5);
            let mut rest = command;
            while !rest.is_empty() {
                let (word, after) = scan::until(rest, b' ');
                argv.push(word.into());
                rest = scan::from(after, 1);
            }
            let (flag, name) = match name {
                Some(Name::Profile(name)) => ("--profile", name),
                Some(Name::Session(name)) if command == SSO_LOGIN => ("--sso-session", name),
                _ => ("", String::new()),
            };
            // A name that begins with a dash would be read as a flag.
            if name.starts_with('-') {
                argv.push([flag, "=", &name].concat().into());
            } else if !name.is_empty() {
                argv.push(flag.into());
                argv.push(name.into());
            }
        }
        let advice = if web_identity {
            WEB_IDENTITY_TRUST
        } else if is_hidden {
            HIDDEN_NAME
        } else {
            advice(kind, source)
        };
        Self {
            actor: actor(kind, source),
            argv,
            env_var: env_var(kind, source),
            advice,
        }
    }

    /// The command as one string that survives a naive split on spaces.
    ///
    /// `None` where there is no command, or where an argument has a character
    /// outside `[A-Za-z0-9_.@/+:=,-]`: then only [`argv`](Self::argv) is safe.
    #[must_use]
    pub fn command(&self) -> Option<String> {
        // What is plain is the same in every shell, and what is not stands in quotes.
        self.typed_in(Shell::Posix)
            .filter(|line| !line.is_empty() && !const { Class::of(b"'") }.is_in(line))
    }

    /// The command as it is typed in `shell`; empty where there is none.
    ///
    /// `None` where the shell has no way to quote an argument safely
    /// (`cmd.exe` with a percent sign, a quote or a line break in it).
    #[must_use]
    pub fn typed_in(&self, shell: Shell) -> Option<String> {
        let mut line = String::with_capacity(64);
        for word in &self.argv {
            if !line.is_empty() {
                line.push(' ');
            }
            if is_plain(word) {
                line.push_str(word);
            } else {
                quote(&mut line, word, shell)?;
            }
        }
        Some(line)
    }
}

/// To whom a login logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Profile(String),
    Session(String),
    /// It cannot be shown as it is, and a command with another name would not work.
    Hidden,
}

impl Name {
    /// The profile, or else the SSO session; `shown` is what may be shown of a name.
    pub(crate) fn of(
        profile: Option<&str>,
        session: Option<&str>,
        shown: impl Fn(&str) -> String,
    ) -> Option<Self> {
        let (name, is_profile) = match (profile, session) {
            (Some(profile), _) => (profile, true),
            (None, session) => (session?, false),
        };
        let shown = shown(name);
        Some(if shown != name || scan::contains(&shown, MASK) {
            Self::Hidden
        } else if is_profile {
            Self::Profile(shown)
        } else {
            Self::Session(shown)
        })
    }
}

/// A command with a masked name would log in to nothing.
const HIDDEN_NAME: &str = "Run the login (`aws sso login` or `aws login`) with the name of this profile or session: it is not shown here, because it may hold a secret.";

const SSO_LOGIN: &str = "aws sso login";

/// A web identity has no permissions of its own: only the role can let it in.
const WEB_IDENTITY_TRUST: &str = "Check the trust policy of the role: the OIDC provider, and its conditions on `sub` and `aud` (GitHub Actions needs `id-token: write` too).";

const LOGIN: &str = "aws login";

/// The login that repairs it, where one does.
fn login(kind: Kind, source: Option<CredentialSource>, context: &Context) -> Option<&'static str> {
    match kind {
        Kind::SsoSessionExpired | Kind::SsoNotLoggedIn => Some(SSO_LOGIN),
        Kind::LoginSessionExpired | Kind::LoginNotLoggedIn => Some(LOGIN),
        // The service says the same of every source: only the source tells whether a login helps.
        Kind::SessionTokenExpired => match source? {
            CredentialSource::Sso => {
                let valid = context
                    .facts
                    .as_ref()
                    .is_some_and(|facts| facts.token == TokenState::Valid);
                (!valid).then_some(SSO_LOGIN)
            }
            CredentialSource::Login => Some(LOGIN),
            _ => None,
        },
        _ => None,
    }
}

/// The environment variable to look at: the one that chose the credentials.
fn env_var(kind: Kind, source: Option<CredentialSource>) -> Option<&'static str> {
    use crate::Code;
    match (kind, source) {
        (Kind::WebIdentityExpired | Kind::WebIdentityInvalid, _) => {
            Some("AWS_WEB_IDENTITY_TOKEN_FILE")
        }
        (Kind::InvalidAccessKey | Kind::SignatureMismatch, _) => Some("AWS_ACCESS_KEY_ID"),
        (Kind::InvalidToken, _)
        | (Kind::SessionTokenExpired, None | Some(CredentialSource::Environment)) => {
            Some("AWS_SESSION_TOKEN")
        }
        _ => match kind.code() {
            Code::CredentialsExpired
            | Code::CredentialsMissing
            | Code::CredentialsMisconfigured => Some("AWS_PROFILE"),
            _ => None,
        },
    }
}

/// What to do, where no more than the kind is known.
static ADVICE: Texts<{ Kind::ALL.len() }> = by_kind! {
    SsoSessionExpired: "If the login does not help, sign out of the access portal first, or check sso_region.",
    LoginSessionExpired: "Without a browser on this machine, add --remote.",
    SessionTokenExpired: "Get new temporary credentials where these came from: log in again for a profile, or export all three AWS_* variables again; a stale AWS_SESSION_TOKEN beats a profile.",
    WebIdentityExpired: "Read the token file again, or request a new OIDC token later in the job; on EKS restart the pod.",
    CredentialsMissing: "Choose a profile with AWS_PROFILE, log in with `aws sso login` or `aws login`, or set up credentials with `aws configure`; `aws configure list` shows what is found.",
    SsoNotLoggedIn: "In CI, use OIDC or a role instead of a login.",
    LoginNotLoggedIn: "Without a browser on this machine, add --remote.",
    InvalidAccessKey: "Check AWS_ACCESS_KEY_ID, the partition and the endpoint: the key is unknown there. `aws sts get-caller-identity` tells which key is in use.",
    InvalidToken: "Unset AWS_SESSION_TOKEN if the key is a long-term one; otherwise replace all three values, from one issue.",
    SignatureMismatch: "Check the secret key (white space, a swapped pair) and whatever changes requests on the way, such as a proxy.",
    WebIdentityInvalid: "Check the web identity token file, its audience (sts.amazonaws.com) and the IAM OIDC provider.",
    ProfileNotFound: "Choose an existing profile: `aws configure list-profiles` lists them. Check AWS_PROFILE and AWS_CONFIG_FILE.",
    ProfileMisconfigured: "Set right what the message names: the profile in ~/.aws, the AWS_* variables, the Region, or a missing package; `aws configure list` shows what is found.",
    CredentialProcessFailed: "Run the profile's credential_process by hand and log in to the tool behind it.",
    MfaRequired: "Get a session with a current code: aws sts get-session-token --serial-number ARN --token-code CODE.",
    MetadataUnavailable: "Choose a profile with AWS_PROFILE, unless this runs on AWS: there attach a role to the instance or task, or raise the hop limit of its metadata service.",
    PermissionDenied: "Ask for the permission; logging in again does not help.",
    AssumeRoleDenied: "Check the caller's permission for sts:AssumeRole and the trust policy of the role; logging in again does not help.",
    SsoAccessDenied: "Ask for the account and permission set in IAM Identity Center, or correct sso_account_id and sso_role_name; logging in again does not help.",
    AccountProblem: "Look at the account itself: sign-up, suspension, or the opt-in of the Region.",
    ClockSkew: "Set the clock: `sudo timedatectl set-ntp true`, on Windows `w32tm /resync`, in WSL `sudo hwclock -s`.",
    PresignedUrlExpired: "Presign a new URL; it lasts no longer than the session that signed it.",
    AmbiguousAuth: "Ask who you are with `aws sts get-caller-identity`, and repeat the call as a GET to see the reason.",
};

/// Who acts.
fn actor(kind: Kind, source: Option<CredentialSource>) -> Actor {
    match kind {
        Kind::SessionTokenExpired if is_provided(source) => Actor::Platform,
        Kind::WebIdentityExpired | Kind::MetadataUnavailable => Actor::Platform,
        Kind::PresignedUrlExpired => Actor::Developer,
        Kind::WebIdentityInvalid
        | Kind::PermissionDenied
        | Kind::AssumeRoleDenied
        | Kind::SsoAccessDenied
        | Kind::AccountProblem => Actor::Admin,
        _ => Actor::User,
    }
}

/// Whether the machine that the program runs on provides the credentials.
const fn is_provided(source: Option<CredentialSource>) -> bool {
    matches!(
        source,
        Some(
            CredentialSource::WebIdentity
                | CredentialSource::Container
                | CredentialSource::Instance
        )
    )
}

/// What to do.
fn advice(kind: Kind, source: Option<CredentialSource>) -> &'static str {
    let (Kind::SessionTokenExpired, Some(source)) = (kind, source) else {
        return ADVICE.get(kind as usize);
    };
    match source {
        CredentialSource::Environment => {
            "Export a fresh AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN together, or unset all three to use a profile."
        }
        CredentialSource::StaticProfile | CredentialSource::Caller => {
            "Replace access key, secret key and session token together, with values from one issue."
        }
        CredentialSource::Sso | CredentialSource::Login => {
            "Then restart the program if it keeps its credentials."
        }
        CredentialSource::AssumeRole => {
            "Assume the role again; a chained role session lasts one hour at most."
        }
        CredentialSource::Process => {
            "Log in to the tool behind credential_process: it handed out expired credentials."
        }
        CredentialSource::WebIdentity
        | CredentialSource::Container
        | CredentialSource::Instance => {
            "Make the program ask its credential provider again, or restart it."
        }
    }
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && const { Class::WORD.with(b".@/+:=,-") }.is_all(word)
}

fn quote(line: &mut String, word: &str, shell: Shell) -> Option<()> {
    if word.chars().any(char::is_control) {
        return None;
    }
    match shell {
        Shell::Posix => {
            line.push('\'');
            line.push_str(&scan::replace(word, "'", r"'\''"));
            line.push('\'');
        }
        // PowerShell ends a single-quoted string at typographic quotes too.
        Shell::PowerShell => {
            line.push('\'');
            for char in word.chars() {
                if matches!(char, '\'' | '\u{2018}'..='\u{201b}') {
                    line.push(char);
                }
                // Until 7.3 PowerShell loses a double quote on the way to a program.
                if char == '"' {
                    return None;
                }
                line.push(char);
            }
            line.push('\'');
        }
        // cmd.exe expands %name% and !name! inside quotes as well.
        Shell::Cmd => {
            if word.contains(['"', '%', '!']) || word.ends_with('\\') {
                return None;
            }
            line.push('"');
            line.push_str(word);
            line.push('"');
        }
    }
    Some(())
}
