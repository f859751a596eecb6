//! Contents of files, variables and answers to what a check makes of them.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that finds something wrong has to panic"
)]

use credlapse::check::{
    ClientCredentials, Expected, FileMode, Identity, OldSdk, ProgramState, Severity, Situation,
};
use credlapse::profile::{LocalAws, facts, settings};
use credlapse::{Cause, Check, Code, Evidence, ExitTable, Kind, Timestamp, diagnose};
use serde_json::Value;

const NOW: &str = "2026-11-21T14:00:00Z";
const CORP: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
const LOGIN: &str =
    ".aws/login/cache/b7d71d383b9557a9bad4c3346c50365819226484c6824a0fdef66637be339db0.json";

const SSO: &str = "[profile dev]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 111111111111\n\
    sso_role_name = Dev\n[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n";
const ENDED: &str = r#"{"accessToken": "t", "expiresAt": "2026-11-21T13:57:00Z"}"#;
const VALID: &str = r#"{"accessToken": "t", "expiresAt": "2026-11-21T17:12:00Z"}"#;
const RENEWABLE: &str = r#"{"accessToken": "t", "expiresAt": "2026-11-21T13:57:00Z", "refreshToken": "r",
    "clientId": "c", "clientSecret": "s", "registrationExpiresAt": "2026-12-21T00:00:00Z"}"#;

type Pairs<'a> = &'a [(&'a str, &'a str)];

/// A machine: variables and files; what is not given does not exist.
#[derive(Default)]
struct Machine<'a> {
    profile: Option<&'a str>,
    env: Pairs<'a>,
    files: Pairs<'a>,
}

impl Machine<'_> {
    fn situation(&self) -> Situation {
        let mut files: Vec<_> = self
            .files
            .iter()
            .map(|(path, content)| (*path, Some(*content)))
            .collect();
        for path in [".aws/config", ".aws/credentials", CORP, LOGIN] {
            if !files.iter().any(|(known, _)| *known == path) {
                files.push((path, None));
            }
        }
        let local = LocalAws {
            profile: self.profile,
            env: self.env,
            files: &files,
            now: Timestamp::parse(NOW),
        };
        let facts = facts(&local);
        assert_eq!(facts.needs, None);
        Situation {
            facts,
            settings: settings(&local),
            now: local.now,
            ..Situation::default()
        }
    }
}

fn dev(files: Pairs<'_>) -> Situation {
    let env = &[("AWS_PROFILE", "dev")];
    Machine {
        env,
        files,
        ..Machine::default()
    }
    .situation()
}

fn codes(check: &Check) -> Vec<&'static str> {
    let findings = check.findings.iter();
    findings.map(|finding| finding.code.as_str()).collect()
}

fn json(check: &Check) -> Value {
    serde_json::from_str(&check.to_json(&ExitTable::DEFAULT)).expect("JSON")
}

#[test]
fn the_token_decides() {
    let login =
        "[profile dev]\nregion = eu-west-1\nlogin_session = arn:aws:iam::123456789012:user/alice\n";
    let renewable_login = r#"{"accessToken":{"accessKeyId":"a","secretAccessKey":"b","sessionToken":"c",
        "expiresAt":"2026-11-21T13:50:00Z"},"refreshToken":"r","clientId":"c","dpopKey":"k"}"#;
    let config = ".aws/config";
    let cases: &[(Pairs<'_>, Option<Kind>, &str)] = &[
        (
            &[(config, SSO), (CORP, VALID)],
            None,
            "valid for 3 h 12 min, until 2026-11-21T17:12:00Z",
        ),
        (
            &[(config, SSO), (CORP, ENDED)],
            Some(Kind::SsoSessionExpired),
            "ended 3 min ago, at 2026-11-21T13:57:00Z",
        ),
        (
            &[(config, SSO), (CORP, RENEWABLE)],
            None,
            "renewed without a login at the next call (ended 3 min ago)",
        ),
        (
            &[(config, SSO), (CORP, "{}")],
            Some(Kind::SsoNotLoggedIn),
            "the cached token cannot be read",
        ),
        (
            &[(config, SSO)],
            Some(Kind::SsoNotLoggedIn),
            "nobody has logged in on this machine",
        ),
        (
            &[(config, login)],
            Some(Kind::LoginNotLoggedIn),
            "nobody has logged in on this machine",
        ),
        (
            &[(config, login), (LOGIN, renewable_login)],
            None,
            "renewed without a login at the next call (ended 10 min ago)",
        ),
    ];
    for (files, kind, session) in cases {
        let check = dev(files).check();
        let decided = check.diagnosis.as_ref().map(|diagnosis| diagnosis.kind);
        assert_eq!(decided, *kind, "{files:?}");
        assert_eq!(check.session_text(), *session, "{files:?}");
        assert_eq!(
            check.status(&ExitTable::DEFAULT) == 0,
            kind.is_none(),
            "{files:?}"
        );
    }
}

