//! Evidence as JSON: what a host hands over is what serde reads.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may panic"
)]

use credlapse::profile::ProfileProblem;
use credlapse::{Cause, Context, Evidence, ProfileFacts, Timestamp, diagnose};

/// One problem of each variant: a new one that is not read back fails here.
fn problems() -> Vec<ProfileProblem> {
    use ProfileProblem::*;
    let text = String::from;
    let problems = vec![
        Unparsable {
            file: text("a \"b\""),
            line: 7,
        },
        NotFound(text("de\nv")),
        SourceNotFound {
            profile: text("p"),
            source_profile: text("s"),
        },
        RoleLoop(text("é")),
        BothSources(text("")),
        InvalidCredentialSource {
            profile: text("p"),
            credential_source: text("c"),
        },
        SsoSessionNotFound {
            profile: text("p"),
            sso_session: text("s"),
        },
        SsoSessionDiffers {
            profile: text("p"),
            key: text("k"),
        },
        MissingKeys {
            profile: text("p"),
            keys: vec![text("a"), text("b")],
        },
        NoCredentials(text("x")),
        PartialEnvironment(text("AWS_ACCESS_KEY_ID")),
        SeveralSources {
            profile: text("p"),
            keys: vec![],
        },
        Duplicate {
            file: text("f"),
            line: 1,
        },
    ];
    let names = problems.iter().map(|problem| match problem {
        Unparsable { .. } => 0,
        NotFound(_) => 1,
        SourceNotFound { .. } => 2,
        RoleLoop(_) => 3,
        BothSources(_) => 4,
        InvalidCredentialSource { .. } => 5,
        SsoSessionNotFound { .. } => 6,
        SsoSessionDiffers { .. } => 7,
        MissingKeys { .. } => 8,
        NoCredentials(_) => 9,
        PartialEnvironment(_) => 10,
        SeveralSources { .. } => 11,
        Duplicate { .. } => 12,
        other => panic!("not read back: {other:?}"),
    });
    assert!(names.eq(0..13));
    problems
}

fn whole() -> Evidence {
    let facts = serde_json::json!({
        "profile": "dev", "chosenBy": "aws_profile", "exists": true, "source": "sso",
        "shadowedSource": "static_profile", "sourceProfile": "base", "roleArn": "arn:x",
        "mfaSerial": "m", "hasSessionToken": true, "ssoSession": "corp", "ssoStartUrl": "u",
        "loginSession": "l", "token": "expired", "canRefresh": true,
        "expiresAt": "2026-11-21T14:15:00Z", "needs": "~/x", "knownProfiles": ["a", "b"],
    });
    let mut facts: ProfileFacts = serde_json::from_value(facts).unwrap();
    facts.problems = problems();
    Evidence {
        causes: vec![
            Cause {
                code: Some("ExpiredToken".into()),
                message: Some("a \u{2028} \\ \"quoted\"\n\tline \u{1f600}".into()),
                status: Some(400),
                service: Some("S3".into()),
                operation: Some("PutObject".into()),
                request_id: Some("R".into()),
                ..Cause::named("ExpiredToken")
            },
            Cause::default(),
        ],
        context: Context {
            subject: Some("Datastore".into()),
            profile: Some("dev".into()),
            facts: Some(facts),
            source: Some(credlapse::CredentialSource::Caller),
            expires_at: Timestamp::parse("2026-11-21T14:15:00Z"),
            now: Timestamp::parse("2026-11-21T15:15:00Z"),
            server_time: Timestamp::parse("2026-11-21T15:15:01Z"),
            shell: credlapse::Shell::PowerShell,
            secrets: vec!["hunter2".into()],
        },
    }
}

#[test]
fn every_field_is_read_as_serde_reads_it() {
    let evidence = whole();
    for json in [
        serde_json::to_string(&evidence).unwrap(),
        serde_json::to_string_pretty(&evidence).unwrap(),
    ] {
        assert_eq!(Evidence::from_json(&json).unwrap(), evidence);
    }
    let context = serde_json::to_string(&evidence.context).unwrap();
    assert_eq!(Context::from_json(&context).unwrap(), evidence.context);
    let empty = serde_json::to_string(&Evidence::default()).unwrap();
    assert_eq!(Evidence::from_json(&empty).unwrap(), Evidence::default());
}

#[test]
fn what_is_of_another_type_is_absent() {
    let json = r#"{"causes": [7, null, {"name": 1, "code": {"a": ["]"]}, "message": "m", "status": 70000,
        "x": {"y": [{}]}, "service": true}, "x"], "context": {"facts": {"profile": 1, "token": "no",
        "problems": [{"not_found": 1}, {"no_such": "x"}, "x", {"unparsable": {"file": "f", "line": -1}}],
        "knownProfiles": [1, "a"], "exists": "true"}, "source": "nobody", "now": "never", "secrets": "s",
        "shell": [], "subject": null, "profile": "dev"}, "more": [1, 2]}"#;
    let evidence = Evidence::from_json(json).unwrap();
    assert_eq!(
        evidence.causes,
        [
            Cause::default(),
            Cause::default(),
            Cause::message("m"),
            Cause::default(),
        ]
    );
    let facts = ProfileFacts {
        known_profiles: vec!["a".into()],
        ..ProfileFacts::default()
    };
    let context = Context {
        profile: Some("dev".into()),
        facts: Some(facts),
        ..Context::default()
    };
    assert_eq!(evidence.context, context);
    assert_eq!(
        Evidence::from_json(r#"{"causes": {}, "context": []}"#).unwrap(),
        Evidence::default()
    );
}

#[test]
fn damaged_text_is_no_evidence() {
    let whole = serde_json::to_string(&whole()).unwrap();
    for (end, _) in whole.char_indices() {
        assert_eq!(
            Evidence::from_json(&whole[..end]),
            None,
            "{}",
            &whole[..end]
        );
    }
    for text in [
        "",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{\"a\" 1}",
        "{\"causes\": [1 2]}",
        "{,}",
    ] {
        assert_eq!(Evidence::from_json(text), None, "{text}");
    }
    let deep = format!("{{\"x\":{}", "[".repeat(1_000_000));
    assert_eq!(Evidence::from_json(&deep), None);
}

#[test]
fn a_diagnosis_is_the_same_text_for_javascript_and_serde() {
    let mut evidence = whole();
    for causes in [
        evidence.causes.clone(),
        vec![Cause::named("SSOTokenProviderFailure")],
    ] {
        evidence.causes = causes;
        let diagnosis = diagnose(&evidence).unwrap();
        assert_eq!(
            diagnosis.to_camel_json(),
            serde_json::to_string(&diagnosis).unwrap()
        );
    }
}
