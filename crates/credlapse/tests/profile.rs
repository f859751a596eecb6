//! The facts that the core finds, against what a real botocore made of the same files.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that finds something wrong has to panic"
)]

use credlapse::profile::{LocalAws, ProfileFacts, ProfileProblem, TokenState, facts};
use credlapse::{Cause, CredentialSource, Evidence, Kind, Timestamp, diagnose};
use serde_json::Value;

/// Where the core means to differ from botocore, and why.
const DIFFERS: &[(&str, &str)] = &[
    (
        "empty-variable",
        "other SDKs take an empty AWS_PROFILE as unset",
    ),
    (
        "ini-empty-value",
        "other SDKs take an empty property as absent",
    ),
    (
        "ini-value-with-comment",
        "other SDKs end a value at a comment",
    ),
    (
        "keys-split",
        "other SDKs merge what the two files say of a profile",
    ),
    (
        "ini-duplicate-elsewhere",
        "only the profile in use is searched for repetitions",
    ),
];

fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("profile/botocore.json")).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn of_files(case: &Value, files: &[(&str, Option<&str>)]) -> ProfileFacts {
    let env = case["env"].as_object().into_iter().flatten();
    let env: Vec<_> = env
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    facts(&LocalAws {
        profile: case["profile"].as_str(),
        env: &env,
        files,
        now: Some(Timestamp(1_795_270_500)),
    })
}

/// The token file that is asked for after the two files of the case.
fn asks_for(case: &Value) -> Option<String> {
    let files = [
        (".aws/config", case["config"].as_str()),
        (".aws/credentials", case["credentials"].as_str()),
    ];
    of_files(case, &files).needs
}

/// The facts where no token file exists.
fn of_case(case: &Value) -> ProfileFacts {
    let token = asks_for(case);
    let facts = of_files(
        case,
        &[
            (".aws/config", case["config"].as_str()),
            (".aws/credentials", case["credentials"].as_str()),
            (token.as_deref().unwrap_or_default(), None),
        ],
    );
    assert_eq!(facts.needs, None, "{}", case["id"]);
    facts
}

/// Whether the core says in its own words what botocore said in `error`.
fn explains(facts: &ProfileFacts, error: &str, message: &str) -> bool {
    use ProfileProblem as P;
    let any = |wanted: fn(&P) -> bool| facts.problems.iter().any(wanted);
    match error {
        "ProfileNotFound" => any(|p| matches!(p, P::NotFound(_))),
        "ConfigParseError" => any(|p| matches!(p, P::Unparsable { .. } | P::Duplicate { .. })),
        "InfiniteLoopConfigError" => any(|p| matches!(p, P::RoleLoop(_))),
        "LoginTokenLoadError" => facts.token == TokenState::Missing,
        "CredentialRetrievalError" => any(|p| matches!(p, P::PartialEnvironment(_))),
        "PartialCredentialsError" if message.contains("found in env") => {
            any(|p| matches!(p, P::PartialEnvironment(_)))
        }
        "PartialCredentialsError" => any(|p| matches!(p, P::MissingKeys { .. })),
        "InvalidConfigError" if message.contains("no role ARN") => {
            any(|p| matches!(p, P::PartialEnvironment(_) | P::MissingKeys { .. }))
        }
        "InvalidConfigError" if message.contains("missing required") => {
            any(|p| matches!(p, P::MissingKeys { .. }))
        }
        "InvalidConfigError" if message.contains("sso-session does not exist") => {
            any(|p| matches!(p, P::SsoSessionNotFound { .. }))
        }
        "InvalidConfigError" if message.contains("inconsistent") => {
            any(|p| matches!(p, P::SsoSessionDiffers { .. }))
        }
        "InvalidConfigError" if message.contains("contains both") => {
            any(|p| matches!(p, P::BothSources(_)))
        }
        "InvalidConfigError" if message.contains("is not valid") => {
            any(|p| matches!(p, P::InvalidCredentialSource { .. }))
        }
        "InvalidConfigError" if message.contains("must have credentials") => {
            any(|p| matches!(p, P::NoCredentials(_)))
        }
        "InvalidConfigError" if message.contains("source_profile") => {
            any(|p| matches!(p, P::SourceNotFound { .. }))
        }
        _ => false,
    }
}

