//! A check as one object, for programs.

use alloc::string::{String, ToString};

use super::{Check, Finding};
use crate::object::{self, Field, Value};
use crate::{Code, CredentialSource, ExitTable};

/// The name and version of the object's shape: the `$id` of its JSON Schema.
pub const SCHEMA: &str = "urn:credlapse:check:1";

impl Check {
    /// The check as one object, `{"schema":...,"ok":true,...}`, on one line.
    ///
    /// Names are snake_case; `exit_code` is that of `exits`; `error` is the
    /// object that [`Diagnosis::to_json`](crate::Diagnosis::to_json) has under the same name.
    #[must_use]
    pub fn to_json(&self, exits: &ExitTable) -> String {
        let mut json = String::new();
        object::push(&mut json, |field| self.fields(exits, field));
        // The lists of objects stand at the end of the object.
        json.pop();
        json.push_str(",\"findings\":[");
        for (at, finding) in self.findings.iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            object::push(&mut json, |field| finding.fields(field));
        }
        json.push_str("],\"error\":");
        match &self.diagnosis {
            Some(diagnosis) => diagnosis.push_error(&mut json, exits),
            None => json.push_str("null"),
        }
        json.push('}');
        json
    }

    /// Every field but `findings` and `error`, in order: the one place that names them.
    fn fields(&self, exits: &ExitTable, field: &mut Field<'_>) {
        use Value::{Bool, Null, Number, Text};
        let time = |time: Option<crate::Timestamp>| time.map(|time| time.to_string());
        let status = self.status(exits);
        field("schema", Text(SCHEMA));
        field("ok", Bool(status == 0 && self.code().is_none()));
        field("exit_code", Number(status.into()));
        field("code", Value::of(self.code().map(Code::as_str)));
        field("message", Text(&self.headline()));
        field("checked_at", Value::of(time(self.now).as_deref()));
        field("online", Bool(self.online));
        field("profile", Text(&self.profile));
        field("chosen_by", Text(self.chosen_by.as_str()));
        field(
            "source",
            Value::of(self.source.map(CredentialSource::as_str)),
        );
        field(
            "shadowed_source",
            Value::of(self.shadowed_source.map(CredentialSource::as_str)),
        );
        field("login_profile", Value::of(self.login_profile.as_deref()));
        field("session", Value::of(self.session.as_deref()));
        field("role_arn", Value::of(self.role_arn.as_deref()));
        field("token", Text(self.token.as_str()));
        field("can_refresh", Bool(self.can_refresh));
        field("has_session_token", Bool(self.has_session_token));
        field("expires_at", Value::of(time(self.expires_at).as_deref()));
        field("remaining_seconds", Value::seconds(self.remaining()));
        field("region", Value::of(self.region.as_deref()));
        field("account", Value::of(self.account.as_deref()));
        field("arn", Value::of(self.arn.as_deref()));
        field("clock_offset_seconds", Value::seconds(self.clock_offset));
        let command = self.remedy.as_ref().and_then(crate::Remedy::command);
        field("reauth_command", Value::of(command.as_deref()));
        let argv = self
            .remedy
            .as_ref()
            .map_or(Null, |remedy| Value::argv(&remedy.argv));
        field("reauth_argv", argv);
    }
}

impl Finding {
    fn fields(&self, field: &mut Field<'_>) {
        field("code", Value::Text(self.code.as_str()));
        field("severity", Value::Text(self.severity.as_str()));
        field("message", Value::Text(&self.message));
        field("advice", Value::Text(&self.advice));
        field("argv", Value::argv(&self.argv));
    }
}

/// Serialises the object with camelCase names, the form that JavaScript sees.
///
/// `exitCode` is that of [`ExitTable::DEFAULT`]; `text` is what people read.
#[cfg(feature = "serde")]
impl serde::Serialize for Check {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        let mut outcome = Ok(());
        self.fields(&ExitTable::DEFAULT, &mut |name, value| {
            if outcome.is_ok() {
                outcome = object::serialize_entry(&mut map, name, value);
            }
        });
        outcome?;
        map.serialize_entry("findings", &self.findings)?;
        map.serialize_entry("error", &self.diagnosis)?;
        map.serialize_entry("text", &self.to_string())?;
        map.end()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        let mut outcome = Ok(());
        self.fields(&mut |name, value| {
            if outcome.is_ok() {
                outcome = object::serialize_entry(&mut map, name, value);
            }
        });
        outcome?;
        map.end()
    }
}
