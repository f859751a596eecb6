//! What comes out: three lines for people, one object for programs, and nothing that a message or a name smuggles in.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

use std::process::Command;

use credlapse::profile::TokenState;
use credlapse::{
    Actor, Cause, Code, Confidence, Context, CredentialSource, Diagnosis, Evidence, ExitTable,
    HEADLINE_MAX, Kind, ProfileFacts, Shell, Timestamp, diagnose, text, trace,
};
use proptest::prelude::*;
use serde_json::Value;

fn expired(context: Context) -> Diagnosis {
    let message = "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.";
    let causes = vec![
        Cause::named("S3OperationError"),
        Cause {
            message: Some(message.into()),
            ..Cause::named("CredentialsProviderError")
        },
    ];
    diagnose(&Evidence { causes, context }).unwrap()
}

fn context() -> Context {
    Context {
        subject: Some("Datastore".into()),
        profile: Some("dev".into()),
        ..Context::default()
    }
}

#[test]
fn three_parts_for_people() {
    assert_eq!(
        expired(context()).to_string(),
        "Datastore session expired: the SSO session of AWS profile 'dev' is no longer valid.\n  \
         Run: aws sso login --profile dev   then retry.\n  \
         (S3OperationError [CredentialsProviderError]: Token is expired. To refresh this SSO \
         session run 'aws sso login' with the corresponding profile.)"
    );
}

#[test]
fn a_name_that_is_not_shown_makes_no_command() {
    let named = |name: &str| {
        expired(Context {
            profile: Some(name.into()),
            secrets: vec!["hunter2-hunter2".into()],
            ..context()
        })
    };
    for name in ["hunter2-hunter2", "x-hunter2-hunter2-y", "a\u{1b}[31mb"] {
        let diagnosis = named(name);
        assert!(diagnosis.remedy.argv.is_empty(), "{name}");
        let shown = diagnosis.to_string();
        assert!(
            shown.contains("with the name of this profile or session: it is not shown here"),
            "{shown}"
        );
        assert!(!shown.contains("hunter2") && !shown.contains('\u{1b}'));
        let json: Value = serde_json::from_str(&diagnosis.to_json(&ExitTable::DEFAULT)).unwrap();
        assert_eq!(json["error"]["reauth_command"], Value::Null);
        assert_eq!(json["error"]["reauth_argv"], Value::Null);
    }
    let dev = ["aws", "sso", "login", "--profile", "dev"];
    assert_eq!(named("dev").remedy.argv, dev);
}

#[test]
fn one_object_for_programs() {
    let facts = ProfileFacts {
        source: Some(CredentialSource::Sso),
        token: TokenState::Expired,
        expires_at: Timestamp::parse("2026-11-21T14:15:00Z"),
        ..ProfileFacts::default()
    };
    let json = expired(Context {
        facts: Some(facts),
        ..context()
    })
    .to_json(&ExitTable::DEFAULT);
    let object: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(object["ok"], false);
    let error = &object["error"];
    assert_eq!(error["code"], "CREDENTIALS_EXPIRED");
    assert_eq!(error["kind"], "sso_session_expired");
    assert_eq!(error["expired_at"], "2026-11-21T14:15:00Z");
    assert_eq!(error["retryable"], true);
    assert_eq!(error["reauth_command"], "aws sso login --profile dev");
    assert_eq!(error["reauth_env_var"], "AWS_PROFILE");
    assert_eq!(error["help"], "docs/kinds/sso_session_expired.md");
    assert_eq!(error["exit_code"], 10);
    assert_eq!(error["safe_to_discard"], false);
}

#[test]
fn an_end_that_is_not_known_is_not_made_up() {
    let json = expired(context()).to_json(&ExitTable::DEFAULT);
    let object: Value = serde_json::from_str(&json).unwrap();
    assert!(object["error"].get("expired_at").is_none());
}

#[test]
fn a_login_is_advised_for_no_other_code() {
    for kind in Kind::ALL {
        let retryable = kind.retry().is_retryable();
        assert_eq!(retryable, kind.code() == Code::CredentialsExpired, "{kind}");
        assert_eq!(ExitTable::DEFAULT.status(*kind) == 10, retryable, "{kind}");
    }
}

#[test]
fn stored_keys_are_given_up_on_a_definite_expiry_alone() {
    let verdict = |message: &str, source| {
        let context = Context {
            source,
            ..Context::default()
        };
        let evidence = Evidence {
            context,
            ..text::read(message)
        };
        diagnose(&evidence).unwrap().safe_to_discard
    };
    let caller = Some(CredentialSource::Caller);
    let expired = "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.";
    assert!(verdict(expired, caller));
    assert!(!verdict(expired, Some(CredentialSource::Environment)));
    assert!(!verdict(expired, None));
    for other in [
        "An error occurred (InvalidToken) when calling the PutObject operation: The provided token is malformed or otherwise invalid.",
        "An error occurred (RequestTimeTooSkewed) when calling the PutObject operation: The difference between the request time and the current time is too large.",
        "An error occurred (RequestExpired) when calling the DescribeInstances operation: Request has expired.",
        "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied",
        "An error occurred (400) when calling the HeadObject operation: Bad Request",
    ] {
        assert!(!verdict(other, caller), "{other}");
    }
}

