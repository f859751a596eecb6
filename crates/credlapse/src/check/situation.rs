//! What a host knows and expects.

use alloc::string::String;
use alloc::vec::Vec;

use super::client::ClientCredentials;
use crate::profile::ProfileSettings;
use crate::{Evidence, ProfileFacts, Shell, Timestamp, redact};

/// What a host knows and expects, before a call.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct Situation {
    /// What the local AWS files say of the profile's credentials.
    pub facts: ProfileFacts,
    /// What they say beside that.
    pub settings: ProfileSettings,
    /// What is expected.
    pub expected: Expected,
    /// The files that were read, with their permissions, where the system has such.
    pub files: Vec<FileMode>,
    /// Whether the program of `credential_process` can be run.
    pub program: ProgramState,
    /// An SDK in the project that reads the config file only if it is told to.
    pub old_sdk: Option<OldSdk>,
    /// What GetCallerIdentity answered.
    pub identity: Option<Identity>,
    /// What the client that asked tells of its credentials, where the host has made it.
    pub client: Option<ClientCredentials>,
    /// How GetCallerIdentity failed; its context is completed with what is known here.
    pub failure: Option<Evidence>,
    /// The `Date` of the answer or of the failure.
    pub server_time: Option<Timestamp>,
    /// The time by the local clock.
    pub now: Option<Timestamp>,
    /// The UTC offset of local time when the session ends, `+01:00` for example.
    pub utc_offset: Option<String>,
    /// What is going to use the credentials, in the host's own words: "Deploy".
    pub subject: Option<String>,
    /// The shell in which a shown command will be typed.
    pub shell: Shell,
    /// Values that must never be echoed, beyond those that are recognised.
    pub secrets: Vec<String>,
}

/// What is expected of the credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct Expected {
    /// The account.
    pub account: Option<String>,
    /// The accounts for which `cdk.context.json` has cached lookups.
    pub cached_accounts: Vec<String>,
    /// The Region.
    pub region: Option<String>,
    /// For how many seconds the session has to be good.
    pub min_remaining: Option<u32>,
    /// The names of what was expected too and is not of its type; each is a problem.
    pub unreadable: Vec<String>,
}

/// Who the caller is: what GetCallerIdentity answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct Identity {
    /// The account.
    pub account: Option<String>,
    /// The ARN.
    pub arn: Option<String>,
}

/// A file that was read, and who may read and write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct FileMode {
    /// The path, as [`ProfileFacts::needs`] named it.
    pub path: String,
    /// The permission bits of Unix.
    pub mode: u32,
}

/// Whether a program can be run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum ProgramState {
    /// There is no program, or nobody looked.
    #[default]
    Unknown,
    /// It can be run.
    Executable,
    /// The file exists and may not be executed.
    NotExecutable,
    /// There is no such file.
    Missing,
}

/// An SDK that reads `~/.aws/config` only where `AWS_SDK_LOAD_CONFIG` is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum OldSdk {
    /// The AWS SDK for JavaScript v2.
    JavaScriptV2,
    /// The AWS SDK for Go v1.
    GoV1,
}

impl OldSdk {
    /// The old SDK that a project depends on, by its `package.json` or `go.mod`.
    ///
    /// ```
    /// use credlapse::check::OldSdk;
    ///
    /// let manifest = r#"{"dependencies": {"aws-sdk": "^2.1691.0"}}"#;
    /// assert_eq!(OldSdk::of_manifest("package.json", manifest), Some(OldSdk::JavaScriptV2));
    /// let manifest = r#"{"dependencies": {"@aws-sdk/client-s3": "^3.0.0"}}"#;
    /// assert_eq!(OldSdk::of_manifest("package.json", manifest), None);
    /// let manifest = "require (\n\tgithub.com/aws/aws-sdk-go v1.55.5\n)\n";
    /// assert_eq!(OldSdk::of_manifest("go.mod", manifest), Some(OldSdk::GoV1));
    /// ```
    #[must_use]
    pub fn of_manifest(name: &str, content: &str) -> Option<Self> {
        match name {
            "package.json" => content
                .contains("\"aws-sdk\"")
                .then_some(Self::JavaScriptV2),
            "go.mod" => content
                .contains("github.com/aws/aws-sdk-go v1.")
                .then_some(Self::GoV1),
            _ => None,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::JavaScriptV2 => "AWS SDK for JavaScript v2",
            Self::GoV1 => "AWS SDK for Go v1",
        }
    }
}

/// The accounts for which a `cdk.context.json` has cached lookups, each once, at most 16.
///
/// ```
/// use credlapse::check::cached_accounts;
///
/// let context = r#"{"availability-zones:account=111111111111:region=eu-west-1": ["eu-west-1a"]}"#;
/// assert_eq!(cached_accounts(context), ["111111111111"]);
/// ```
#[must_use]
pub fn cached_accounts(cdk_context: &str) -> Vec<String> {
    let mut accounts: Vec<String> = Vec::new();
    for rest in cdk_context.split(":account=").skip(1) {
        let account = rest.get(..12).filter(|account| {
            account.bytes().all(|byte| byte.is_ascii_digit())
                && !rest.as_bytes().get(12).is_some_and(u8::is_ascii_digit)
        });
        if let Some(account) = account
            && accounts.len() < 16
            && !accounts.iter().any(|known| known == account)
        {
            accounts.push(account.into());
        }
    }
    accounts
}

impl Situation {
    /// Takes in a file of the project: `cdk.context.json`, or a manifest that [`OldSdk::of_manifest`] reads.
    ///
    /// ```
    /// use credlapse::check::Situation;
    ///
    /// let mut situation = Situation::default();
    /// situation.add_document("cdk.context.json", r#"{"availability-zones:account=111122223333:region=eu-west-1": []}"#);
    /// assert_eq!(situation.expected.cached_accounts, ["111122223333"]);
    /// ```
    pub fn add_document(&mut self, name: &str, content: &str) {
        if name == "cdk.context.json" {
            self.expected.cached_accounts = cached_accounts(content);
        } else {
            self.old_sdk = self.old_sdk.or(OldSdk::of_manifest(name, content));
        }
    }

    pub(super) fn line(&self, text: &str) -> String {
        redact::line(text, &self.secrets)
    }

    pub(super) fn clock_offset(&self) -> Option<i64> {
        Some(self.server_time?.since(self.now?))
    }

    pub(super) fn utc_offset(&self) -> Option<i64> {
        let offset = self.utc_offset.as_deref()?;
        // A time with this offset is as far from the same time in UTC.
        let mut time = String::from("2000-01-01T00:00:00");
        time.push_str(offset);
        let utc = Timestamp::parse("2000-01-01T00:00:00Z")?;
        Some(utc.since(Timestamp::parse(&time)?))
    }
}
