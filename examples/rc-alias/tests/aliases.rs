//! Aliases against a simulated AWS whose sessions lapse.

use std::path::PathBuf;

use aws_sim::{BUCKET, Credentials, Fault, Lapse, Sim};
use tokio::process::Command;

struct Home {
    sim: Sim,
    config: PathBuf,
}

struct Output {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Home {
    async fn start() -> Self {
        let sim = Sim::start().await.unwrap();
        let config = PathBuf::from(&sim.environment().home).join("rc.toml");
        Self { sim, config }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rc-alias"));
        command
            .args(arguments)
            .env_clear()
            .env("RC_CONFIG", &self.config);
        command
    }

    async fn run(&self, arguments: &[&str]) -> Output {
        output(self.command(arguments)).await
    }

    async fn set(&self, name: &str, keys: &Credentials) {
        let mut command = self.command(&["set", name, self.sim.url()]);
        command.env("AWS_ACCESS_KEY_ID", &keys.access_key_id);
        command.env("AWS_SECRET_ACCESS_KEY", &keys.secret_access_key);
        if let Some(token) = &keys.session_token {
            command.env("AWS_SESSION_TOKEN", token);
        }
        let output = output(command).await;
        assert_eq!(output.code, 0, "{}", output.stderr);
    }

    fn file(&self) -> String {
        std::fs::read_to_string(&self.config).unwrap()
    }

