//! What is read is what was meant, and nothing that is not.

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
        P::SsoSessionDiffers { profile, key } => named("sso_session_differs", &[&profile, &key]),
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