#[test]
fn the_verdict_is_that_of_a_failed_call() {
    let token_ended: &[_] = &[(".aws/config", SSO), (CORP, ENDED)];
    let nothing: &[_] = &[(".aws/config", SSO)];
    let loop_ = "[profile dev]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n\
                 [profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = dev\n";
    for files in [
        token_ended,
        nothing,
        &[(".aws/config", loop_)],
        &[(".aws/config", "[profile prod]\n")],
    ] {
        let situation = dev(files);
        let mut failure = Evidence::default();
        failure.causes.push(Cause {
            message: Some("Could not load credentials from any providers".into()),
            ..Cause::named("CredentialsProviderError")
        });
        failure.context.facts = Some(situation.facts.clone());
        failure.context.source = situation.facts.source;
        failure.context.now = situation.now;
        let failed = diagnose(&failure).expect("a diagnosis");
        let foreseen = situation.check().diagnosis.expect("a diagnosis");
        assert_eq!(foreseen.kind, failed.kind);
        assert_eq!(foreseen.confidence, failed.confidence);
        assert_eq!(foreseen.remedy, failed.remedy);
        assert_eq!(foreseen.expired_at, failed.expired_at);
        assert_eq!(foreseen.settled_by, failed.settled_by);
        assert_eq!(foreseen.headline(), failed.headline());
        assert_eq!(foreseen.rule, "local-facts");
        assert_ne!(foreseen.detail(), foreseen.rule);
    }
}

#[test]
fn what_is_wrong_has_a_code() {
    let with = |properties: &str| format!("[profile dev]\nregion = eu-west-1\n{properties}");
    let cases: &[(&str, &[&str], i32)] = &[
        ("sso_session = corp\n", &["sso_session_not_found"], 8),
        (
            "sso_region = us-east-1\nsso_account_id = 111111111111\n",
            &["missing_settings"],
            8,
        ),
        (
            "role_arn = arn:aws:iam::1:role/a\nsource_profile = nosuch\n",
            &["source_profile_not_found"],
            8,
        ),
        (
            "role_arn = arn:aws:iam::1:role/a\nsource_profile = dev\n",
            &["role_loop"],
            8,
        ),
        (
            "role_arn = arn:aws:iam::1:role/a\nsource_profile = a\ncredential_source = Environment\n",
            &["both_sources"],
            8,
        ),
        (
            "role_arn = arn:aws:iam::1:role/a\ncredential_source = Nowhere\n",
            &["invalid_credential_source"],
            8,
        ),
        (
            "role_arn = arn:aws:iam::1:role/a\nsource_profile = empty\n[profile empty]\n",
            &["source_without_credentials"],
            8,
        ),
        (
            "aws_access_key_id = a\naws_secret_access_key = b\naws_secret_access_key = c\n",
            &["duplicate_setting"],
            8,
        ),
        (
            "aws_access_key_id = a\naws_secret_access_key = b\ncredential_process = c\n",
            &["several_sources"],
            0,
        ),
        (
            "aws_access_key_id = a\naws_secret_access_key = b\nnonsense\n",
            &["unparsable_file"],
            8,
        ),
        (
            "aws_access_key_id = a\naws_secret_access_key = b\nrole_arn = arn:aws:iam::1:role/a\nmfa_serial = arn:aws:iam::1:mfa/me\nsource_profile = dev\n",
            &["mfa_required"],
            0,
        ),
    ];
    for (properties, expected, status) in cases {
        let check = dev(&[(".aws/config", &with(properties))]).check();
        assert_eq!(codes(&check), *expected, "{properties}");
        assert_eq!(
            i32::from(check.status(&ExitTable::DEFAULT)),
            *status,
            "{properties}"
        );
        assert_eq!(check.diagnosis.is_some(), *status != 0, "{properties}");
    }
}