    fn fixed(&self) -> Credentials {
        let variables = self.sim.environment().with_source("static");
        let mut keys = self.sim.issue("unused", 3600);
        keys.access_key_id = variables["AWS_ACCESS_KEY_ID"].clone();
        keys.secret_access_key = variables["AWS_SECRET_ACCESS_KEY"].clone();
        keys.session_token = None;
        keys
    }
}

async fn output(mut command: Command) -> Output {
    let output = command.output().await.unwrap();
    Output {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn place() -> String {
    format!("work/{BUCKET}")
}

#[tokio::test]
async fn static_keys_work_as_before() {
    let home = Home::start().await;
    home.set("work", &home.fixed()).await;
    home.sim.put_object(BUCKET, "report.csv", "a,b");
    let output = home.run(&["ls", &place()]).await;
    assert_eq!(
        (output.code, &*output.stdout),
        (0, "report.csv\n"),
        "{}",
        output.stderr
    );

    let file = home.config.with_file_name("upload.txt");
    std::fs::write(&file, "content").unwrap();
    let output = home
        .run(&[
            "put",
            file.to_str().unwrap(),
            &format!("{}/a/b.txt", place()),
        ])
        .await;
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(home.sim.object(BUCKET, "a/b.txt").unwrap(), "content");
    assert!(!home.file().contains("session_token"));
}

#[tokio::test]
async fn a_session_works_and_its_alias_goes_when_it_has_ended() {
    let home = Home::start().await;
    let keys = home.sim.issue("alias", 3600);
    home.set("work", &keys).await;
    assert_eq!(home.run(&["ls", &place()]).await.code, 0);
    assert!(home.run(&["list"]).await.stdout.contains("\tsession"));

    home.sim.expire(&Lapse::keys("alias"), 0).unwrap();
    let output = home.run(&["ls", &place()]).await;
    assert_eq!(output.code, 4);
    assert!(
        output.stderr.starts_with("Alias `work` session expired"),
        "{}",
        output.stderr
    );
    assert!(
        output.stderr.contains("Alias `work` was removed"),
        "{}",
        output.stderr
    );
    for secret in [
        &keys.secret_access_key,
        keys.session_token.as_ref().unwrap(),
    ] {
        assert!(!output.stderr.contains(&**secret), "{}", output.stderr);
    }
    assert_eq!(home.run(&["list"]).await.stdout, "");
    assert!(!home.file().contains(&keys.access_key_id));
}

#[tokio::test]
async fn an_alias_that_cannot_be_removed_is_still_told_as_expired() {
    let home = Home::start().await;
    home.set("work", &home.sim.issue("alias", 3600)).await;
    home.sim.expire(&Lapse::keys("alias"), 0).unwrap();
    // Where the new file would be written first.
    std::fs::create_dir(home.config.with_extension("toml.draft")).unwrap();
    let output = home.run(&["ls", &place()]).await;
    assert_eq!(output.code, 4, "{}", output.stderr);
    for part in ["Alias `work` session expired", "could not be removed"] {
        assert!(output.stderr.contains(part), "{}", output.stderr);
    }
    assert!(home.run(&["list"]).await.stdout.contains("work"));
}

#[tokio::test]
async fn an_alias_of_the_environment_is_never_removed() {
    let home = Home::start().await;
    let keys = home.sim.issue("alias", 3600);
    home.set("work", &keys).await;
    home.sim.expire(&Lapse::keys("alias"), 0).unwrap();
    let host = home.sim.url().strip_prefix("http://").unwrap();
    let url = format!(
        "http://{}:{}:{}@{host}",
        keys.access_key_id,
        keys.secret_access_key,
        keys.session_token.unwrap()
    );
    let before = home.file();
    let mut command = home.command(&["ls", &place()]);
    command.env("RC_HOST_work", url);
    let output = output(command).await;
    assert_eq!(output.code, 4, "{}", output.stderr);
    assert!(
        output.stderr.contains("session expired"),
        "{}",
        output.stderr
    );
    assert!(!output.stderr.contains("removed"), "{}", output.stderr);
    assert_eq!(home.file(), before);
}

#[tokio::test]
async fn no_other_refusal_removes_an_alias() {
    let home = Home::start().await;
    home.set("work", &home.sim.issue("alias", 3600)).await;
    let before = home.file();
    for code in [
        "AccessDenied",
        "InvalidToken",
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "RequestTimeTooSkewed",
    ] {
        home.sim.add_fault(Fault::error(code).always());
        let output = home.run(&["ls", &place()]).await;
        home.sim.clear_faults();
        assert_eq!(output.code, 4, "{code}: {}", output.stderr);
        assert_eq!(home.file(), before, "{code}");
    }
    home.sim.add_fault(Fault::body(403, "").always());
    assert_eq!(home.run(&["ls", &place()]).await.code, 4);
    home.sim.clear_faults();
    assert_eq!(home.file(), before);
}

#[tokio::test]
async fn other_failures_have_their_own_codes() {
    let home = Home::start().await;
    home.set("work", &home.fixed()).await;
    assert_eq!(home.run(&["ls", "work/no-such-bucket"]).await.code, 5);
    assert_eq!(home.run(&["ls", "gone/bucket"]).await.code, 2);
    assert_eq!(home.run(&["frobnicate"]).await.code, 2);
    let text = home.file().replace(home.sim.url(), "http://127.0.0.1:1");
    std::fs::write(&home.config, text).unwrap();
    assert_eq!(home.run(&["ls", &place()]).await.code, 3);
}

#[tokio::test]
async fn a_file_of_version_1_is_read_and_rewritten_with_the_next_change() {
    let home = Home::start().await;
    let keys = home.fixed();
    let old = format!(
        "[[aliases]]\nname = \"work\"\nendpoint = \"{}\"\naccess_key = \"{}\"\nsecret_key = \"{}\"\n",
        home.sim.url(),
        keys.access_key_id,
        keys.secret_access_key
    );
    std::fs::write(&home.config, &old).unwrap();
    assert_eq!(home.run(&["ls", &place()]).await.code, 0);
    assert_eq!(home.file(), old);

    home.set("other", &home.sim.issue("alias", 3600)).await;
    assert!(home.file().starts_with("schema_version = 2\n"));
    assert_eq!(home.run(&["ls", &place()]).await.code, 0);
    assert_eq!(home.run(&["list"]).await.stdout.lines().count(), 2);
}
