//! A diagnosis in words: three lines for people, one object for programs.

mod headline;

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::object::{self, Field, Value};
use crate::{Code, Diagnosis, ExitTable, digits, wire};

/// The longest headline, in characters; hosts cut there.
pub const HEADLINE_MAX: usize = 200;

/// The longest detail, in characters.
pub const DETAIL_MAX: usize = 600;

impl Diagnosis {
    /// What to do: the second line.
    ///
    /// A command stands here as it is typed in [`shell`](Self::shell).
    #[must_use]
    pub fn action(&self) -> String {
        self.action_beside(self.remedy.command().as_deref())
    }

    /// The action, where the command is known that is the same in every shell.
    fn action_beside(&self, command: Option<&str>) -> String {
        let typed = || self.remedy.typed_in(self.shell).map(Cow::Owned);
        match command.map(Cow::Borrowed).or_else(typed) {
            Some(command) if !command.is_empty() => ["Run: ", &command, "   then retry."].concat(),
            _ => self.remedy.advice.into(),
        }
    }

    /// The SDK's own words, redacted, on one line of at most [`DETAIL_MAX`] characters.
    #[must_use]
    pub fn detail(&self) -> String {
        let cause = &self.cause;
        let inner = cause.code.as_deref().or(cause.name.as_deref());
        let message = cause.message.as_deref().unwrap_or("");
        let mut detail = String::with_capacity(message.len().min(DETAIL_MAX).saturating_add(64));
        match (self.outer.as_deref(), inner) {
            (Some(outer), Some(inner)) if outer != inner => {
                detail.extend([outer, " [", inner, "]"]);
            }
            (Some(name), _) | (None, Some(name)) => detail.push_str(name),
            (None, None) => {}
        }
        if !message.trim_start().is_empty() {
            let sep = if detail.is_empty() { "" } else { ": " };
            detail.push_str(sep);
            push_collapsed(&mut detail, message);
        }
        if detail.is_empty() {
            detail = match cause.status {
                Some(status) => {
                    let mut detail = String::from("HTTP ");
                    digits::push(&mut detail, status.into(), 1);
                    detail
                }
                None => self.rule.clone(),
            };
        }
        cut(detail, DETAIL_MAX)
    }

    /// Headline, action and detail on three lines, each between what begins and what ends its style.
    ///
    /// Without styles it is what [`Display`](fmt::Display) writes.
    ///
    /// ```
    /// use credlapse::{diagnose, text};
    ///
    /// let diagnosis = diagnose(&text::read("ExpiredToken: The provided token has expired.")).unwrap();
    /// let bold = ("\u{1b}[1m", "\u{1b}[0m");
    /// let styled = diagnosis.styled([bold, ("", ""), ("", "")]);
    /// assert!(styled.starts_with("\u{1b}[1mAWS session expired: the temporary credentials have expired.\u{1b}[0m\n  "));
    /// assert_eq!(styled.replace(bold.0, "").replace(bold.1, ""), diagnosis.to_string());
    /// ```
    #[must_use]
    pub fn styled(&self, styles: [(&str, &str); 3]) -> String {
        Parts::of(self).text(styles)
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

    /// The fields of the error object as one text, the form in which they cross to another language.
    ///
    /// A text is its length in UTF-16 units, a colon and itself; a number is
    /// itself and a colon, and truth is `1`. A colon alone is `null`, or absent.
    /// They are in the order of the error object, and the status is that of
    /// [`ExitTable::DEFAULT`].
    ///
    /// ```
    /// use credlapse::{diagnose, text};
    ///
    /// let diagnosis = diagnose(&text::read("ExpiredToken: The provided token has expired.")).unwrap();
    /// assert!(diagnosis.to_wire().starts_with("19:CREDENTIALS_EXPIRED21:session_token_expired"));
    /// ```
    #[must_use]
    pub fn to_wire(&self) -> String {
        let parts = Parts::of(self);
        wire::text(|field| self.fields(&parts, &ExitTable::DEFAULT, field))
    }

    /// Appends the error object itself.
    pub(crate) fn push_error(&self, json: &mut String, exits: &ExitTable) {
        object::push(json, |field| self.each_field(exits, field));
    }

    /// Calls `field` with the fields of the error object.
    pub(crate) fn each_field(&self, exits: &ExitTable, field: &mut Field<'_>) {
        self.fields(&Parts::of(self), exits, field);
    }

    /// Every field of the error object, in order: the one place that names them.
    fn fields(&self, parts: &Parts, exits: &ExitTable, field: &mut Field<'_>) {
        let cause = &self.cause;
        text(field, "code", self.code().as_str());
        text(field, "kind", self.kind.as_str());
        text(field, "confidence", self.confidence.as_str());
        text(field, "message", &parts.headline);
        text(field, "action", &parts.action);
        text(field, "detail", &parts.detail);
        truth(field, "expired", self.code() == Code::CredentialsExpired);
        match self.expired_at {
            Some(end) => text(field, "expired_at", &end.to_text()),
            None => field("expired_at", Value::Absent),
        }
        text(field, "retry", self.retry().as_str());
        truth(field, "retryable", self.is_retryable());
        optional(field, "reauth_command", &parts.command);
        field("reauth_argv", Value::argv(&self.remedy.argv));
        field("reauth_env_var", Value::of(self.remedy.env_var));
        text(field, "advice", self.remedy.advice);
        text(field, "help", &self.kind.help());
        text(field, "actor", self.remedy.actor.as_str());
        field("exit_code", Value::Number(exits.status(self.kind).into()));
        truth(field, "safe_to_discard", self.safe_to_discard);
        optional(field, "profile", &self.profile);
        optional(field, "service", &cause.service);
        optional(field, "operation", &cause.operation);
        optional(field, "aws_code", &cause.code);
        field(
            "status",
            cause
                .status
                .map_or(Value::Null, |status| Value::Number(status.into())),
        );
        optional(field, "request_id", &cause.request_id);
        optional(field, "required_permission", &self.required_permission);
        optional(field, "resource", &self.resource);
        field("settled_by", Value::of(self.settled_by));
        text(field, "rule", &self.rule);
    }
}

// Each stands for many calls: so it is one copy.

#[inline(never)]
fn text(field: &mut Field<'_>, name: &'static str, text: &str) {
    field(name, Value::Text(text));
}

#[inline(never)]
fn optional(field: &mut Field<'_>, name: &'static str, text: &Option<String>) {
    field(name, Value::of(text.as_deref()));
}

#[inline(never)]
fn truth(field: &mut Field<'_>, name: &'static str, truth: bool) {
    field(name, Value::Bool(truth));
}

/// Parts without styles.
const PLAIN: [(&str, &str); 3] = [("", ""); 3];

/// What a person reads, and the command in it.
struct Parts {
    command: Option<String>,
    headline: String,
    action: String,
    detail: String,
}

impl Parts {
    fn of(diagnosis: &Diagnosis) -> Self {
        let command = diagnosis.remedy.command();
        Self {
            headline: diagnosis.headline(),
            action: diagnosis.action_beside(command.as_deref()),
            detail: diagnosis.detail(),
            command,
        }
    }

