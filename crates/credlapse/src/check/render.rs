//! A check in words, for people.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt::{self, Write};

use super::{Check, Severity, duration};
use crate::profile::{ProfileChoice, TokenState};
use crate::render::shortened;
use crate::{CredentialSource, Timestamp};

/// The longest value in the table, in characters.
const VALUE_MAX: usize = 160;

impl Check {
    /// What it comes to, in one sentence.
    ///
    /// The headline of the diagnosis, else the first problem, else for how long the credentials are good.
    #[must_use]
    pub fn headline(&self) -> String {
        if let Some(diagnosis) = &self.diagnosis {
            return diagnosis.headline();
        }
        if let Some(problem) = self.problems().next() {
            return problem.message.clone();
        }
        let how = if self.online { "work" } else { "look good" };
        let of_profile = match self.chosen_by {
            _ if self.of_client => " of the client".into(),
            ProfileChoice::Default => String::new(),
            _ => format!(" of profile '{}'", shortened(&self.profile, 60)),
        };
        let state = self.session_state(false);
        format!("The AWS credentials{of_profile} {how}: {state}.")
    }

    /// The time, what it comes to and what to do, on one line: for a log that grows.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = self.now.map(|now| format!("{now} ")).unwrap_or_default();
        line.push_str(&self.headline());
        let todo = match &self.diagnosis {
            Some(diagnosis) => Some(diagnosis.action()),
            None => self
                .problems()
                .next()
                .map(|problem| problem.advice.to_string()),
        };
        if let Some(todo) = todo {
            line.push(' ');
            line.push_str(&todo);
        }
        line
    }

    /// The state of the session: `valid for 3 h 12 min`.
    #[must_use]
    pub fn session_text(&self) -> String {
        self.session_state(true)
    }

    fn session_state(&self, with_end: bool) -> String {
        match self.token {
            TokenState::Missing => return "nobody has logged in on this machine".into(),
            TokenState::Damaged => return "the cached token cannot be read".into(),
            _ => {}
        }
        let Some(end) = self.expires_at else {
            return self.without_end().into();
        };
        let at = if with_end {
            self.point(end)
        } else {
            String::new()
        };
        let until = |word: &str| {
            if at.is_empty() {
                String::new()
            } else {
                format!(", {word} {at}")
            }
        };
        let Some(now) = self.now else {
            return format!("until {}", self.point(end));
        };
        let left = end.since(now);
        match (left > 0, self.can_refresh) {
            (true, false) => format!("valid for {}{}", duration::text(left), until("until")),
            (true, true) => format!(
                "valid for {}{}, then renewed without a login",
                duration::text(left),
                until("until")
            ),
            (false, false) => format!("ended {} ago{}", span(left), until("at")),
            (false, true) => format!(
                "renewed without a login at the next call (ended {} ago)",
                span(left)
            ),
        }
    }

    const fn without_end(&self) -> &'static str {
        match self.source {
            None if self.of_client => "their end is not known",
            None => "no credentials",
            Some(
                CredentialSource::Environment
                | CredentialSource::StaticProfile
                | CredentialSource::Caller,
            ) => {
                if self.has_session_token {
                    "temporary keys, their end is not known"
                } else {
                    "keys without an end"
                }
            }
            Some(CredentialSource::Process) => "made by a program at each call",
            Some(_) => "provided when they are asked for",
        }
    }

    /// A time in UTC and, where the offset is known, as a local clock shows it.
    fn point(&self, time: Timestamp) -> String {
        let Some(local) = self
            .utc_offset
            .and_then(|offset| time.0.checked_add(offset))
            .map(|seconds| Timestamp(seconds).to_string())
        else {
            return time.to_string();
        };
        let utc = time.to_string();
        let (utc_day, local_day) = (utc.get(..10), local.get(..10));
        let (day, clock) = (
            local_day.unwrap_or_default(),
            local.get(11..16).unwrap_or_default(),
        );
        if utc_day == local_day {
            format!("{utc} ({clock} local time)")
        } else {
            format!("{utc} ({day} {clock} local time)")
        }
    }

    /// The rows of the table: what it is, and its value.
    fn rows(&self, mut row: impl FnMut(&'static str, String)) {
        let chosen = match self.chosen_by {
            ProfileChoice::Default => "nothing chose another",
            ProfileChoice::Argument => "given as an argument",
            ProfileChoice::AwsProfile => "chosen by AWS_PROFILE",
            ProfileChoice::AwsDefaultProfile => "chosen by AWS_DEFAULT_PROFILE",
        };
        let mut source: String = self.source.map_or("none", source_name).into();
        if self.of_client {
            source = match self.source {
                None | Some(CredentialSource::Caller) => "those of the client".into(),
                Some(_) => format!("those of the client: {source}"),
            };
        } else {
            row("profile", format!("{} ({chosen})", self.profile));
        }
        if let Some(session) = &self.session
            && self.shadowed_source.is_none()
        {
            source.push(' ');
            source.push_str(session);
        }
        if let Some(login) = &self.login_profile {
            let _ = write!(source, ", through profile '{login}'");
        }
        if let Some(shadowed) = self.shadowed_source {
            let _ = write!(source, ", before the profile's {}", source_name(shadowed));
        }
        row("credentials", source);
        if let Some(role) = self
            .role_arn
            .as_ref()
            .filter(|_| self.shadowed_source.is_none())
        {
            row("role", role.clone());
        }
        row("session", self.session_text());
        let region = match (&self.region, &self.region_variable) {
            (Some(region), Some(variable)) => format!("{region} (by {variable})"),
            (Some(region), None) => region.clone(),
            (None, _) => "none".into(),
        };
        row("region", region);
        if let Some(account) = &self.account {
            let by = if self.online {
                ""
            } else {
                " (by the configuration)"
            };
            row("account", format!("{account}{by}"));
        }
        if let Some(arn) = &self.arn {
            row("identity", arn.clone());
        }
    }
}

