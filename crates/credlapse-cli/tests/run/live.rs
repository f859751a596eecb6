//! A session that lapses in the middle of a run, against a local AWS.

use std::process::Stdio;

use aws_config::BehaviorVersion;
use aws_sim::{Effect, Fault, Lapse, Sim};
use aws_smithy_types::error::display::DisplayErrorContext;
use tokio::runtime::Runtime;

use crate::run::{Run, command};

#[test]
#[ignore = "what the command of the next test does"]
fn calls_three_times() {
    Runtime::new().expect("a runtime").block_on(async {
        let http = aws_smithy_http_client::Builder::new().build_http();
        let loader = aws_config::defaults(BehaviorVersion::latest()).http_client(http);
        let client = aws_sdk_sts::Client::new(&loader.load().await);
        for number in 1..=3 {
            match client.get_caller_identity().send().await {
                Ok(_) => println!("call {number}"),
                Err(error) => {
                    eprintln!("{}", DisplayErrorContext(error));
                    std::process::exit(1);
                }
            }
        }
    });
}

/// What becomes of three calls of which the second finds the session lapsed.
fn lapsing(options: &[&str]) -> (Run, usize) {
    let runtime = Runtime::new().expect("a runtime");
    let sim = runtime.block_on(Sim::start()).expect("a local AWS");
    for lapse in [Lapse::sso("corp"), Lapse::keys("corp")] {
        let fault = Fault::new(Effect::Expire(lapse));
        sim.add_fault(fault.on("GetCallerIdentity").after(1));
    }
    let tests = std::env::current_exe().expect("this program");
    let tests = tests.to_str().expect("UTF-8");
    let calls = [
        "--exact",
        "live::calls_three_times",
        "--ignored",
        "--nocapture",
    ];
    let environment = sim.environment();
    let path = format!(
        "{}/bin:{}",
        environment.home,
        std::env::var("PATH").expect("a path")
    );
    let output = command(&[&["run"], options, &["--", tests], &calls].concat())
        .envs(environment.with_profile("sso"))
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    let asked = sim.requests();
    let answered = asked
        .iter()
        .filter(|seen| seen.operation == "GetCallerIdentity" && seen.status == 200);
    (output.into(), answered.count())
}

#[test]
fn it_is_told() {
    let (ran, answered) = lapsing(&[]);
    assert_eq!((ran.status, answered), (10, 1), "{ran:?}");
    assert!(ran.stdout.contains("call 1\n"), "{ran:?}");
    assert!(
        ran.stderr
            .contains("\n  Run: aws sso login --profile sso   then retry.\n"),
        "{ran:?}"
    );
}

#[test]
fn after_one_login_all_is_done() {
    let (ran, answered) = lapsing(&["--reauth=always"]);
    assert_eq!((ran.status, answered), (0, 4), "{ran:?}");
    assert_eq!(ran.stdout.matches("call 3\n").count(), 1, "{ran:?}");
    assert_eq!(
        ran.stderr.matches("Successfully logged into").count(),
        1,
        "{ran:?}"
    );
}