    /// The one place that says how they stand beneath each other.
    fn text(&self, styles: [(&str, &str); 3]) -> String {
        let [headline, action, detail] = styles;
        [
            headline.0,
            &self.headline,
            headline.1,
            "\n  ",
            action.0,
            &self.action,
            action.1,
            "\n  ",
            detail.0,
            "(",
            &self.detail,
            ")",
            detail.1,
        ]
        .concat()
    }
}

impl fmt::Display for Diagnosis {
    /// Writes the three parts, without a final line break.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.styled(PLAIN))
    }
}

/// Serialises the fields of the error object under camelCase names, and the three parts as `text`:
/// what JavaScript sees.
#[cfg(feature = "serde")]
impl serde::Serialize for Diagnosis {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        let mut outcome = Ok(());
        let parts = Parts::of(self);
        let mut field = |name: &'static str, value: Value<'_>| {
            if outcome.is_ok() {
                outcome = object::serialize_entry(&mut map, name, value);
            }
        };
        self.fields(&parts, &ExitTable::DEFAULT, &mut field);
        field("text", Value::Text(&parts.text(PLAIN)));
        outcome?;
        map.end()
    }
}

/// At most `max` characters; what is cut ends in an ellipsis.
pub(crate) fn shortened(text: &str, max: usize) -> Cow<'_, str> {
    // What has no more bytes than that has no more characters: most is not counted.
    if text.len() <= max {
        return Cow::Borrowed(text);
    }
    let mut kept = "";
    for (count, (at, _)) in text.char_indices().enumerate() {
        if count < max {
            kept = text.get(..at).unwrap_or("");
        } else {
            return Cow::Owned([kept, "\u{2026}"].concat());
        }
    }
    Cow::Borrowed(text)
}

/// `text`, cut where it is longer than `max` characters.
fn cut(text: String, max: usize) -> String {
    match shortened(&text, max) {
        Cow::Borrowed(_) => text,
        Cow::Owned(short) => short,
    }
}

/// Appends `text` with one space for each run of white space.
fn push_collapsed(out: &mut String, text: &str) {
    let mut last = b' ';
    let is_collapsed = text.bytes().all(|byte| {
        let before = core::mem::replace(&mut last, byte);
        matches!(byte, b'!'..=b'~') || byte == b' ' && before != b' '
    });
    if is_collapsed && last != b' ' {
        out.push_str(text);
        return;
    }
    let mut words = text.split_whitespace();
    out.push_str(words.next().unwrap_or(""));
    for word in words {
        if out.len() > DETAIL_MAX.saturating_mul(4) {
            break;
        }
        out.push(' ');
        out.push_str(word);
    }
}