/// Profiles that an SDK can use, on machines where the AWS CLI and boto3 cannot start.
#[test]
fn what_stops_the_aws_cli_does_not_look_good() {
    let keys =
        "[profile dev]\nregion = eu-west-1\naws_access_key_id = a\naws_secret_access_key = b\n";
    let twice = format!("{keys}region = eu-west-2\n");
    let broken = format!("{keys}nonsense\n");
    let dev = ("AWS_PROFILE", "dev");
    let id = ("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE");
    let secret = (
        "AWS_SECRET_ACCESS_KEY",
        "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
    );
    let cases: &[(Pairs<'_>, &str, &str)] = &[
        (
            &[dev, id],
            keys,
            "The environment variable AWS_SECRET_ACCESS_KEY is missing.",
        ),
        (
            &[dev],
            &twice,
            "Line 5 of .aws/config repeats a section or a property.",
        ),
        (
            &[dev],
            &broken,
            "Line 5 of .aws/config is neither a section nor a property.",
        ),
        // What is asked for with keys of the environment is asked for after the file was read.
        (
            &[dev, id, secret],
            &broken,
            "Line 5 of .aws/config is neither a section nor a property.",
        ),
    ];
    for (env, config, message) in cases {
        let mut situation = Machine {
            env,
            files: &[(".aws/config", config)],
            ..Machine::default()
        }
        .situation();
        let check = situation.check();
        assert_eq!(check.findings[0].message, *message);
        assert_eq!(check.findings[0].severity, Severity::Problem);
        let diagnosis = check.diagnosis.as_ref().expect("a diagnosis");
        assert_eq!(diagnosis.kind, Kind::ProfileMisconfigured);
        assert!(
            message
                .to_ascii_lowercase()
                .contains(&diagnosis.detail().to_ascii_lowercase())
        );
        assert!(diagnosis.remedy.argv.is_empty());
        let object = json(&check);
        assert_eq!(object["ok"], false);
        assert_eq!(object["code"], "CREDENTIALS_MISCONFIGURED");
        assert_eq!(object["exit_code"], 8);
        assert_eq!(object["error"]["kind"], "profile_misconfigured");
        assert!(!check.to_string().contains("look good"), "{check}");

        // The SDK that asked STS goes on where these two do not.
        situation.identity = Some(Identity::default());
        let check = situation.check();
        assert_eq!(check.diagnosis, None);
        assert_eq!(check.headline(), *message);
        assert_eq!(check.status(&ExitTable::DEFAULT), 8);
    }

    // A login is the AWS CLI's too: it comes after the file.
    let broken = format!("{SSO}nonsense\n");
    let check = self::dev(&[(".aws/config", &broken), (CORP, ENDED)]).check();
    assert_eq!(check.code(), Some(Code::CredentialsMisconfigured));
    assert_eq!(check.remedy, None);

    // Without the key id there is no pair to them, and an explicit profile comes before any.
    for (profile, env) in [(None, &[dev, secret][..]), (Some("dev"), &[id])] {
        let machine = Machine {
            profile,
            env,
            files: &[(".aws/config", keys)],
        };
        let check = machine.situation().check();
        assert_eq!(check.status(&ExitTable::DEFAULT), 0, "{check}");
    }
}

#[test]
fn a_misspelt_profile_is_named() {
    let machine = Machine {
        profile: Some("prod-admim"),
        files: &[(".aws/config", "[profile dev]\n[profile prod-admin]\n")],
        ..Machine::default()
    };
    let check = machine.situation().check();
    assert_eq!(codes(&check), ["profile_not_found", "missing_region"]);
    assert_eq!(check.findings[0].advice, "Was 'prod-admin' meant?");
    assert_eq!(
        check.diagnosis.expect("a diagnosis").kind,
        Kind::ProfileNotFound
    );
}

#[test]
fn nothing_at_all_is_missing_credentials() {
    let nowhere = Machine {
        env: &[
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_REGION", "eu-west-1"),
        ],
        ..Machine::default()
    };
    let diagnosis = nowhere.situation().check().diagnosis.expect("a diagnosis");
    assert_eq!(
        diagnosis.detail(),
        "no variable and no profile names a source of credentials"
    );
    assert_eq!(diagnosis.kind, Kind::CredentialsMissing);
    assert_eq!(diagnosis.confidence.as_str(), "likely");
    // An instance that nobody asked may have some.
    let diagnosis = Machine::default().situation().check().diagnosis;
    assert_eq!(
        diagnosis.expect("a diagnosis").confidence.as_str(),
        "possible"
    );
}

#[test]
fn the_environment_wins_and_says_so() {
    let keys = [
        ("AWS_PROFILE", "dev"),
        ("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"),
        (
            "AWS_SECRET_ACCESS_KEY",
            "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
        ),
        ("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjEXAMPLE"),
    ];
    let files: Pairs<'_> = &[(".aws/config", SSO), (CORP, VALID)];
    let check = Machine {
        env: &keys,
        files,
        ..Machine::default()
    }
    .situation()
    .check();
    assert_eq!(codes(&check), ["environment_overrides_profile"]);
    assert_eq!(check.status(&ExitTable::DEFAULT), 0);
    // The end of the profile's token is not that of the keys.
    assert_eq!(check.expires_at, None);
    assert_eq!(check.account, None);
    assert_eq!(
        check.session_text(),
        "temporary keys, their end is not known"
    );

    let mut stale = keys.to_vec();
    stale.push(("AWS_CREDENTIAL_EXPIRATION", "2026-11-21T12:00:00Z"));
    let check = Machine {
        env: &stale,
        files,
        ..Machine::default()
    }
    .situation()
    .check();
    assert_eq!(codes(&check), ["stale_environment"]);
    let diagnosis = check.diagnosis.as_ref().expect("a diagnosis");
    assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
    assert_eq!(diagnosis.remedy.env_var, Some("AWS_SESSION_TOKEN"));
    assert!(
        check.findings[0].message.contains("whose login is fresh"),
        "{check:?}"
    );
    assert_eq!(check.status(&ExitTable::DEFAULT), 10);

    let check = Machine {
        profile: Some("dev"),
        env: &stale,
        files,
    }
    .situation()
    .check();
    assert_eq!(codes(&check), ["environment_ignored"]);
    assert_eq!(check.diagnosis, None);

    let half = [
        ("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"),
        ("AWS_REGION", "eu-west-1"),
    ];
    let check = Machine {
        env: &half,
        ..Machine::default()
    }
    .situation()
    .check();
    assert_eq!(codes(&check), ["partial_environment"]);
    assert_eq!(
        check.diagnosis.expect("a diagnosis").kind,
        Kind::ProfileMisconfigured
    );
}

#[test]
fn a_session_has_to_last() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, VALID)]);
    for (needed, soon) in [(None, false), (Some(11_520), false), (Some(11_521), true)] {
        situation.expected.min_remaining = needed;
        let check = situation.check();
        assert_eq!(
            codes(&check),
            if soon { &["ends_too_soon"][..] } else { &[] }
        );
        assert_eq!(check.code(), soon.then_some(Code::CredentialsExpired));
        let object = json(&check);
        let command = soon.then_some("aws sso login --profile dev");
        assert_eq!(object["reauth_command"].as_str(), command);
        assert_eq!(object["remaining_seconds"], 11_520);
    }
    // What is renewed without a login does not end.
    let mut situation = dev(&[(".aws/config", SSO), (CORP, RENEWABLE)]);
    situation.expected.min_remaining = Some(86_400);
    assert_eq!(situation.check().code(), None);
    // Temporary keys in a file mostly do not tell.
    let keys = "[dev]\naws_access_key_id = a\naws_secret_access_key = b\naws_session_token = c\n";
    let mut situation = dev(&[(".aws/credentials", keys)]);
    situation.expected.min_remaining = Some(60);
    assert_eq!(codes(&situation.check()), ["missing_region", "end_unknown"]);
}

