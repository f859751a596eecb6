//! The AWS CLI.

use aws_sim::{BUCKET, Deny, Lapse};

use super::{Stage, logins, python};
use crate::run::{EXPIRED, Run};

const IDENTITY: [&str; 2] = ["sts", "get-caller-identity"];

impl Stage {
    fn aws(&self, arguments: &[&str]) -> Run {
        self.alone(&[&[&*program()], arguments].concat())
    }

    fn run_aws(&self, options: &[&str], arguments: &[&str]) -> Run {
        self.run(options, &[&[&*program()], arguments].concat())
    }
}

fn program() -> String {
    let path = python().with_file_name("aws");
    path.into_os_string().into_string().expect("UTF-8")
}

/// Uploads its empty standard input.
fn upload() -> [String; 4] {
    ["s3", "cp", "-", &format!("s3://{BUCKET}/empty")].map(str::to_owned)
}

#[test]
#[ignore = "needs the AWS CLI, which `cargo xtask test tools` installs"]
fn with_a_good_session_nothing_is_said() {
    let stage = Stage::new();
    // A log of yesterday's failure, and all of ASCII: a line end or a NUL that is changed shows.
    let content = EXPIRED.chars().chain('\0'..='\x7f').collect::<String>();
    stage.sim.put_object(BUCKET, "log", content.clone());
    let download = ["s3", "cp", &format!("s3://{BUCKET}/log"), "-"].map(str::to_owned);
    let ran = stage.run_aws(&[], &download.each_ref().map(|word| &**word));
    assert_eq!((ran.status, ran.stdout, &*ran.stderr), (0, content, ""));

    let alone = stage.aws(&IDENTITY);
    let ran = stage.run_aws(&[], &IDENTITY);
    assert!(alone.stdout.contains("assumed-role/"), "{alone:?}");
    assert_eq!((ran.status, ran.stdout), (0, alone.stdout));
    assert_eq!((&*ran.stderr, &*alone.stderr), ("", ""));
}

#[test]
#[ignore = "needs the AWS CLI, which `cargo xtask test tools` installs"]
fn an_expired_session_is_told_after_its_own_words() {
    let stage = Stage::new();
    stage.sim.expire(&Lapse::sso("corp"), 0).expect("a session");
    let upload = upload();
    for (arguments, status) in [
        (&IDENTITY[..], 255),
        (&upload.each_ref().map(|word| &**word), 1),
    ] {
        let alone = stage.aws(arguments);
        assert_eq!(alone.status, status, "{alone:?}");
        let ran = stage.run_aws(&[], arguments);
        assert_eq!((ran.status, &ran.stdout), (10, &alone.stdout), "{ran:?}");
        let parts = ran.stderr.strip_prefix(&alone.stderr);
        let parts: Vec<&str> = parts.expect("its own words first").lines().collect();
        let [headline, action, detail] = parts[..] else {
            panic!("three parts: {ran:?}");
        };
        assert!(
            headline.starts_with(
                "AWS session expired: the SSO session of AWS profile 'sso' is no longer valid \
                 (ended "
            ),
            "{headline}"
        );
        assert_eq!(action, "  Run: aws sso login --profile sso   then retry.");
        assert!(
            detail.ends_with(
                "Error when retrieving token from sso: Token has expired and refresh failed)"
            ),
            "{detail}"
        );
    }
}

#[test]
#[ignore = "needs the AWS CLI, which `cargo xtask test tools` installs"]
fn after_one_login_it_succeeds() {
    let stage = Stage::new();
    stage.sim.expire(&Lapse::sso("corp"), 0).expect("a session");
    let ran = stage.run_aws(&["--reauth=always"], &IDENTITY);
    assert_eq!((ran.status, logins(&ran)), (0, 1), "{ran:?}");
    assert_eq!(ran.stdout, stage.aws(&IDENTITY).stdout);
    assert!(ran.stderr.contains("AWS session expired: "), "{ran:?}");
}

#[test]
#[ignore = "needs the AWS CLI, which `cargo xtask test tools` installs"]
fn a_denial_starts_no_login() {
    let stage = Stage::new();
    stage.sim.deny(Deny::new("s3:PutObject"));
    let upload = upload();
    let arguments = upload.each_ref().map(|word| &**word);
    let alone = stage.aws(&arguments);
    assert_eq!((alone.status, stage.answers("PutObject")), (1, vec![403]));
    let ran = stage.run_aws(&["--reauth=always"], &arguments);
    assert_eq!((ran.status, logins(&ran)), (8, 0), "{ran:?}");
    assert_eq!(
        stage.answers("PutObject"),
        [403, 403],
        "once more, not twice"
    );
    let parts = ran.stderr.strip_prefix(&alone.stderr);
    assert!(
        parts.expect("its own words first").starts_with(
            "AWS permission denied: the identity lacks s3:PutObject.\n  \
             Ask for the permission; logging in again does not help.\n  ("
        ),
        "{ran:?}"
    );
}
