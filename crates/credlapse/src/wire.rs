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
mod tests {
    use super::*;
    use crate::{ExitTable, diagnose};
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec;

    /// The text that a host would send; it names every field, so that a new one has to be added here.
    fn text_of(evidence: &Evidence) -> String {
        let Evidence { causes, context } = evidence;
        let Context {
            subject,
            profile,
            facts,
            source,
            expires_at,
            now,
            server_time,
            shell,
            secrets,
        } = context;
        let time = |time: &Option<Timestamp>| time.map(|time| time.to_string());
        let mut text = String::new();
        put(&mut text, [subject.clone(), profile.clone()]);
        match facts {
            None => put(&mut text, [None]),
            Some(facts) => put_facts(&mut text, facts),
        }
        let source = source.map(|source| source.to_string());
        put(
            &mut text,
            [source, time(expires_at), time(now), time(server_time)],
        );
        put(&mut text, [Some(shell.to_string())]);
        put_list(&mut text, secrets);
        for cause in causes {
            let Cause {
                name,
                code,
                message,
                status,
                service,
                operation,
                request_id,
            } = cause.clone();
            let status = status.map(|status| status.to_string());
            put(&mut text, [name, code, message, status]);
            put(&mut text, [service, operation, request_id]);
        }
        text
    }

    fn put_facts(text: &mut String, facts: &ProfileFacts) {
        let ProfileFacts {
            profile,
            chosen_by,
            exists,
            source,
            shadowed_source,
            source_profile,
            role_arn,
            mfa_serial,
            has_session_token,
            sso_session,
            sso_start_url,
            login_session,
            token,
            can_refresh,
            expires_at,
            needs,
            problems,
            known_profiles,
        } = facts.clone();
        let truth = |truth: bool| Some(u8::from(truth).to_string());
        let source_of = |source: Option<CredentialSource>| source.map(|source| source.to_string());
        put(text, [Some("1".into()), Some(profile)]);
        put(text, [Some(chosen_by.to_string()), truth(exists)]);
        put(text, [source_of(source), source_of(shadowed_source)]);
        put(text, [source_profile, role_arn, mfa_serial]);
        put(text, [truth(has_session_token), sso_session, sso_start_url]);
        put(text, [login_session, Some(token.to_string())]);
        let expires_at = expires_at.map(|time| time.to_string());
        put(text, [truth(can_refresh), expires_at, needs]);
        put(text, [Some(problems.len().to_string())]);
        for problem in problems {
            put_list(text, &parts_of(problem));
        }
        put_list(text, &known_profiles);
    }

    fn parts_of(problem: ProfileProblem) -> Vec<String> {
        use ProfileProblem as P;
        let named = |name: &str, parts: &[&str]| {
            let parts = parts.iter().map(|part| String::from(*part));
            [name.into()].into_iter().chain(parts).collect()
        };
        let listed = |name: &str, profile: String, keys: Vec<String>| {
            let head = [name.into(), profile];
            head.into_iter().chain(keys).collect()
        };
        match problem {
            P::Unparsable { file, line } => named("unparsable", &[&file, &line.to_string()]),
            P::NotFound(profile) => named("not_found", &[&profile]),
            P::SourceNotFound {
                profile,
                source_profile,
            } => named("source_not_found", &[&profile, &source_profile]),
            P::RoleLoop(profile) => named("role_loop", &[&profile]),
            P::BothSources(profile) => named("both_sources", &[&profile]),
            P::InvalidCredentialSource {
                profile,
                credential_source,
            } => named("invalid_credential_source", &[&profile, &credential_source]),
            P::SsoSessionNotFound {
                profile,
                sso_session,
            } => named("sso_session_not_found", &[&profile, &sso_session]),
            P::SsoSessionDiffers { profile, key } => {
                named("sso_session_differs", &[&profile, &key])
            }
            P::MissingKeys { profile, keys } => listed("missing_keys", profile, keys),
            P::NoCredentials(profile) => named("no_credentials", &[&profile]),
            P::PartialEnvironment(name) => named("partial_environment", &[&name]),
            P::SeveralSources { profile, keys } => listed("several_sources", profile, keys),
            P::Duplicate { file, line } => named("duplicate", &[&file, &line.to_string()]),
        }
    }

    fn put<const N: usize>(text: &mut String, fields: [Option<String>; N]) {
        for field in fields {
            push(text, Value::of(field.as_deref()), units);
        }
    }

    fn units(text: &str) -> usize {
        text.encode_utf16().count()
    }

    fn put_list(text: &mut String, items: &[String]) {
        put(text, [Some(items.len().to_string())]);
        for item in items {
            push(text, Value::Text(item), units);
        }
    }