#[test]
fn the_account_is_compared() {
    let files: Pairs<'_> = &[(".aws/config", SSO), (CORP, VALID)];
    let mut situation = dev(files);
    situation.expected = Expected {
        account: Some("222222222222".into()),
        ..Expected::default()
    };
    let check = situation.check();
    assert_eq!(codes(&check), ["wrong_account"]);
    assert_eq!(
        check.headline(),
        "The account is 111111111111, not 222222222222."
    );
    assert_eq!(check.code(), Some(Code::CredentialsMisconfigured));
    assert_eq!(check.status(&ExitTable::DEFAULT), 8);
    let advice = "Choose a profile of the expected account; a login does not change it.";
    assert_eq!(check.findings[0].advice, advice);

    // Lookups of the expected account are right; those of any other are not.
    for (cached, others) in [
        (&["222222222222"][..], ""),
        (&["222222222222", "111111111111"], " 111111111111"),
        (
            &["333333333333", "111111111111"],
            " 333333333333 111111111111",
        ),
    ] {
        let cached = cached.iter().map(|account| (*account).into()).collect();
        situation.expected.cached_accounts = cached;
        let check = situation.check();
        let [wrong, rest @ ..] = check.findings.as_slice() else {
            panic!("nothing is found");
        };
        assert_eq!(wrong.code.as_str(), "wrong_account");
        let Some(differs) = rest.first() else {
            assert_eq!((&*wrong.advice, others), (advice, ""));
            continue;
        };
        assert_eq!(differs.code.as_str(), "cached_account_differs");
        assert_eq!(
            wrong.advice,
            format!(
                "{advice} Then run `cdk context --clear`, unless the app deploys to several \
                 accounts: cdk.context.json has lookups of{others}."
            )
        );
    }
    situation.expected.cached_accounts.clear();

    // What STS says counts, not the configuration.
    situation.identity = Some(Identity {
        account: Some("222222222222".into()),
        arn: Some("arn:aws:sts::222222222222:assumed-role/Dev/me".into()),
    });
    let check = situation.check();
    assert_eq!(
        (codes(&check), check.status(&ExitTable::DEFAULT)),
        (vec![], 0)
    );
    assert!(check.headline().contains("work"), "{}", check.headline());

    situation.expected.cached_accounts = vec!["222222222222".into(), "333333333333".into()];
    let check = situation.check();
    assert_eq!(codes(&check), ["cached_account_differs"]);
    assert_eq!(check.findings[0].argv, ["cdk", "context", "--clear"]);
    assert_eq!(check.findings[0].severity, Severity::Warning);
    assert!(
        check.findings[0]
            .message
            .ends_with("account: 333333333333.")
    );
}

#[test]
fn the_region_is_compared() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, VALID)]);
    situation.expected.region = Some("us-east-1".into());
    assert_eq!(codes(&situation.check()), ["wrong_region"]);
    situation.expected.region = Some("eu-west-1".into());
    assert_eq!(situation.check().code(), None);
}

#[test]
fn what_cannot_be_checked_is_a_problem() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, VALID)]);
    for account in ["", "11111111111", "1111111111111", "11111111111x"] {
        situation.expected.account = Some(account.into());
        let check = situation.check();
        assert_eq!(codes(&check), ["invalid_expectation"], "{account}");
        assert_eq!(check.status(&ExitTable::DEFAULT), 8);
    }
    situation.expected = Expected {
        unreadable: vec!["minRemaining".into()],
        ..Expected::default()
    };
    assert_eq!(
        situation.check().headline(),
        "Nobody can check what is expected: `minRemaining` is not a number of seconds."
    );
    for (name, wanted) in [
        ("now", "a time"),
        ("options", "an object"),
        ("client", "one that can ask STS"),
        ("cdkContext", "a text"),
    ] {
        situation.expected.unreadable = vec![name.into()];
        assert_eq!(
            situation.check().headline(),
            format!("Nobody can check what is expected: `{name}` is not {wanted}.")
        );
    }
}

#[test]
fn nobody_is_told_to_log_in_where_it_is_not_clear_who() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, ENDED)]);
    situation.expected.min_remaining = Some(60);
    for name in ["client", "options", "profile"] {
        situation.expected.unreadable = vec![name.into()];
        let check = situation.check();
        assert_eq!(codes(&check), ["invalid_expectation"], "{name}");
        assert_eq!((&check.diagnosis, &check.remedy), (&None, &None));
    }
    situation.expected.unreadable = vec!["account".into()];
    assert!(situation.check().diagnosis.is_some());
}

/// A client that has spoken with STS, and tells this of its credentials.
fn client(
    mut situation: Situation,
    provider: &str,
    end: Option<&str>,
    has_session_token: bool,
) -> Situation {
    situation.identity = Some(Identity::default());
    situation.client = Some(ClientCredentials {
        providers: vec![provider.into()],
        expires_at: end.and_then(Timestamp::parse),
        has_session_token,
    });
    situation
}

/// The files, the provider, the end and whether there is a session token; the findings and the headline.
type OfClient<'a> = (
    Pairs<'a>,
    &'a str,
    Option<&'a str>,
    bool,
    &'a [&'a str],
    &'a str,
);

