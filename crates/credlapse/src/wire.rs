//! What crosses to a host of another language: one text each way.
//!
//! One text is one crossing, where each field of an object would be a crossing
//! of its own. It holds fields in a fixed order, each as its length in UTF-16
//! units, a colon and itself: `3:dev`. A colon alone is a field that is absent,
//! and a list is the field of its length, then those of its items. No text has
//! to be escaped or searched for an end, and neither side has to read names.
//! What a host sends may be of any type, and a number is a text. What it is
//! sent is of the types that it expects: a number, a truth and the length of a
//! list are as they are, without a length, before the colon.

use alloc::string::String;
use alloc::vec::Vec;

use crate::digits;
use crate::object::{Field, Value};
use crate::profile::{ProfileChoice, ProfileProblem, TokenState};
use crate::text::scan;
use crate::{Cause, Context, CredentialSource, Evidence, ProfileFacts, Shell, Timestamp};

impl Evidence {
    /// The evidence that a text of fields holds: those of its context, then those of each cause.
    ///
    /// The fields are those of [`Context`] and [`Cause`], in their order. Names
    /// are stable ones, times RFC 3339, truth is `1`. Before the fields of facts
    /// stands one that is absent where they are; a problem is the list of its
    /// name and what is in it. A field that is not what its type says is as if
    /// it were absent: one wrong field must not cost the diagnosis. `None` where the text ends within a
    /// field or a cause. Linear in the text.
    ///
    /// ```
    /// use credlapse::{Evidence, Kind, diagnose};
    ///
    /// let evidence = Evidence::from_wire(":3:dev:::::::12:ExpiredToken::3:400:::");
    /// let diagnosis = diagnose(&evidence.unwrap()).unwrap();
    /// assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
    /// assert_eq!(diagnosis.profile.as_deref(), Some("dev"));
    /// assert_eq!(Evidence::from_wire(":3:de"), None);
    /// ```
    #[must_use]
    pub fn from_wire(text: &str) -> Option<Self> {
        let mut fields = Fields::of(text);
        let context = fields.context();
        let mut causes = Vec::new();
        while !fields.rest.is_empty() {
            causes.push(fields.cause());
        }
        (!fields.is_damaged).then_some(Self { causes, context })
    }
}

impl Context {
    /// The context that a text of fields holds, as [`Evidence::from_wire`] reads it.
    ///
    /// ```
    /// use credlapse::Context;
    ///
    /// let context = Context::from_wire("9:Datastore:::5:never::::").unwrap();
    /// assert_eq!(context.subject.as_deref(), Some("Datastore"));
    /// assert_eq!(context.expires_at, None);
    /// ```
    #[must_use]
    pub fn from_wire(text: &str) -> Option<Self> {
        let mut fields = Fields::of(text);
        let context = fields.context();
        (fields.rest.is_empty() && !fields.is_damaged).then_some(context)
    }
}

/// The fields that are left; none, where one was damaged.
struct Fields<'a> {
    rest: &'a str,
    is_damaged: bool,
}

impl<'a> Fields<'a> {
    const fn of(text: &'a str) -> Self {
        Self {
            rest: text,
            is_damaged: false,
        }
    }

    /// The next field, where it is not absent.
    fn field(&mut self) -> Option<&'a str> {
        if self.rest.as_bytes().first() == Some(&b':') {
            self.rest = scan::from(self.rest, 1);
            return None;
        }
        let split = split_field(self.rest);
        self.is_damaged |= split.is_none();
        let (field, rest) = split.unzip();
        self.rest = rest.unwrap_or("");
        field
    }

    fn text(&mut self) -> Option<String> {
        self.field().map(String::from)
    }

    /// RFC 3339, or the seconds themselves.
    fn time(&mut self) -> Option<Timestamp> {
        let field = self.field()?;
        let seconds = digits::read(field, 10).map(Timestamp);
        seconds.or_else(|| Timestamp::parse(field))
    }

    fn source(&mut self) -> Option<CredentialSource> {
        self.field().and_then(CredentialSource::from_name)
    }

    fn truth(&mut self) -> bool {
        self.field() == Some("1")
    }

    fn number<N: TryFrom<u64>>(&mut self) -> Option<N> {
        digits::read(self.field()?, 10)
    }

    /// What is absent, or reads as nothing, is left out of the list.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Vec<T> {
        let mut left = self.number().unwrap_or(0_usize);
        let mut items = Vec::new();
        while left > 0 && !self.is_damaged {
            left = left.saturating_sub(1);
            if let Some(item) = item(self) {
                items.push(item);
            }
        }
        items
    }

    fn texts(&mut self) -> Vec<String> {
        self.list(Self::text)
    }

    fn context(&mut self) -> Context {
        Context {
            subject: self.text(),
            profile: self.text(),
            facts: self.field().map(|_| self.facts()),
            source: self.source(),
            expires_at: self.time(),
            now: self.time(),
            server_time: self.time(),
            shell: self.field().and_then(Shell::from_name).unwrap_or_default(),
            secrets: self.texts(),
        }
    }

    // Most have none: what is not called is not compiled, where that happens at the first call.
    #[cold]
    fn facts(&mut self) -> ProfileFacts {
        ProfileFacts {
            profile: self.text().unwrap_or_default(),
            chosen_by: self
                .field()
                .and_then(ProfileChoice::from_name)
                .unwrap_or_default(),
            exists: self.truth(),
            source: self.source(),
            shadowed_source: self.source(),
            source_profile: self.text(),
            role_arn: self.text(),
            mfa_serial: self.text(),
            has_session_token: self.truth(),
            sso_session: self.text(),
            sso_start_url: self.text(),
            login_session: self.text(),
            token: self
                .field()
                .and_then(TokenState::from_name)
                .unwrap_or_default(),
            can_refresh: self.truth(),
            expires_at: self.time(),
            needs: self.text(),
            problems: self.list(|fields| problem(fields.texts())),
            known_profiles: self.texts(),
        }
    }

    fn cause(&mut self) -> Cause {
        Cause {
            name: self.text(),
            code: self.text(),
            message: self.text(),
            status: self.number(),
            service: self.text(),
            operation: self.text(),
            request_id: self.text(),
        }
    }
}