    /// One problem of each variant: `text_of` does not compile without a new one.
    fn problems() -> Vec<ProfileProblem> {
        use ProfileProblem as P;
        let text = String::from;
        vec![
            P::Unparsable {
                file: text("a:b"),
                line: 7,
            },
            P::NotFound(text("de\nv")),
            P::SourceNotFound {
                profile: text("p"),
                source_profile: text("s"),
            },
            P::RoleLoop(text("é")),
            P::BothSources(text("")),
            P::InvalidCredentialSource {
                profile: text("p"),
                credential_source: text("c"),
            },
            P::SsoSessionNotFound {
                profile: text("p"),
                sso_session: text("s"),
            },
            P::SsoSessionDiffers {
                profile: text("p"),
                key: text("k"),
            },
            P::MissingKeys {
                profile: text("p"),
                keys: vec![text("a"), text("b")],
            },
            P::NoCredentials(text("x")),
            P::PartialEnvironment(text("AWS_ACCESS_KEY_ID")),
            P::SeveralSources {
                profile: text("p"),
                keys: vec![],
            },
            P::Duplicate {
                file: text("f"),
                line: 1,
            },
        ]
    }

    /// Evidence in which no field is as it is by default.
    fn whole() -> Evidence {
        let text = |text: &str| Some(String::from(text));
        let facts = ProfileFacts {
            profile: "dev".into(),
            chosen_by: ProfileChoice::AwsProfile,
            exists: true,
            source: Some(CredentialSource::Sso),
            shadowed_source: Some(CredentialSource::StaticProfile),
            source_profile: text("base"),
            role_arn: text("arn:x"),
            mfa_serial: text("m"),
            has_session_token: true,
            sso_session: text("corp"),
            sso_start_url: text("u"),
            login_session: text("l"),
            token: TokenState::Expired,
            can_refresh: true,
            expires_at: Timestamp::parse("2026-11-21T14:15:00Z"),
            needs: text("~/x"),
            problems: problems(),
            known_profiles: vec!["a".into(), "ü".into()],
        };
        Evidence {
            causes: vec![
                Cause {
                    name: text("ExpiredToken"),
                    code: text("3:4:"),
                    message: text("a \u{2028} \\ \"quoted\"\0\n\tline \u{1f600}:é"),
                    status: Some(400),
                    service: text("S3"),
                    operation: text("PutObject"),
                    request_id: text("R"),
                },
                Cause::default(),
            ],
            context: Context {
                subject: text("Datastore 😀"),
                profile: text("dev"),
                facts: Some(facts),
                source: Some(CredentialSource::Caller),
                expires_at: Timestamp::parse("2026-11-21T14:15:00Z"),
                now: Timestamp::parse("2026-11-21T15:15:00Z"),
                server_time: Timestamp::parse("2026-11-21T15:15:01Z"),
                shell: Shell::PowerShell,
                secrets: vec!["hunter2".into(), "a:b".into()],
            },
        }
    }

    #[test]
    fn every_field_arrives() {
        for evidence in [whole(), Evidence::default()] {
            let text = text_of(&evidence);
            assert_eq!(Evidence::from_wire(&text), Some(evidence.clone()));
            let context = Evidence {
                causes: vec![],
                ..evidence
            };
            let text = text_of(&context);
            assert_eq!(Context::from_wire(&text), Some(context.context));
        }
    }

    /// Fields of which an empty one is absent.
    fn fields(fields: &[&str]) -> String {
        let mut text = String::new();
        for field in fields {
            let field = Some(*field).filter(|field| !field.is_empty());
            push(&mut text, Value::of(field), units);
        }
        text
    }

    #[test]
    fn what_is_of_another_type_is_absent() {
        let text = [
            fields(&["", "dev", "1", "", "no", "true", "x", "", "", "", ""]),
            fields(&["yes", "", "", "", "no", "", "never", ""]),
            // Problems without content, of an unknown name, without a line.
            fields(&["4", "1", "not_found", "2", "no_such", "x", "", "3"]),
            fields(&["unparsable", "f", "-1", "2", "", "a"]),
            fields(&["nobody", "never", "", "yesterday", "bash", "many"]),
            fields(&["", "", "m", "70000", "", "", ""]),
        ]
        .concat();
        let facts = ProfileFacts {
            known_profiles: vec!["a".into()],
            ..ProfileFacts::default()
        };
        let context = Context {
            profile: Some("dev".into()),
            facts: Some(facts),
            ..Context::default()
        };
        let causes = vec![Cause::message("m")];
        assert_eq!(
            Evidence::from_wire(&text),
            Some(Evidence { causes, context })
        );
    }