#[test]
fn the_end_of_a_client_counts_where_the_files_know_none() {
    let config = ".aws/config";
    let keys =
        "[profile dev]\nregion = eu-west-1\naws_access_key_id = AKIA\naws_secret_access_key = s\n";
    let role = "[profile dev]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = Ec2InstanceMetadata\n";
    let role_keys = "[profile dev]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
        [profile base]\naws_access_key_id = AKIA\naws_secret_access_key = s\n";
    let role_sso = &*SSO.replace("[profile dev]", "[profile base]").replace(
        "[sso-session",
        "[profile dev]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n[sso-session",
    );
    let soon = Some("2026-11-21T14:10:00Z");
    let too_soon: &[&str] = &["ends_too_soon"];
    let unknown: &[&str] = &["end_unknown"];
    let cases: &[OfClient<'_>] = &[
        (
            &[(config, keys)],
            "",
            soon,
            true,
            too_soon,
            "The session ends in 10 min, and 30 min are needed.",
        ),
        (
            &[(config, keys)],
            "CREDENTIALS_CODE",
            soon,
            true,
            too_soon,
            "The session ends in 10 min, and 30 min are needed.",
        ),
        (
            &[(config, keys)],
            "Credentials",
            soon,
            true,
            too_soon,
            "The session ends in 10 min, and 30 min are needed.",
        ),
        (
            &[(config, keys)],
            "CREDENTIALS_CODE",
            None,
            true,
            unknown,
            "The AWS credentials of the client work: temporary keys, their end is not known.",
        ),
        (
            &[(config, keys)],
            "CREDENTIALS_CODE",
            None,
            false,
            &[],
            "The AWS credentials of the client work: keys without an end.",
        ),
        // These the SDK renews, whoever made the client.
        (
            &[(config, keys)],
            "CREDENTIALS_STS_ASSUME_ROLE",
            soon,
            true,
            &[],
            "The AWS credentials of the client work: provided when they are asked for.",
        ),
        (
            &[(config, keys)],
            "CREDENTIALS_IMDS",
            soon,
            true,
            &[],
            "The AWS credentials of the client work: provided when they are asked for.",
        ),
        (
            &[(config, keys)],
            "ProcessCredentials",
            soon,
            true,
            &[],
            "The AWS credentials of the client work: made by a program at each call.",
        ),
        (
            &[(config, role)],
            "",
            soon,
            true,
            &[],
            "The AWS credentials of profile 'dev' work: provided when they are asked for.",
        ),
        // Until when the token of another session renews them, the files do not say.
        (
            &[(config, keys)],
            "CREDENTIALS_SSO",
            soon,
            true,
            unknown,
            "The AWS credentials of the client work: provided when they are asked for.",
        ),
        // The token renews what ends before it.
        (
            &[(config, SSO), (CORP, VALID)],
            "CREDENTIALS_SSO",
            soon,
            true,
            &[],
            "The AWS credentials of profile 'dev' work: valid for 3 h 12 min.",
        ),
        (
            &[(config, SSO), (CORP, RENEWABLE)],
            "CREDENTIALS_SSO",
            soon,
            true,
            &[],
            "The AWS credentials of profile 'dev' work: renewed without a login at the next call (ended 3 min ago).",
        ),
        // So does the token behind a role.
        (
            &[(config, role_sso), (CORP, VALID)],
            "CREDENTIALS_STS_ASSUME_ROLE",
            soon,
            true,
            &[],
            "The AWS credentials of profile 'dev' work: valid for 3 h 12 min.",
        ),
        (
            &[(config, role_keys)],
            "",
            soon,
            true,
            &[],
            "The AWS credentials of profile 'dev' work: keys without an end.",
        ),
        // Other keys than those of the profile.
        (
            &[(config, SSO), (CORP, VALID)],
            "CREDENTIALS_CODE",
            soon,
            true,
            too_soon,
            "The session ends in 10 min, and 30 min are needed.",
        ),
    ];
    for (files, provider, end, has_session_token, found, headline) in cases {
        let mut situation = client(dev(files), provider, *end, *has_session_token);
        situation.expected.min_remaining = Some(30 * 60);
        let check = situation.check();
        assert_eq!(codes(&check), *found, "{provider} {files:?}");
        assert_eq!(check.headline(), *headline, "{provider} {files:?}");
        assert_eq!(check.diagnosis, None);
        // No login gives a client other keys.
        assert_eq!(check.remedy, None, "{provider} {files:?}");
        let status = if *found == too_soon { 10 } else { 0 };
        assert_eq!(check.status(&ExitTable::DEFAULT), status, "{provider}");

        situation.expected.min_remaining = Some(5 * 60);
        let check = situation.check();
        assert_eq!(check.status(&ExitTable::DEFAULT), 0, "{provider}");
    }
}

#[test]
fn a_client_of_another_account_is_of_another_profile() {
    let situation = dev(&[(".aws/config", SSO), (CORP, VALID)]);
    let mut situation = client(situation, "CREDENTIALS_SSO", None, true);
    situation.expected.min_remaining = Some(4 * 3600);
    for (account, found) in [
        ("111111111111", "ends_too_soon"),
        ("222222222222", "end_unknown"),
    ] {
        situation.identity = Some(Identity {
            account: Some(account.into()),
            ..Identity::default()
        });
        let check = situation.check();
        assert_eq!(codes(&check), [found], "{account}");
        assert_eq!(check.remedy.is_some(), found == "ends_too_soon");
    }
}

