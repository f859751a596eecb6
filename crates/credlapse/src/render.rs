//! A diagnosis in words: three lines for people, one object for programs.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use crate::object::{self, Value};
use crate::{Code, Confidence, Diagnosis, ExitTable, Kind};

/// The longest headline, in characters; hosts cut there.
pub const HEADLINE_MAX: usize = 200;

/// The longest detail, in characters.
pub const DETAIL_MAX: usize = 600;

impl Diagnosis {
    /// What lapsed: the first line, at most [`HEADLINE_MAX`] characters.
    #[must_use]
    pub fn headline(&self) -> String {
        let subject = shortened(&self.subject, 40);
        let of_profile = match &self.profile {
            Some(profile) => format!(" of AWS profile '{}'", shortened(profile, 60)),
            None => String::new(),
        };
        let since = match self.expired_at {
            Some(end) => format!(" (ended {end})"),
            None => String::new(),
        };
        let (what, why) = match self.kind {
            Kind::SsoSessionExpired => (
                "session expired",
                format!("the SSO session{of_profile} is no longer valid{since}"),
            ),
            Kind::LoginSessionExpired => (
                "session expired",
                format!("the `aws login` session{of_profile} is no longer valid{since}"),
            ),
            Kind::SessionTokenExpired => (
                "session expired",
                format!("the temporary credentials{of_profile} have expired{since}"),
            ),
            Kind::WebIdentityExpired => (
                "session expired",
                format!("the web identity token has expired{since}"),
            ),
            Kind::CredentialsMissing => (
                "credentials missing",
                format!("no source provided credentials{}", self.for_profile()),
            ),
            Kind::SsoNotLoggedIn => (
                "login missing",
                format!("there is no SSO session{of_profile} on this machine"),
            ),
            Kind::LoginNotLoggedIn => (
                "login missing",
                format!("there is no `aws login` session{of_profile} on this machine"),
            ),
            Kind::InvalidAccessKey => (
                "credentials rejected",
                format!("the access key{of_profile} is not known to the service"),
            ),
            Kind::InvalidToken => (
                "credentials rejected",
                format!("the session token{of_profile} is not valid for the key"),
            ),
            Kind::SignatureMismatch => (
                "credentials rejected",
                format!("the signature made with the keys{of_profile} does not match"),
            ),
            Kind::WebIdentityInvalid => (
                "credentials rejected",
                "the web identity token was not accepted".to_string(),
            ),
            Kind::ProfileNotFound => (
                "profile missing",
                format!("{} does not exist", self.the_profile()),
            ),
            Kind::ProfileMisconfigured => (
                "configuration wrong",
                format!(
                    "{} cannot provide credentials as it is configured",
                    self.the_profile()
                ),
            ),
            Kind::CredentialProcessFailed => (
                "credentials unavailable",
                format!("the credential_process{of_profile} failed"),
            ),
            Kind::MfaRequired => (
                "credentials unavailable",
                format!("a multi-factor code is needed{}", self.for_profile()),
            ),
            Kind::MetadataUnavailable => (
                "credentials unavailable",
                "the metadata service provided none".to_string(),
            ),
            Kind::PermissionDenied => (
                "permission denied",
                self.denied("the credentials are valid but may not do this"),
            ),
            Kind::AssumeRoleDenied => (
                "permission denied",
                self.denied("the role may not be assumed with these credentials"),
            ),
            Kind::SsoAccessDenied => (
                "permission denied",
                format!("the SSO user is not assigned the account and role{of_profile}"),
            ),
            Kind::AccountProblem => (
                "account problem",
                "the account, its sign-up or its Region stands in the way".to_string(),
            ),
            Kind::ClockSkew => (
                "request refused",
                "the local clock is too far off".to_string(),
            ),
            Kind::PresignedUrlExpired => (
                "URL expired",
                "the presigned URL is past its end".to_string(),
            ),
            Kind::AmbiguousAuth => ("access refused", self.unnamed()),
        };
        let doubt = if self.confidence == Confidence::Possible && self.kind != Kind::AmbiguousAuth {
            "perhaps "
        } else {
            ""
        };
        shortened(&format!("{subject} {what}: {doubt}{why}."), HEADLINE_MAX)
    }

    fn the_profile(&self) -> String {
        match &self.profile {
            Some(profile) => format!("AWS profile '{}'", shortened(profile, 60)),
            None => "the AWS profile".to_string(),
        }
    }

    fn for_profile(&self) -> String {
        match &self.profile {
            Some(profile) => format!(" for AWS profile '{}'", shortened(profile, 60)),
            None => String::new(),
        }
    }

    fn denied(&self, otherwise: &str) -> String {
        match &self.required_permission {
            Some(permission) => format!("the identity lacks {}", shortened(permission, 80)),
            None => otherwise.to_string(),
        }
    }

    fn unnamed(&self) -> String {
        let status = self
            .cause
            .status
            .map(|status| format!(" (HTTP {status})"))
            .unwrap_or_default();
        format!("probably over credentials, but the answer{status} does not say why")
    }

    /// What to do: the second line.
    ///
    /// A command stands here as it is typed in [`shell`](Self::shell).
    #[must_use]
    pub fn action(&self) -> String {
        match self.remedy.typed_in(self.shell) {
            Some(command) if !command.is_empty() => format!("Run: {command}   then retry."),
            _ => self.remedy.advice.to_string(),
        }
    }