/// A field, and what follows it.
fn split_field(text: &str) -> Option<(&str, &str)> {
    let (units, rest) = scan::until(text, b':');
    let (units, rest) = (digits::read(units, 10)?, rest.get(1..)?);
    rest.split_at_checked(end_of(rest, units)?)
}

/// The problem with this name and content.
fn problem(parts: Vec<String>) -> Option<ProfileProblem> {
    use ProfileProblem as P;
    let mut parts = parts.into_iter();
    let name = parts.next()?;
    let first = parts.next()?;
    let mut other = || parts.next();
    Some(match &*name {
        "unparsable" => P::Unparsable {
            file: first,
            line: digits::read(&other()?, 10)?,
        },
        "not_found" => P::NotFound(first),
        "source_not_found" => P::SourceNotFound {
            profile: first,
            source_profile: other()?,
        },
        "role_loop" => P::RoleLoop(first),
        "both_sources" => P::BothSources(first),
        "invalid_credential_source" => P::InvalidCredentialSource {
            profile: first,
            credential_source: other()?,
        },
        "sso_session_not_found" => P::SsoSessionNotFound {
            profile: first,
            sso_session: other()?,
        },
        "sso_session_differs" => P::SsoSessionDiffers {
            profile: first,
            key: other()?,
        },
        "missing_keys" => P::MissingKeys {
            profile: first,
            keys: parts.collect(),
        },
        "no_credentials" => P::NoCredentials(first),
        "partial_environment" => P::PartialEnvironment(first),
        "several_sources" => P::SeveralSources {
            profile: first,
            keys: parts.collect(),
        },
        "duplicate" => P::Duplicate {
            file: first,
            line: digits::read(&other()?, 10)?,
        },
        _ => return None,
    })
}

/// Where so many UTF-16 units of a text end.
fn end_of(text: &str, units: usize) -> Option<usize> {
    // No text has more units than bytes, and ASCII has as many.
    if text.as_bytes().get(..units)?.is_ascii() {
        return Some(units);
    }
    let mut left = units;
    let mut end: usize = 0;
    for char in text.chars() {
        if left == 0 {
            break;
        }
        left = left.checked_sub(char.len_utf16())?;
        end = end.checked_add(char.len_utf8())?;
    }
    (left == 0).then_some(end)
}

/// The text of the fields that `each` calls its argument with.
pub(crate) fn text(each: impl Fn(&mut Field<'_>)) -> String {
    let of_lengths = |length: fn(&str) -> usize| {
        let mut wire = String::with_capacity(1024);
        each(&mut |_, value| push(&mut wire, value, length));
        wire
    };
    let wire = of_lengths(str::len);
    // ASCII has as many units as bytes, and most texts are.
    if wire.is_ascii() {
        return wire;
    }
    of_lengths(|text| text.encode_utf16().count())
}

fn push(wire: &mut String, value: Value<'_>, length: fn(&str) -> usize) {
    let push_text = |wire: &mut String, text: &str| {
        push_number(wire, length(text) as u32);
        wire.push_str(text);
    };
    match value {
        Value::Absent | Value::Null => wire.push(':'),
        Value::Bool(value) => push_number(wire, value.into()),
        // None of them is less than zero.
        Value::Number(number) => push_number(wire, number.unsigned_abs()),
        Value::Text(text) => push_text(wire, text),
        Value::List(list) => {
            push_number(wire, list.len() as u32);
            for text in list {
                push_text(wire, text);
            }
        }
    }
}

fn push_number(wire: &mut String, number: u32) {
    digits::push(wire, number.into(), 1);
    wire.push(':');
}

#[cfg(test)]
mod tests;