#[test]
fn what_a_client_does_the_files_do_not_deny() {
    let config = ".aws/config";
    let machines: &[(&str, Pairs<'_>)] = &[
        ("dev", &[(config, SSO), (CORP, ENDED)]),
        ("dev", &[(config, SSO)]),
        ("dev", &[(config, SSO), (CORP, "{}")]),
        ("nobody", &[(config, SSO), (CORP, VALID)]),
        (
            "dev",
            &[(
                config,
                "[profile dev]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = gone\n",
            )],
        ),
        ("dev", &[(config, "[profile dev\nregion = eu-west-1\n")]),
        (
            "dev",
            &[(config, "[profile dev]\ncredential_process = /nowhere\n")],
        ),
    ];
    for (profile, files) in machines {
        for provider in ["", "CREDENTIALS_CODE", "CREDENTIALS_SSO"] {
            let env = &[("AWS_PROFILE", *profile), ("AWS_REGION", "eu-west-1")];
            let env: Pairs<'_> = env;
            let machine = Machine {
                env,
                files,
                ..Machine::default()
            };
            let mut situation = machine.situation();
            situation.program = ProgramState::Missing;
            situation.expected.min_remaining = Some(30 * 60);
            let far = Some("2026-11-21T18:00:00Z");
            let check = client(situation, provider, far, true).check();
            assert_eq!(
                check.status(&ExitTable::DEFAULT),
                0,
                "{provider} {files:?}\n{check}"
            );
            assert_eq!((&check.diagnosis, &check.remedy), (&None, &None));
            let text = check.to_string();
            assert!(!text.contains("ended") && !text.contains("login"), "{text}");
        }
    }
}

#[test]
fn a_client_that_reaches_nobody_tells_nothing_of_the_files() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, ENDED)]);
    let mut failure = Evidence::default();
    let message = "connect ECONNREFUSED 127.0.0.1:1";
    failure.causes.push(Cause::message(message));
    situation.failure = Some(failure);
    let kind = situation.check().diagnosis.map(|diagnosis| diagnosis.kind);
    assert_eq!(kind, Some(Kind::SsoSessionExpired));

    situation.client = Some(ClientCredentials::default());
    let check = situation.check();
    assert_eq!(check.diagnosis, None);
    assert_eq!(codes(&check), ["service_unreachable"]);
}

/// What the SDK for JavaScript says of a session that has ended.
const SSO_ENDED: &str = "The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.";
const LOGIN_ENDED: &str = "Your session has expired. Please reauthenticate using 'aws login'.";

/// The variables and files; how a client of the host's own fails there.
fn failing(profile: &str, files: Pairs<'_>, cause: Cause) -> Situation {
    let env = &[("AWS_PROFILE", profile), ("AWS_REGION", "eu-west-1")];
    let machine = Machine {
        env,
        files,
        ..Machine::default()
    };
    let mut situation = machine.situation();
    let mut failure = Evidence::default();
    failure.causes.push(cause);
    situation.failure = Some(failure);
    situation.client = Some(ClientCredentials::default());
    situation
}

fn unknown_key() -> Cause {
    Cause {
        code: Some("InvalidClientTokenId".into()),
        status: Some(403),
        ..Cause::message("The security token included in the request is invalid.")
    }
}

