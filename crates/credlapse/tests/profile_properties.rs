//! No contents and no name, however hostile, bring the facts out of bounds.

use credlapse::profile::{LocalAws, ProfileFacts, facts};
use proptest::prelude::*;

/// Pieces that mean something, so that random files reach deeper than noise does.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("[profile dev]\n".to_owned()),
        Just("[dev]\n".to_owned()),
        Just("[default]\n".to_owned()),
        Just("[sso-session corp]\n".to_owned()),
        Just("role_arn = r\n".to_owned()),
        Just("credential_source = Environment\n".to_owned()),
        Just("credential_process = x\n".to_owned()),
        Just("sso_session = corp\n".to_owned()),
        Just("login_session = l\n".to_owned()),
        Just("web_identity_token_file = t\n".to_owned()),
        Just("aws_access_key_id = A\n".to_owned()),
        Just("s3 =\n".to_owned()),
        "source_profile = [a-c]\n",
        "\\[profile [a-c]\\]\n",
        "[ \t]{0,3}[^\n]{0,12}\n",
        any::<String>(),
    ]
}

fn file() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

/// A token file, whole or cut short.
fn cache() -> impl Strategy<Value = String> {
    let whole = r#"{"accessToken":{"accessKeyId":"a","secretAccessKey":"b","sessionToken":"c",
        "expiresAt":"2026-11-21T14:15:00Z"},"expiresAt":"2026-11-21T14:15:00Z","refreshToken":"r",
        "clientId":"c","clientSecret":"s","registrationExpiresAt":"x","dpopKey":"k"}"#;
    prop_oneof![
        any::<String>(),
        (0..whole.len()).prop_map(|end| whole.split_at(end).0.to_owned()),
        "[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,80}\\.x",
        "[\\[{\"a:,1}\\]\\\\]{0,200}",
    ]
}

/// Answers what is needed until nothing is; gives the facts and the number of questions.
fn settle(local: &LocalAws<'_>, answers: &[Option<String>]) -> (ProfileFacts, usize) {
    let mut asked: Vec<String> = Vec::new();
    loop {
        let files: Vec<_> = asked
            .iter()
            .zip(answers)
            .map(|(path, content)| (path.as_str(), content.as_deref()))
            .collect();
        let found = facts(&LocalAws {
            files: &files,
            ..*local
        });
        match &found.needs {
            Some(path) if asked.len() < answers.len() => asked.push(path.clone()),
            _ => return (found, asked.len()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_files_settle_in_three_questions(
        config in prop::option::of(file()),
        credentials in prop::option::of(file()),
        token in prop::option::of(cache()),
        profile in prop_oneof![Just("dev".to_owned()), Just(String::new()), "[a-c]", any::<String>()],
        env in prop::collection::vec((prop::sample::select(LocalAws::VARIABLES), ".{0,20}"), 0..6),
    ) {
        let env: Vec<_> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answers = [config, credentials, token, None];
        let local = LocalAws { profile: Some(&profile), env: &env, ..LocalAws::default() };
        let (found, asked) = settle(&local, &answers);
        prop_assert!(asked <= 3, "{asked} questions");
        prop_assert_eq!(&found.needs, &None);
        prop_assert!(found.known_profiles.len() <= 16);
        prop_assert!(found.problems.len() <= 32);
        prop_assert!(found.problems.iter().all(|problem| !problem.to_string().is_empty()));
        if !profile.is_empty() {
            prop_assert_eq!(&found.profile, &profile);
        }
    }

    #[test]
    fn any_name_is_found_where_it_is_written(name in "[^\\[\\]\r\n\t #;\"'\\\\]{1,20}") {
        let config = format!("[profile {name}]\ncredential_process = x\n");
        let credentials = format!("[{name}]\ncredential_process = x\n");
        let name = name.trim();
        prop_assume!(!name.is_empty());
        for (config, credentials) in [(Some(&config), None), (None, Some(&credentials))] {
            let found = facts(&LocalAws {
                profile: Some(name),
                files: &[
                    (".aws/config", config.map(String::as_str)),
                    (".aws/credentials", credentials.map(String::as_str)),
                ],
                ..LocalAws::default()
            });
            prop_assert!(found.exists, "{found:?}");
            prop_assert_eq!(&found.problems, &[]);
        }
    }

    #[test]
    fn a_name_with_spaces_and_quotes_is_found_as_the_cli_writes_it(name in "[a-z\"' \t\\\\$`]{1,20}") {
        let quoted = name.replace('\'', r#"'"'"'"#);
        let config = format!("[profile '{quoted}']\ncredential_process = x\n");
        let found = facts(&LocalAws {
            profile: Some(&name),
            files: &[(".aws/config", Some(&config)), (".aws/credentials", None)],
            ..LocalAws::default()
        });
        prop_assert!(found.exists, "{config:?}");
    }
}