/// How long ago an end is.
fn span(left: i64) -> String {
    duration::text(left.saturating_neg())
}

const fn source_name(source: CredentialSource) -> &'static str {
    match source {
        CredentialSource::Environment => "keys in the environment",
        CredentialSource::StaticProfile => "keys in a file",
        CredentialSource::Sso => "SSO session",
        CredentialSource::Login => "aws login",
        CredentialSource::AssumeRole => "role",
        CredentialSource::WebIdentity => "web identity token",
        CredentialSource::Process => "credential_process",
        CredentialSource::Container => "container credentials",
        CredentialSource::Instance => "instance metadata",
        CredentialSource::Caller => "stored keys",
    }
}

impl fmt::Display for Check {
    /// Writes what it comes to, the table, and what else is to be said; without a final line break.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut findings = self.findings.iter();
        match &self.diagnosis {
            Some(diagnosis) => writeln!(f, "{diagnosis}")?,
            None => {
                f.write_str(&self.headline())?;
                // The first problem is the headline.
                let mut rest = findings.clone();
                if let Some(problem) = rest
                    .next()
                    .filter(|first| first.severity == Severity::Problem)
                {
                    write!(f, "\n  {}", problem.advice)?;
                    findings = rest;
                }
                f.write_char('\n')?;
            }
        }
        let mut rows = Ok(());
        self.rows(|name, value| {
            let value = shortened(&value, VALUE_MAX);
            rows = rows.and_then(|()| write!(f, "\n  {name:<11}  {value}"));
        });
        rows?;
        for (at, finding) in findings.enumerate() {
            let line = if at == 0 { "\n" } else { "" };
            let severity = finding.severity;
            write!(
                f,
                "{line}\n{severity}: {}\n  {}",
                finding.message, finding.advice
            )?;
        }
        Ok(())
    }
}