#[test]
fn a_client_that_fails_does_not_accuse_the_profile_of_the_environment() {
    let config = ".aws/config";
    let keys = "[profile dev]\naws_access_key_id = AKIA\naws_secret_access_key = s\n";
    let ended = || Cause {
        name: Some("CredentialsProviderError".into()),
        ..Cause::message(SSO_ENDED)
    };
    let bare: &[&str] = &["aws", "sso", "login"];
    let sso_ended = Kind::SsoSessionExpired;
    let cases: &[(Pairs<'_>, Cause, Kind, &[&str])] = &[
        (&[(config, keys)], ended(), sso_ended, &[]),
        (&[(config, SSO), (CORP, VALID)], ended(), sso_ended, &[]),
        (&[], ended(), sso_ended, &[]),
        (&[(config, "[profile dev\n")], ended(), sso_ended, &[]),
        // It may be the one that the SDK could not renew: nobody knows.
        (
            &[(config, SSO), (CORP, RENEWABLE)],
            ended(),
            sso_ended,
            bare,
        ),
        (
            &[(config, SSO), (CORP, RENEWABLE)],
            Cause::message(LOGIN_ENDED),
            Kind::LoginSessionExpired,
            &[],
        ),
        (
            &[(config, keys)],
            unknown_key(),
            Kind::InvalidAccessKey,
            &[],
        ),
        // These had no session that a login makes.
        (
            &[(config, SSO), (CORP, ENDED)],
            unknown_key(),
            Kind::InvalidAccessKey,
            &[],
        ),
        (
            &[(config, SSO), (CORP, ENDED)],
            Cause {
                code: Some("ExpiredToken".into()),
                status: Some(403),
                ..Cause::message("The security token included in the request is expired")
            },
            Kind::SessionTokenExpired,
            &[],
        ),
    ];
    for (files, cause, kind, argv) in cases {
        let mut situation = failing("dev", files, cause.clone());
        situation.expected.min_remaining = Some(60);
        situation.program = ProgramState::Missing;
        let check = situation.check();
        let text = check.to_string();
        let diagnosis = check.diagnosis.as_ref().unwrap();
        assert_eq!(diagnosis.kind, *kind, "{text}");
        assert_eq!(diagnosis.profile, None, "{text}");
        assert_eq!(diagnosis.remedy.argv, *argv, "{text}");
        let remedy = check.remedy.as_ref().map(|remedy| &*remedy.argv);
        assert_eq!(remedy.unwrap_or_default(), *argv, "{text}");
        assert!(check.of_client);
        // What else is wrong with the profile stands below, and stops nobody.
        let (told, _) = text.split_once("\nwarning: ").unwrap_or((&text, ""));
        assert!(!told.contains("dev") && !told.contains("ended"), "{text}");
        let problem = Severity::Problem;
        assert!(
            check
                .findings
                .iter()
                .all(|finding| finding.severity != problem)
        );

        // Whoever says which profile it is has said whose login it is.
        let mut chosen = Machine {
            profile: Some("dev"),
            files,
            ..Machine::default()
        }
        .situation();
        chosen.failure = situation.failure;
        chosen.client = situation.client;
        assert!(!chosen.check().of_client);
    }
}

#[test]
fn a_client_that_fails_as_the_files_foresee_fails_for_that_profile() {
    let config = ".aws/config";
    let dev = ["aws", "sso", "login", "--profile", "dev"];
    let machines: [Pairs<'_>; 3] = [
        &[(config, SSO), (CORP, ENDED)],
        &[(config, SSO), (CORP, "{}")],
        &[(config, SSO)],
    ];
    let silent = "Could not load credentials from any providers";
    for files in machines {
        for message in [SSO_ENDED, silent] {
            let cause = Cause {
                name: Some("CredentialsProviderError".into()),
                ..Cause::message(message)
            };
            let check = failing("dev", files, cause).check();
            let diagnosis = check.diagnosis.as_ref().unwrap();
            assert_eq!(diagnosis.profile.as_deref(), Some("dev"), "{check}");
            assert_eq!(diagnosis.remedy.argv, dev, "{check}");
            assert!(!check.of_client);
        }
    }
}

#[test]
fn the_profile_that_an_error_names_is_the_one() {
    let files: Pairs<'_> = &[(".aws/config", SSO), (CORP, ENDED)];
    for (name, is_of_files) in [("dev", true), ("prod", false)] {
        let message = format!("The SSO session of profile '{name}' has expired: {SSO_ENDED}");
        let check = failing("dev", files, Cause::message(message)).check();
        let diagnosis = check.diagnosis.as_ref().unwrap();
        assert_eq!(diagnosis.kind, Kind::SsoSessionExpired);
        assert_eq!(diagnosis.profile.as_deref(), Some(name));
        let argv = ["aws", "sso", "login", "--profile", name];
        assert_eq!(diagnosis.remedy.argv, argv, "{check}");
        assert_eq!(check.of_client, !is_of_files);
    }
}

#[test]
fn a_check_without_a_client_of_its_own_asks_with_the_profile() {
    let keys = "[profile dev]\naws_access_key_id = AKIA\naws_secret_access_key = s\n";
    let mut situation = failing("dev", &[(".aws/config", keys)], unknown_key());
    situation.client = None;
    let check = situation.check();
    let diagnosis = check.diagnosis.as_ref().unwrap();
    assert_eq!(diagnosis.profile.as_deref(), Some("dev"));
}

#[test]
fn what_works_has_not_lapsed() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, ENDED)]);
    situation.identity = Some(Identity::default());
    assert_eq!(situation.check().diagnosis, None);
}

#[test]
fn a_failed_call_decides() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, VALID)]);
    let mut failure = Evidence::default();
    failure.causes.push(Cause {
        code: Some("ExpiredToken".into()),
        status: Some(403),
        ..Cause::message("The security token included in the request is expired")
    });
    situation.failure = Some(failure);
    let check = situation.check();
    assert_eq!(
        check.diagnosis.as_ref().map(|d| d.kind),
        Some(Kind::SessionTokenExpired)
    );
    assert_eq!(check.status(&ExitTable::DEFAULT), 10);

    let mut failure = Evidence::default();
    failure
        .causes
        .push(Cause::message("dispatch failure: connection refused"));
    situation.failure = Some(failure);
    let check = situation.check();
    assert_eq!(codes(&check), ["service_unreachable"]);
    assert_eq!((check.code(), check.status(&ExitTable::RC)), (None, 69));
    assert_eq!(json(&check)["ok"], false);
}

#[test]
fn what_the_files_are_sure_of_needs_no_network() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, ENDED)]);
    let mut failure = Evidence::default();
    failure
        .causes
        .push(Cause::message("dispatch failure: connection refused"));
    situation.failure = Some(failure);
    let check = situation.check();
    assert_eq!(codes(&check), ["service_unreachable"]);
    assert_eq!(check.status(&ExitTable::DEFAULT), 10);
    assert_eq!(
        check.diagnosis.map(|diagnosis| diagnosis.kind),
        Some(Kind::SsoSessionExpired)
    );
}

#[test]
fn a_wrong_clock_is_a_problem() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, VALID)]);
    situation.identity = Some(Identity::default());
    for (server, skew) in [
        ("2026-11-21T14:03:59Z", false),
        ("2026-11-21T14:04:00Z", true),
        ("2026-11-21T13:00:00Z", true),
    ] {
        situation.server_time = Timestamp::parse(server);
        let check = situation.check();
        assert_eq!(check.code(), skew.then_some(Code::ClockSkew), "{server}");
    }
    assert_eq!(
        situation.check().headline(),
        "The local clock is 1 h ahead of that of AWS."
    );
}

