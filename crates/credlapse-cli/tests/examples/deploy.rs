//! examples/deploy.sh, with a fake cdk and a fake aws.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use credlapse::Timestamp;

use crate::stage::{Run, Stage, example};

/// Where the token of the session `corp` is cached: the SHA-1 of its name.
const TOKEN: &str = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

const CONFIG: &str = "\
[profile dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Deploy
region = eu-west-1

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
";

const LAPSED: &str = "Error when retrieving token from sso: Token has expired and refresh failed";

/// Fails as the AWS CLI does while the session has lapsed; a login puts the new token in place.
const AWS: &str = r#"
case "$1 $2" in
  "sso login")
    printf '%s\n' "$*" >> "$HOME/logins"
    [ -e "$HOME/no-login" ] && exit 255
    cp "$HOME/new-token" "$HOME/TOKEN"
    rm -f "$HOME/lapsed" ;;
  "sts get-caller-identity")
    [ -s "$HOME/lapsed" ] || exit 0
    cat "$HOME/lapsed" >&2
    exit 255 ;;
  "cloudformation describe-stacks")
    echo "$4" >> "$HOME/asked"
    [ -s "$HOME/$4.states" ] || exit 254
    head -1 "$HOME/$4.states"
    sed -i.bak 1d "$HOME/$4.states" ;;
esac"#;

/// Deploys a stack, unless its file says otherwise: `lapse` once, or the words to fail with.
const NPX: &str = r#"
[ "$1 $2" = "cdk deploy" ] || exit 2
echo "$3" >> "$HOME/deployed"
if [ -e "$HOME/$3.lapse" ]; then
  rm "$HOME/$3.lapse"
  cp "$HOME/old-token" "$HOME/TOKEN"
  printf 'UPDATE_IN_PROGRESS\nUPDATE_IN_PROGRESS\nUPDATE_COMPLETE\n' > "$HOME/$3.states"
  echo "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile." >&2
  exit 1
elif [ -e "$HOME/$3.fails" ]; then
  cat "$HOME/$3.fails" >&2
  exit 1
fi
echo "$3 is deployed""#;

/// A stage whose session lasts for so many minutes; below 0 it has lapsed.
fn stage(minutes: i64) -> Stage {
    let stage = Stage::new();
    stage.write(".aws/config", CONFIG);
    stage.write("old-token", &token(-60));
    stage.write("new-token", &token(8 * 60));
    stage.write(TOKEN, &token(minutes));
    if minutes < 0 {
        stage.write("lapsed", LAPSED);
    }
    stage.tool("aws", &AWS.replace("TOKEN", TOKEN));
    stage.tool("npx", &NPX.replace("TOKEN", TOKEN));
    stage
}

fn token(minutes: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.as_ref().map_or(0, Duration::as_secs) as i64;
    format!(
        r#"{{"accessToken": "x", "expiresAt": "{}", "startUrl": "https://corp.awsapps.com/start", "region": "eu-west-1"}}"#,
        Timestamp(now + minutes * 60)
    )
}

fn deploy(stage: &Stage, environment: &[(&str, &str)]) -> Run {
    let mut command = stage.command("bash");
    command
        .arg(example("deploy.sh"))
        .args(["Network", "App", "Web"])
        .env("AWS_PROFILE", "dev")
        .env("ACCOUNT", "123456789012")
        .env("PAUSE", "0")
        .envs(environment.iter().copied());
    stage.run_alone(command)
}

const UNATTENDED: &[(&str, &str)] = &[("REAUTH", "always")];

#[test]
fn a_good_session_deploys_stack_after_stack() {
    let stage = stage(60);
    let run = deploy(&stage, &[]);
    assert_eq!(run.status, 0, "{run:?}");
    let deployed = "Network is deployed\nApp is deployed\nWeb is deployed\n";
    assert_eq!(String::from_utf8_lossy(&run.stdout), deployed);
    assert!(stage.lines("logins").is_empty());
}

#[test]
fn a_lapsed_session_is_met_before_the_first_stack() {
    let stage = stage(-5);
    let run = deploy(&stage, UNATTENDED);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(stage.lines("logins"), ["sso login --profile dev"]);
    assert_eq!(stage.lines("deployed"), ["Network", "App", "Web"]);
}