#[test]
fn the_login_names_the_profile_whose_session_it_is() {
    let facts = ProfileFacts {
        profile: "deploy".into(),
        source: Some(CredentialSource::Sso),
        source_profile: Some("sso-base".into()),
        ..ProfileFacts::default()
    };
    let diagnosis = expired(Context {
        profile: Some("deploy".into()),
        facts: Some(facts),
        ..context()
    });
    assert_eq!(
        diagnosis.remedy.argv,
        ["aws", "sso", "login", "--profile", "sso-base"]
    );
    assert_eq!(diagnosis.remedy.actor, Actor::User);
}

#[test]
fn a_guess_runs_nothing() {
    let evidence =
        text::read("An error occurred (403) when calling the HeadObject operation: Forbidden");
    let diagnosis = diagnose(&evidence).unwrap();
    assert_eq!(diagnosis.kind, Kind::AmbiguousAuth);
    assert_eq!(diagnosis.confidence, Confidence::Possible);
    assert!(diagnosis.remedy.argv.is_empty());
}

/// A real shell reads the shown command back into the very arguments.
#[cfg(unix)]
#[test]
fn a_shell_reads_the_shown_command_as_the_arguments() {
    for name in [
        "dev",
        "my profile",
        "a\"; touch x; \"$(id)",
        "it's",
        "`id`",
        "$HOME",
        "*",
        "a;b",
        "--region",
        "-x",
        "a\\b",
        "ключ",
        "!!",
        "~root",
        "#x",
        "a&b|c>d",
    ] {
        let diagnosis = expired(Context {
            profile: Some(name.into()),
            ..context()
        });
        let shown = diagnosis.remedy.typed_in(Shell::Posix).unwrap();
        let script = format!("printf '%s\\n' {shown}");
        let output = Command::new("sh").arg("-c").arg(&script).output().unwrap();
        let read: Vec<&str> = std::str::from_utf8(&output.stdout)
            .unwrap()
            .lines()
            .collect();
        assert_eq!(read, diagnosis.remedy.argv, "{shown}");
    }
}

#[test]
fn the_name_of_a_session_is_cleaned_like_that_of_a_profile() {
    let named = |session: &str| {
        let facts = ProfileFacts {
            source: Some(CredentialSource::Sso),
            sso_session: Some(session.into()),
            ..ProfileFacts::default()
        };
        expired(Context {
            facts: Some(facts),
            secrets: vec!["hunter2".into()],
            ..Context::default()
        })
    };
    let corp = ["aws", "sso", "login", "--sso-session", "corp"];
    assert_eq!(named("corp").remedy.argv, corp);
    for hidden in ["corp hunter2", "co\u{1b}[31mrp", "cor\u{202e}p"] {
        let diagnosis = named(hidden);
        assert!(diagnosis.remedy.argv.is_empty(), "{hidden:?}");
        assert!(!diagnosis.to_string().contains("corp"), "{hidden:?}");
    }
}

/// Words that rules look for, so that generated evidence gets past the first check.
fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("The SSO session associated with this profile has expired".to_owned()),
        Just("is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::b".to_owned()),
        Just("The config profile (x) could not be found".to_owned()),
        Just("Unable to locate credentials".to_owned()),
        Just("<Code>ExpiredToken</Code><Message>m</Message>".to_owned()),
        Just("AccessDenied".to_owned()),
        Just("HeadObject".to_owned()),
        Just("\u{1b}]8;;http://x\u{7}link\u{1b}]8;;\u{7}\u{202e}".to_owned()),
        ".{0,40}",
        "\\PC{0,80}",
    ]
}

prop_compose! {
    fn cause()(
        name in proptest::option::of(fragment()),
        code in proptest::option::of(fragment()),
        message in proptest::option::of(proptest::collection::vec(fragment(), 1..4)),
        status in proptest::option::of(300_u16..600),
        operation in proptest::option::of(fragment()),
    ) -> Cause {
        Cause { name, code, message: message.map(|parts| parts.join(" ")), status, operation, ..Cause::default() }
    }
}

prop_compose! {
    fn evidence()(
        causes in proptest::collection::vec(cause(), 0..6),
        subject in proptest::option::of(fragment()),
        profile in proptest::option::of(fragment()),
        now in proptest::option::of(any::<i64>()),
        server_time in proptest::option::of(any::<i64>()),
        expires_at in proptest::option::of(any::<i64>()),
        shell in prop_oneof![Just(Shell::Posix), Just(Shell::PowerShell), Just(Shell::Cmd)],
    ) -> Evidence {
        let context = Context {
            subject,
            profile,
            now: now.map(Timestamp),
            server_time: server_time.map(Timestamp),
            expires_at: expires_at.map(Timestamp),
            shell,
            ..Context::default()
        };
        Evidence { causes, context }
    }
}

fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_in_what_comes_out_is_sound(evidence in evidence()) {
        let Some(diagnosis) = diagnose(&evidence) else { return Ok(()) };
        let headline = diagnosis.headline();
        prop_assert!(headline.chars().count() <= HEADLINE_MAX);
        for line in [headline, diagnosis.action(), diagnosis.detail()] {
            prop_assert!(!line.chars().any(is_hidden), "{line:?}");
        }
        let json = diagnosis.to_json(&ExitTable::DEFAULT);
        let separator = '\u{2028}';
        prop_assert!(!json.chars().any(|char| is_hidden(char) || char == separator));
        let object: Value = serde_json::from_str(&json).unwrap();
        let error = &object["error"];
        let argv: Vec<&str> = error["reauth_argv"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if let Some(command) = error["reauth_command"].as_str() {
            prop_assert_eq!(command.split(' ').collect::<Vec<_>>(), argv.clone());
        }
        // A name is one word of a command, or none.
        prop_assert!(matches!(argv.len(), 0 | 2 | 3 | 4 | 5), "{:?}", argv);
        prop_assert!(argv.is_empty() || argv[0] == "aws" && (argv[1] == "login" || argv[1..3] == ["sso", "login"]));
        let camel = serde_json::to_value(&diagnosis).unwrap();
        prop_assert_eq!(&camel["exitCode"], &error["exit_code"]);
        // JavaScript gets the three parts beside the fields.
        prop_assert_eq!(camel.as_object().unwrap().len(), error.as_object().unwrap().len() + 1);
    }

    #[test]
    fn reading_and_deciding_is_total(text in "(?s).{0,400}") {
        let evidence = text::read(&text);
        prop_assert!(evidence.causes.len() <= Evidence::MAX_CAUSES);
        if let Some(diagnosis) = diagnose(&evidence) {
            prop_assert!(!diagnosis.to_string().is_empty());
        }
    }
}

/// What a message quotes must not crowd out the innermost cause, nor shift what a trace points at.
#[test]
fn the_innermost_cause_counts_however_deep_it_stands() {
    let mut causes = vec![Cause::message("the deploy failed\nsee the causes below"); 100];
    causes.push(Cause::message(
        "The SSO session associated with this profile has expired",
    ));
    let evidence = Evidence {
        causes,
        ..Evidence::default()
    };
    assert_eq!(diagnose(&evidence).unwrap().kind, Kind::SsoSessionExpired);

    let trace = trace(&evidence);
    assert!(trace.evidence.causes.len() <= Evidence::MAX_CAUSES);
    let decided = trace.hits.iter().find(|hit| hit.decided).unwrap();
    assert_eq!(decided.cause, trace.evidence.causes.len() - 1);
}

#[test]
fn long_and_deep_evidence_is_bounded() {
    let causes = (0..100_000)
        .map(|at| Cause::message(format!("cause {at}")))
        .chain([Cause::message(
            "Unable to locate credentials ".repeat(100_000),
        )])
        .collect();
    let diagnosis = diagnose(&Evidence {
        causes,
        ..Evidence::default()
    })
    .unwrap();
    assert_eq!(diagnosis.kind, Kind::CredentialsMissing);
    assert!(diagnosis.detail().len() < 8 * 1024);
}

#[test]
fn the_end_is_told_where_it_is_printed() {
    let ended = |text: &str, now: Option<&str>| {
        let mut evidence = text::read(text);
        evidence.context.now = now.and_then(Timestamp::parse);
        let diagnosis = diagnose(&evidence).unwrap();
        diagnosis.expired_at.map(|end| end.to_string())
    };
    let web = "An error occurred (ExpiredTokenException) when calling the AssumeRoleWithWebIdentity operation: \
         Token expired: current date/time 1763734600 must be before the expiration date/time1763734500";
    assert_eq!(ended(web, None).as_deref(), Some("2025-11-21T14:15:00Z"));
    let login =
        "NotAuthorizedException: Invalid login token. Token expired: 1763734600 >= 1763734500";
    assert_eq!(ended(login, None).as_deref(), Some("2025-11-21T14:15:00Z"));
    let token = "An error occurred (ExpiredToken) when calling the PutObject operation: \
         The provided token has expired at 2026-11-21T14:15:00Z.";
    let after = Some("2026-11-21T15:00:00Z");
    assert_eq!(ended(token, after).as_deref(), Some("2026-11-21T14:15:00Z"));
    // A time to come is no end, whatever stands before it.
    assert_eq!(ended(token, Some("2026-11-21T14:00:00Z")), None);
    let cut = "An error occurred (ExpiredTokenException) when calling the AssumeRoleWithWebIdentity operation: \
         Token expired: current date/time 1763734600 must be";
    assert_eq!(ended(cut, None), None);
}