#[test]
fn files_and_programs_are_looked_at() {
    let mode = |path: &str, mode| FileMode {
        path: path.into(),
        mode,
    };
    let process =
        "[profile dev]\nregion = eu-west-1\ncredential_process = keys --secret hunter2hunter2\n";
    let mut situation = dev(&[(".aws/config", process)]);
    for (file, expected) in [
        (mode(".aws/config", 0o644), &[][..]),
        (mode(".aws/config", 0o664), &["file_open_to_others"]),
        (mode(".aws/credentials", 0o600), &[]),
        (
            mode(".aws/credentials", 0o100_644),
            &["file_open_to_others"],
        ),
        (mode(CORP, 0o640), &["file_open_to_others"]),
    ] {
        situation.files = vec![file.clone()];
        assert_eq!(codes(&situation.check()), expected, "{file:?}");
    }
    situation.files.clear();
    for (program, expected) in [
        (ProgramState::Executable, &[][..]),
        (ProgramState::Unknown, &[]),
        (ProgramState::Missing, &["credential_process_not_found"]),
        (
            ProgramState::NotExecutable,
            &["credential_process_not_executable"],
        ),
    ] {
        situation.program = program;
        let check = situation.check();
        assert_eq!(codes(&check), expected);
        assert!(!check.to_string().contains("hunter2"), "{check}");
    }
}

#[test]
fn an_old_sdk_needs_a_switch() {
    let files: Pairs<'_> = &[(".aws/config", SSO), (CORP, VALID)];
    let mut situation = dev(files);
    situation.old_sdk = Some(OldSdk::JavaScriptV2);
    assert_eq!(codes(&situation.check()), ["old_sdk_ignores_config"]);
    situation.settings.load_config = true;
    assert_eq!(codes(&situation.check()), [""; 0]);
}

#[test]
fn people_read_a_table() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, ENDED)]);
    situation.utc_offset = Some("+01:00".into());
    situation.files = vec![FileMode {
        path: CORP.into(),
        mode: 0o644,
    }];
    let text = situation.check().to_string();
    assert_eq!(
        text,
        "AWS session expired: the SSO session of AWS profile 'dev' is no longer valid (ended 2026-11-21T13:57:00Z).
  Run: aws sso login --profile dev   then retry.
  (the cached SSO token of the profile has expired)

  profile      dev (chosen by AWS_PROFILE)
  credentials  SSO session corp
  session      ended 3 min ago, at 2026-11-21T13:57:00Z (14:57 local time)
  region       eu-west-1
  account      111111111111 (by the configuration)

warning: Others may read .aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json (mode 0644).
  Take the permission from everybody but the owner, with `chmod 600`."
    );
    situation.utc_offset = Some("+11:00".into());
    assert!(
        situation
            .check()
            .to_string()
            .contains("(2026-11-22 00:57 local time)")
    );
}

#[test]
fn hostile_names_stay_on_their_line() {
    let profile = "dev\u{1b}[31m\nproblem: x\r\u{202e}";
    let machine = Machine {
        profile: Some(profile),
        env: &[("AWS_REGION", "eu\u{1b}]0;x\u{7}\nx")],
        ..Machine::default()
    };
    let mut situation = machine.situation();
    situation.identity = Some(Identity {
        account: Some("1\n2".into()),
        arn: Some("arn\u{9b}2J".into()),
    });
    situation.expected.unreadable = vec!["\u{1b}c".into()];
    let check = situation.check();
    for text in [check.to_string(), check.to_json(&ExitTable::DEFAULT)] {
        let hostile = |char: char| char.is_control() && char != '\n' || char == '\u{202e}';
        assert!(!text.contains(hostile), "{text:?}");
    }
    assert!(!check.to_string().contains("\nproblem: x"), "{check}");
    assert_eq!(check.to_json(&ExitTable::DEFAULT).lines().count(), 1);
}

#[test]
fn both_forms_of_the_object_say_the_same() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, ENDED)]);
    situation.expected.region = Some("us-east-1".into());
    let check = situation.check();
    let snake = json(&check);
    let camel = serde_json::to_value(&check).expect("JSON");
    for (name, value) in snake.as_object().expect("an object") {
        let mut parts = name.split('_');
        let mut name = parts.next().expect("a name").to_owned();
        for part in parts {
            let (first, rest) = part.split_at(1);
            name.extend([first.to_ascii_uppercase().as_str(), rest]);
        }
        if name != "error" {
            assert_eq!(camel[&name], *value, "{name}");
        }
    }
    assert_eq!(camel["error"]["kind"], "sso_session_expired");
    assert_eq!(camel["text"], check.to_string());
    assert_eq!(snake["error"]["kind"], "sso_session_expired");
    assert_eq!(snake["schema"], credlapse::check::SCHEMA);
}

#[test]
fn a_situation_survives_its_own_json() {
    let mut situation = dev(&[(".aws/config", SSO), (CORP, ENDED)]);
    situation.expected.min_remaining = Some(60);
    situation.old_sdk = Some(OldSdk::GoV1);
    let json = serde_json::to_string(&situation).expect("JSON");
    let read: Situation = serde_json::from_str(&json).expect("a situation");
    assert_eq!(read, situation);
    let empty: Situation = serde_json::from_str("{}").expect("a situation");
    assert_eq!(empty, Situation::default());
}