#[test]
fn a_machine_on_which_nobody_has_logged_in_yet_is_no_other_case() {
    let stage = stage(60);
    std::fs::remove_file(stage.path(TOKEN)).expect("it is removed");
    stage.write(
        "lapsed",
        "Error loading SSO Token: Token for corp does not exist",
    );
    let run = deploy(&stage, UNATTENDED);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(stage.lines("logins"), ["sso login --profile dev"]);
    assert_eq!(stage.lines("deployed"), ["Network", "App", "Web"]);
}

#[test]
fn where_nobody_can_log_in_it_ends_with_10_and_nothing_is_deployed() {
    for (minutes, environment) in [
        (-5, &[("CI", "true")][..]),
        (-5, &[]),
        // A session that would end in the middle.
        (10, UNATTENDED),
    ] {
        let stage = stage(minutes);
        let run = deploy(&stage, environment);
        assert_eq!(run.status, 10, "{run:?}");
        assert!(
            run.stderr.contains("aws sso login --profile dev"),
            "{run:?}"
        );
        assert!(stage.lines("deployed").is_empty());
        assert!(stage.lines("logins").is_empty());
    }
}

#[test]
fn a_login_that_fails_ends_it_with_10() {
    let stage = stage(-5);
    stage.write("no-login", "");
    let run = deploy(&stage, UNATTENDED);
    assert_eq!(run.status, 10, "{run:?}");
    assert_eq!(stage.lines("logins").len(), 1);
    assert!(stage.lines("deployed").is_empty());
}

#[test]
fn the_wrong_account_is_met_before_the_first_stack() {
    let stage = stage(60);
    let run = deploy(&stage, &[("ACCOUNT", "210987654321")]);
    assert_eq!(run.status, 8, "{run:?}");
    assert!(run.stderr.contains("210987654321"), "{run:?}");
    assert!(stage.lines("deployed").is_empty());
}

#[test]
fn a_session_that_lapses_in_the_middle_costs_one_login_and_one_stack_again() {
    let stage = stage(60);
    stage.write("App.lapse", "");
    let run = deploy(&stage, UNATTENDED);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(stage.lines("logins"), ["sso login --profile dev"]);
    assert_eq!(stage.lines("deployed"), ["Network", "App", "App", "Web"]);
    // Once for each stack, and until the update that was begun is done.
    let asked = stage.lines("asked");
    assert_eq!(asked, ["Network", "App", "App", "App", "App", "Web"]);
    assert!(
        run.stderr.contains("Deploy of App session expired: "),
        "{run:?}"
    );
}

#[test]
fn a_denial_in_the_middle_ends_it_with_8() {
    let stage = stage(60);
    let denied = "User: arn:aws:sts::123456789012:assumed-role/Deploy/alice is not authorized to perform: \
                  cloudformation:CreateChangeSet on resource: arn:aws:cloudformation:eu-west-1:123456789012:stack/App/*";
    stage.write("App.fails", denied);
    let run = deploy(&stage, UNATTENDED);
    assert_eq!(run.status, 8, "{run:?}");
    assert_eq!(stage.lines("deployed"), ["Network", "App"]);
    assert!(stage.lines("logins").is_empty());
}

#[test]
fn another_failure_of_cdk_keeps_its_status() {
    let stage = stage(60);
    stage.write(
        "Network.fails",
        "Resource handler returned message: bucket already exists",
    );
    let run = deploy(&stage, UNATTENDED);
    assert_eq!(run.status, 1, "{run:?}");
    assert_eq!(stage.lines("deployed"), ["Network"]);
}

#[test]
fn without_an_account_or_a_stack_it_is_bad_usage() {
    let stage = stage(60);
    assert_eq!(deploy(&stage, &[("ACCOUNT", "")]).status, 2);
    let mut command = stage.command("bash");
    command
        .arg(example("deploy.sh"))
        .env("ACCOUNT", "123456789012");
    assert_eq!(stage.run_alone(command).status, 2);
    assert!(stage.lines("deployed").is_empty());
}