    /// The SDK's own words, redacted, on one line of at most [`DETAIL_MAX`] characters.
    #[must_use]
    pub fn detail(&self) -> String {
        let cause = &self.cause;
        let inner = cause.code.as_deref().or(cause.name.as_deref());
        let mut detail = match (self.outer.as_deref(), inner) {
            (Some(outer), Some(inner)) if outer != inner => format!("{outer} [{inner}]"),
            (Some(name), _) | (None, Some(name)) => name.to_string(),
            (None, None) => String::new(),
        };
        let message = cause.message.as_deref().unwrap_or("");
        if !message.trim().is_empty() {
            let sep = if detail.is_empty() { "" } else { ": " };
            detail.push_str(sep);
            let mut words = message.split_whitespace();
            detail.push_str(words.next().unwrap_or(""));
            for word in words {
                if detail.len() > DETAIL_MAX.saturating_mul(4) {
                    break;
                }
                detail.push(' ');
                detail.push_str(word);
            }
        }
        if detail.is_empty() {
            detail = match cause.status {
                Some(status) => format!("HTTP {status}"),
                None => self.rule.to_string(),
            };
        }
        shortened(&detail, DETAIL_MAX)
    }

    /// The error object for programs: `{"ok":false,"error":{...}}` on one line.
    ///
    /// Names are snake_case; the status is that of `exits`.
    #[must_use]
    pub fn to_json(&self, exits: &ExitTable) -> String {
        let mut json = String::from("{\"ok\":false,\"error\":");
        self.push_error(&mut json, exits);
        json.push('}');
        json
    }

    /// Appends the error object itself.
    pub(crate) fn push_error(&self, json: &mut String, exits: &ExitTable) {
        object::push(json, |field| self.fields(exits, field));
    }

    /// Every field of the error object, in order: the one place that names them.
    fn fields(&self, exits: &ExitTable, field: &mut dyn FnMut(&'static str, Value<'_>)) {
        use Value::{Bool, Number, Text};
        let cause = &self.cause;
        field("code", Text(self.code().as_str()));
        field("kind", Text(self.kind.as_str()));
        field("confidence", Text(self.confidence.as_str()));
        field("message", Text(&self.headline()));
        field("action", Text(&self.action()));
        field("detail", Text(&self.detail()));
        field("expired", Bool(self.code() == Code::CredentialsExpired));
        if let Some(end) = self.expired_at {
            field("expired_at", Text(&end.to_string()));
        }
        field("retry", Text(self.retry().as_str()));
        field("retryable", Bool(self.is_retryable()));
        let command = self.remedy.command();
        field("reauth_command", Value::of(command.as_deref()));
        field("reauth_argv", Value::argv(&self.remedy.argv));
        field("reauth_env_var", Value::of(self.remedy.env_var));
        field("advice", Text(self.remedy.advice));
        field("help", Text(&self.kind.help()));
        field("actor", Text(self.remedy.actor.as_str()));
        field("exit_code", Number(exits.status(self.kind).into()));
        field("safe_to_discard", Bool(self.safe_to_discard));
        field("profile", Value::of(self.profile.as_deref()));
        field("service", Value::of(cause.service.as_deref()));
        field("operation", Value::of(cause.operation.as_deref()));
        field("aws_code", Value::of(cause.code.as_deref()));
        field(
            "status",
            cause
                .status
                .map_or(Value::Null, |status| Number(status.into())),
        );
        field("request_id", Value::of(cause.request_id.as_deref()));
        field(
            "required_permission",
            Value::of(self.required_permission.as_deref()),
        );
        field("resource", Value::of(self.resource.as_deref()));
        field("settled_by", Value::of(self.settled_by));
        field("rule", Text(self.rule));
    }
}

impl fmt::Display for Diagnosis {
    /// Writes the three parts, without a final line break.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&three_parts(
            &self.headline(),
            &self.action(),
            &self.detail(),
        ))
    }
}

fn three_parts(headline: &str, action: &str, detail: &str) -> String {
    format!("{headline}\n  {action}\n  ({detail})")
}

/// Serialises the error object with camelCase names, the form that JavaScript sees.
///
/// `exitCode` is that of [`ExitTable::DEFAULT`]; `text` has the three parts.
#[cfg(feature = "serde")]
impl serde::Serialize for Diagnosis {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        let mut outcome = Ok(());
        let (mut headline, mut action, mut detail) = Default::default();
        self.fields(&ExitTable::DEFAULT, &mut |name, value| {
            if let Value::Text(text) = value {
                match name {
                    "message" => headline = String::from(text),
                    "action" => action = String::from(text),
                    "detail" => detail = String::from(text),
                    _ => {}
                }
            }
            if outcome.is_ok() {
                outcome = object::serialize_entry(&mut map, name, value);
            }
        });
        outcome?;
        map.serialize_entry("text", &three_parts(&headline, &action, &detail))?;
        map.end()
    }
}

/// At most `max` characters; what is cut ends in an ellipsis.
pub(crate) fn shortened(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_string(),
        Some(_) => {
            let mut short: String = text.chars().take(max.saturating_sub(1)).collect();
            short.push('\u{2026}');
            short
        }
    }
}
