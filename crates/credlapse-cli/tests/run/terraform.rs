//! What Terraform printed, boxes and colours included, printed again by a child.

use std::process::Stdio;

use serde_json::Value;

use crate::run::{Directory, Run, command, run};

/// A child that prints these two texts and fails.
fn replayed(stdout: &str, stderr: &str) -> Run {
    let directory = Directory::new();
    let files = [("stdout", stdout), ("stderr", stderr)]
        .map(|(name, content)| directory.write(name, content));
    let script = "cat \"$0\"; cat \"$1\" >&2; exit 1";
    let words = ["run", "--no-local", "--", "sh", "-c", script];
    let mut command = command(&[&words[..], &files.each_ref().map(|file| &**file)].concat());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let output = command.stdin(Stdio::null()).output();
    output.expect("it starts").into()
}

#[test]
fn a_box_is_left_as_it_is_and_explained_below() {
    let failure = include_str!("../../../../examples/failures/terraform-init.txt");
    let ran = replayed("", failure);
    assert_eq!((ran.status, &*ran.stdout), (8, ""));
    assert_eq!(
        ran.stderr.strip_prefix(failure),
        Some(include_str!("../golden/terraform-init.txt"))
    );
}

#[test]
fn each_box_of_the_corpus_gets_what_explain_says() {
    let corpus = include_str!("../../../../tests/corpus/python.json");
    let corpus: Vec<Value> = serde_json::from_str(corpus).expect("JSON");
    let mut told = 0;
    for case in corpus.iter().filter(|case| case["sdk"] == "terraform") {
        let text = |name: &str| case[name].as_str().unwrap_or_default();
        let (stdout, stderr) = (text("stdout_tail"), text("stderr"));
        let ran = replayed(stdout, stderr);
        let explained = run(&["explain", "--no-local"], format!("{stdout}{stderr}"));
        assert_eq!(ran.stdout, stdout, "{}", case["id"]);
        assert_eq!(
            ran.stderr,
            format!("{stderr}{}", explained.stdout),
            "{}",
            case["id"]
        );
        told += usize::from(!explained.stdout.is_empty());
    }
    assert!(told >= 20, "{told} boxes were explained");
}