    #[test]
    fn a_time_may_be_seconds() {
        let text = fields(&["", "", "", "", "", "1795270500", "", "", ""]);
        let context = Context {
            now: Some(Timestamp(1_795_270_500)),
            ..Context::default()
        };
        assert_eq!(Context::from_wire(&text), Some(context));
    }

    #[test]
    fn damaged_text_is_no_evidence() {
        let evidence = whole();
        let text = text_of(&evidence);
        // Between two causes nothing is damaged.
        let whole_after = [0, 1].map(|causes| {
            let causes = evidence.causes.get(..causes).unwrap_or_default();
            text_of(&Evidence {
                causes: causes.into(),
                ..evidence.clone()
            })
        });
        for (end, _) in text.char_indices() {
            let (cut, _) = text.split_at(end);
            let read = Evidence::from_wire(cut);
            assert_eq!(read.is_some(), whole_after.iter().any(|whole| whole == cut));
        }
        for text in [
            "",
            "x",
            "1",
            "-1:",
            "+1:x",
            "99999999999999999999999:x",
            "{}",
        ] {
            assert_eq!(Evidence::from_wire(text), None, "{text}");
        }
        // A list that is said to be long takes no memory for it.
        let text = format!("{}15:999999999999999", ":".repeat(8));
        assert_eq!(Evidence::from_wire(&text), None);
        assert_eq!(Context::from_wire(&text_of(&evidence)), None);
    }

    #[test]
    fn lengths_are_those_of_utf_16() {
        let written =
            |values: &[Value<'_>]| text(|field| values.iter().for_each(|value| field("", *value)));
        let list = ["aws".into(), "é".into()];
        let long = "x".repeat(1020);
        let values = [
            Value::Text("ü😀\u{2026}"),
            Value::Text(""),
            Value::Null,
            Value::List(&list),
            Value::Number(412),
            Value::Bool(true),
            Value::Bool(false),
            Value::Text(&long),
        ];
        let wire = written(&values);
        assert!(wire.starts_with("4:ü😀\u{2026}0::2:3:aws1:é412:1:0:1020:xxx"));
        let mut fields = Fields::of(&wire);
        assert_eq!(fields.field(), Some("ü😀\u{2026}"));
        assert_eq!(fields.field(), Some(""));
        assert_eq!(fields.field(), None);
        assert!(!fields.is_damaged);
        assert!(written(&[Value::Text("ab"), Value::Text(&long)]).starts_with("2:ab1020:xxx"));
        // It ends within a pair of surrogates, or behind the end.
        for damaged in ["1:😀", "2:a", "2:é"] {
            let mut fields = Fields::of(damaged);
            assert_eq!(fields.field(), None);
            assert!(fields.is_damaged);
        }
    }

    impl Fields<'_> {
        /// The next field as a host reads a number.
        fn plain_number(&mut self) -> Option<i64> {
            let (digits, rest) = self.rest.split_once(':')?;
            self.rest = rest;
            digits.parse().ok()
        }
    }

    #[test]
    fn a_diagnosis_holds_the_fields_of_the_error_object() {
        let mut evidence = whole();
        for causes in [
            evidence.causes.clone(),
            vec![Cause::named("SSOTokenProviderFailure")],
        ] {
            evidence.causes = causes;
            let diagnosis = diagnose(&evidence).unwrap();
            let json: serde_json::Value =
                serde_json::from_str(&diagnosis.to_json(&ExitTable::DEFAULT)).unwrap();
            let json = json.get("error").unwrap();
            let text = diagnosis.to_wire();
            let mut fields = Fields::of(&text);
            let mut names = vec![];
            diagnosis.each_field(&ExitTable::DEFAULT, &mut |name, _| {
                let expected = json.get(name).cloned().unwrap_or_default();
                let field = match &expected {
                    serde_json::Value::Array(_) => fields.plain_number().map(|length| {
                        let items = (0..length).map(|_| fields.text().unwrap_or_default());
                        items.collect::<Vec<_>>().into()
                    }),
                    serde_json::Value::Bool(_) => {
                        fields.plain_number().map(|truth| (truth == 1).into())
                    }
                    serde_json::Value::Number(_) => fields.plain_number().map(Into::into),
                    _ => Some(fields.text().into()),
                };
                assert_eq!(field, Some(expected), "{name}");
                names.push(name);
            });
            assert_eq!(fields.rest, "");
            let absent = diagnosis.expired_at.is_none();
            names.retain(|name| *name != "expired_at" || !absent);
            assert_eq!(json.as_object().unwrap().len(), names.len());
        }
    }
}
