//! The session lapses in the middle of an upload.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Output;

use aws_sim::{BUCKET, Effect, Fault, Lapse, Sim};
use tokio::process::Command;

const FILES: usize = 40;

struct Folder(PathBuf);

impl Folder {
    fn create(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("s3-upload-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        for number in 0..FILES {
            std::fs::write(path.join(format!("{number:02}.txt")), content(number)).unwrap();
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn content(number: usize) -> String {
    format!("report {number}\n").repeat(number + 1)
}

async fn upload(sim: &Sim, folder: &Folder, options: &[&str]) -> Output {
    let environment = sim.environment();
    let path = format!(
        "{}/bin:{}",
        environment.home,
        std::env::var("PATH").unwrap()
    );
    Command::new(env!("CARGO_BIN_EXE_s3-upload"))
        .args(options)
        .arg(&folder.0)
        .arg(format!("s3://{BUCKET}/reports"))
        .env_clear()
        .envs(environment.with_profile("sso"))
        .env("PATH", path)
        .output()
        .await
        .unwrap()
}

/// How often each object was written.
fn written(sim: &Sim) -> BTreeMap<String, usize> {
    let mut written = BTreeMap::new();
    for seen in sim.requests() {
        if seen.operation == "PutObject" && seen.status == 200 {
            *written.entry(seen.path).or_default() += 1;
        }
    }
    written
}

/// After ten objects the role's keys and the session behind them end.
fn lapse(sim: &Sim) {
    for lapse in [Lapse::sso("corp"), Lapse::keys("corp")] {
        sim.add_fault(Fault::new(Effect::Expire(lapse)).on("PutObject").after(10));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goes_on_after_a_login_and_writes_every_object_once() {
    let (sim, folder) = (Sim::start().await.unwrap(), Folder::create("login"));
    lapse(&sim);
    let output = upload(&sim, &folder, &["--login"]).await;
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert!(stderr.starts_with("Upload session expired:"), "{stderr}");
    assert_eq!(
        stderr.matches("aws sso login --profile sso").count(),
        1,
        "{stderr}"
    );

    let written = written(&sim);
    assert_eq!(written.len(), FILES);
    assert!(written.values().all(|times| *times == 1), "{written:?}");
    for number in 0..FILES {
        let object = sim
            .object(BUCKET, &format!("reports/{number:02}.txt"))
            .unwrap();
        assert_eq!(object, content(number));
    }
    assert!(
        sim.requests()
            .iter()
            .any(|seen| seen.code.as_deref() == Some("ExpiredToken"))
    );
}

/// The session behind them is good: `CredentialRefresh` fetches others.
#[tokio::test(flavor = "multi_thread")]
async fn goes_on_by_itself_where_only_the_keys_have_ended() {
    let (sim, folder) = (Sim::start().await.unwrap(), Folder::create("refresh"));
    let keys = Fault::new(Effect::Expire(Lapse::keys("corp")));
    sim.add_fault(keys.on("PutObject").after(10));
    let output = upload(&sim, &folder, &[]).await;
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(stderr, "");

    let written = written(&sim);
    assert_eq!(written.len(), FILES);
    assert!(written.values().all(|times| *times == 1), "{written:?}");
    let requests = sim.requests();
    let count = |operation: &str| {
        let asked = requests.iter().filter(|seen| seen.operation == operation);
        asked.count()
    };
    assert_eq!(count("GetRoleCredentials"), 2);
    assert!(count("PutObject") > FILES);
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_lapsed_where_it_may_not_log_in() {
    let (sim, folder) = (Sim::start().await.unwrap(), Folder::create("no-login"));
    lapse(&sim);
    let output = upload(&sim, &folder, &[]).await;
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(10), "{stderr}");
    let mut lines = stderr.lines();
    let first = lines.next().unwrap_or_default();
    assert!(first.starts_with("Upload session expired:"), "{stderr}");
    assert!(first.contains("'sso'"), "{stderr}");
    assert!(
        lines
            .next()
            .unwrap_or_default()
            .contains("aws sso login --profile sso"),
        "{stderr}"
    );
}