fn source(method: &str) -> CredentialSource {
    match method {
        "env" => CredentialSource::Environment,
        "sso" => CredentialSource::Sso,
        "login" => CredentialSource::Login,
        "custom-process" => CredentialSource::Process,
        "assume-role-with-web-identity" => CredentialSource::WebIdentity,
        "container-role" => CredentialSource::Container,
        "iam-role" => CredentialSource::Instance,
        "shared-credentials-file" | "config-file" => CredentialSource::StaticProfile,
        other => panic!("unknown method {other}"),
    }
}

#[test]
fn agrees_with_botocore() {
    let mut wrong = Vec::new();
    for case in cases() {
        let id = case["id"].as_str().unwrap();
        if DIFFERS.iter().any(|(known, _)| *known == id) {
            continue;
        }
        let told = &case["botocore"];
        let facts = of_case(&case);
        let agrees = if let Some(error) = told["error"].as_str() {
            explains(&facts, error, told["message"].as_str().unwrap())
        } else {
            let expected = source(told["method"].as_str().unwrap());
            let role = told["role"] == true;
            // botocore tries the metadata service at the end of each chain.
            let same = facts.source == Some(expected)
                || expected == CredentialSource::Instance && !role && facts.source.is_none();
            let same_cache = told["cache"]
                .as_str()
                .is_none_or(|digest| asks_for(&case).is_some_and(|path| path.contains(digest)));
            let same_token = told["token"]
                .as_bool()
                .is_none_or(|token| token == facts.has_session_token);
            // Keys in the environment keep the profile from being looked at.
            let unseen = expected == CredentialSource::Environment && !role;
            let same_role = unseen || role == facts.role_arn.is_some();
            let blamed = !unseen && facts.problems.iter().any(ProfileProblem::is_fatal);
            let refused = facts.problems.iter().any(|problem| {
                matches!(
                    problem,
                    ProfileProblem::Unparsable { .. } | ProfileProblem::Duplicate { .. }
                )
            });
            same && same_cache && same_token && same_role && !blamed && !refused
        };
        if !agrees {
            wrong.push(format!("{id}: {told}\n  {facts:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn differs_only_where_it_says_so() {
    let cases = cases();
    for (id, _) in DIFFERS {
        let case = cases.iter().find(|case| case["id"] == *id).expect(id);
        let told = &case["botocore"];
        let facts = of_case(case);
        let (error, message) = (
            told["error"].as_str().unwrap(),
            told["message"].as_str().unwrap(),
        );
        assert!(!explains(&facts, error, message), "{id} differs no more");
    }
}

#[test]
fn finds_every_profile_that_botocore_finds() {
    for case in cases() {
        let Some(profiles) = case["botocore"]["profiles"].as_array() else {
            continue;
        };
        let mut missing = case.clone();
        missing["profile"] = "surely-not-there".into();
        let facts = of_case(&missing);
        for profile in profiles {
            assert!(
                facts.known_profiles.iter().any(|known| known == profile),
                "{}: {profile} is not among {:?}",
                case["id"],
                facts.known_profiles
            );
        }
    }
}

const CONFIG: &str = ".aws/config";
const CREDENTIALS: &str = ".aws/credentials";
const SSO_CACHE: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
const LOGIN_CACHE: &str =
    ".aws/login/cache/2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881.json";
const SSO: &str = "sso_session = corp\nsso_account_id = 1\nsso_role_name = Dev\n\
    [sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n";

#[test]
fn asks_for_one_file_after_another() {
    let config = format!("[profile dev]\n{SSO}");
    let mut files = Vec::new();
    let mut asked = Vec::new();
    for content in [Some(config.as_str()), None, Some("{}")] {
        let facts = facts(&LocalAws {
            profile: Some("dev"),
            files: &files,
            ..LocalAws::default()
        });
        assert!(!facts.problems.iter().any(ProfileProblem::is_fatal));
        let path: &str = facts.needs.unwrap().leak();
        asked.push(path);
        files.push((path, content));
    }
    assert_eq!(asked, [CONFIG, CREDENTIALS, SSO_CACHE]);
    let facts = facts(&LocalAws {
        profile: Some("dev"),
        files: &files,
        ..LocalAws::default()
    });
    assert_eq!(facts.needs, None);
    assert_eq!(facts.token, TokenState::Damaged);
}

#[test]
fn reads_the_files_that_the_environment_names() {
    let files = [
        ("aws/c.ini", Some("[profile dev]\ncredential_process = x\n")),
        ("/etc/aws keys", Some("[other]\n")),
    ];
    let facts = facts(&LocalAws {
        env: &[
            ("HOME", "/home/me"),
            ("AWS_PROFILE", "dev"),
            ("AWS_CONFIG_FILE", "~/aws/c.ini"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/etc/aws keys"),
        ],
        files: &files,
        ..LocalAws::default()
    });
    assert_eq!(facts.needs, None);
    assert_eq!(facts.source, Some(CredentialSource::Process));
}

#[test]
fn names_the_profile_that_has_to_log_in() {
    let config = format!(
        "[profile dev]\nrole_arn = arn:aws:iam::1:role/A\nsource_profile = base\n\
         mfa_serial = arn:aws:iam::1:mfa/alice\n[profile base]\n{SSO}"
    );
    let facts = facts(&LocalAws {
        env: &[("AWS_PROFILE", "dev")],
        files: &[
            (CONFIG, Some(config.as_str())),
            (CREDENTIALS, None),
            (
                SSO_CACHE,
                Some(r#"{"accessToken":"t","expiresAt":"2026-11-21T14:15:00Z"}"#),
            ),
        ],
        now: Timestamp::parse("2026-11-21T14:15:00Z"),
        ..LocalAws::default()
    });
    assert_eq!(facts.source, Some(CredentialSource::Sso));
    assert_eq!(facts.source_profile.as_deref(), Some("base"));
    assert_eq!(facts.role_arn.as_deref(), Some("arn:aws:iam::1:role/A"));
    assert_eq!(
        facts.mfa_serial.as_deref(),
        Some("arn:aws:iam::1:mfa/alice")
    );
    assert_eq!(facts.token, TokenState::Expired);
    assert!(!facts.can_refresh);

    let mut evidence = Evidence::default();
    evidence.causes.push(Cause {
        message: Some("The SSO session associated with this profile has expired.".into()),
        ..Cause::named("CredentialsProviderError")
    });
    evidence.context.facts = Some(facts);
    let diagnosis = diagnose(&evidence).unwrap();
    assert_eq!(
        diagnosis.remedy.argv,
        ["aws", "sso", "login", "--profile", "base"]
    );
    assert_eq!(diagnosis.profile.as_deref(), Some("dev"));
}

#[test]
fn does_not_call_a_login_over_whose_keys_can_be_renewed() {
    let cache = r#"{"accessToken":{"accessKeyId":"a","secretAccessKey":"b","sessionToken":"c",
        "expiresAt":"2026-11-21T14:00:00Z"},"refreshToken":"r","clientId":"c","dpopKey":"k"}"#;
    let mut evidence = Evidence::default();
    evidence.causes.push(Cause {
        message: Some("Could not load credentials from any providers".into()),
        ..Cause::named("CredentialsProviderError")
    });
    for (content, expected) in [
        (Some(cache), Kind::CredentialsMissing),
        (None, Kind::LoginNotLoggedIn),
    ] {
        let found = facts(&LocalAws {
            profile: Some("dev"),
            files: &[
                (CONFIG, Some("[profile dev]\nlogin_session = x\n")),
                (CREDENTIALS, None),
                (LOGIN_CACHE, content),
            ],
            now: Timestamp::parse("2026-11-21T14:15:00Z"),
            ..LocalAws::default()
        });
        assert_eq!(found.source, Some(CredentialSource::Login));
        assert_eq!(found.can_refresh, content.is_some());
        evidence.context.facts = Some(found);
        assert_eq!(diagnose(&evidence).unwrap().kind, expected);
    }
}

#[test]
fn keeps_what_environment_keys_stand_before() {
    let config = format!("[profile dev]\n{SSO}");
    let keys = [
        ("AWS_PROFILE", "dev"),
        ("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
        ("AWS_SESSION_TOKEN", "t"),
        ("AWS_CREDENTIAL_EXPIRATION", "2026-11-21T14:15:00Z"),
    ];
    let files = [(CONFIG, Some(config.as_str())), (CREDENTIALS, None)];
    let facts = facts(&LocalAws {
        env: &keys,
        files: &files,
        ..LocalAws::default()
    });
    assert_eq!(facts.source, Some(CredentialSource::Environment));
    assert_eq!(facts.shadowed_source, Some(CredentialSource::Sso));
    assert_eq!(facts.sso_session.as_deref(), Some("corp"));
    assert!(facts.has_session_token);
    assert_eq!(facts.expires_at, Some(Timestamp(1_795_270_500)));
}

#[test]
fn knows_when_keys_of_a_profile_end() {
    let credentials = "[saml]\naws_access_key_id = A\naws_secret_access_key = s\n\
        aws_session_token = t\nx_security_token_expires = 2026-11-21T15:15:00+01:00\n";
    let facts = facts(&LocalAws {
        profile: Some("saml"),
        files: &[(CONFIG, None), (CREDENTIALS, Some(credentials))],
        ..LocalAws::default()
    });
    assert!(facts.has_session_token);
    assert_eq!(facts.expires_at, Some(Timestamp(1_795_270_500)));
}

#[test]
fn sees_what_the_environment_offers() {
    let source = |env: &[(&str, &str)]| {
        facts(&LocalAws {
            env,
            files: &[(CONFIG, None), (CREDENTIALS, None)],
            ..LocalAws::default()
        })
        .source
    };
    assert_eq!(source(&[]), None);
    assert_eq!(
        source(&[("AWS_METADATA_SERVICE_TIMEOUT", "1")]),
        Some(CredentialSource::Instance)
    );
    assert_eq!(
        source(&[
            ("AWS_METADATA_SERVICE_TIMEOUT", "1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ]),
        None
    );
    assert_eq!(
        source(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/x")]),
        Some(CredentialSource::Container)
    );
}

#[test]
fn follows_no_endless_chain() {
    let config: String = (0..1000)
        .map(|index| {
            let next = index + 1;
            format!("[profile p{index}]\nrole_arn = r\nsource_profile = p{next}\n")
        })
        .collect();
    let facts = facts(&LocalAws {
        profile: Some("p0"),
        files: &[(CONFIG, Some(config.as_str())), (CREDENTIALS, None)],
        ..LocalAws::default()
    });
    assert_eq!(facts.problems, [ProfileProblem::RoleLoop("p15".into())]);
}

#[test]
fn offers_the_nearest_names_and_not_too_many() {
    let config: String = (0..100)
        .map(|index| format!("[profile p{index}]\n"))
        .collect();
    let facts = facts(&LocalAws {
        profile: Some("p420"),
        files: &[(CONFIG, Some(config.as_str())), (CREDENTIALS, None)],
        ..LocalAws::default()
    });
    assert_eq!(facts.known_profiles.len(), 16);
    assert_eq!(facts.similar_profile(), Some("p20"));
}

#[test]
fn blames_what_stands_in_the_way() {
    let of = |config: &str, env: &[(&str, &str)]| {
        facts(&LocalAws {
            env,
            files: &[(CONFIG, Some(config)), (CREDENTIALS, None)],
            ..LocalAws::default()
        })
    };
    let dev = ("AWS_PROFILE", "dev");
    let half = ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    let unreadable = ProfileProblem::Unparsable {
        file: CONFIG.into(),
        line: 1,
    };
    let process = "[profile dev]\ncredential_process = x\n";
    assert_eq!(
        of("[profile dev\nregion x\n", &[dev]).obstacle(),
        Some(&unreadable)
    );
    assert_eq!(of(&format!("word\n{process}"), &[dev]).obstacle(), None);
    assert_eq!(of(process, &[dev, half]).obstacle(), None);
    assert_eq!(
        of("", &[half]).obstacle(),
        Some(&ProfileProblem::PartialEnvironment(
            "AWS_SECRET_ACCESS_KEY".into()
        ))
    );
}
