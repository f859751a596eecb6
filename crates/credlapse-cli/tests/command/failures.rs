//! The failures in `examples/failures`, explained.

use std::path::Path;

use crate::run::run;

/// Each with the exit status of its diagnosis.
const FAILURES: [(&str, i32); 6] = [
    ("aws-s3-sync", 10),
    ("boto3-put", 8),
    ("cdk-deploy", 8),
    ("kubectl-eks", 10),
    ("swamp-lock", 10),
    ("terraform-init", 8),
];

#[test]
fn each_is_explained_as_agreed() {
    for (name, status) in FAILURES {
        let explained = run(&["explain", "--no-local", &failure(name)], "");
        assert_eq!(explained.status, status, "{name}");
        assert_eq!(explained.stderr, "", "{name}");
        golden(&format!("{name}.txt"), &explained.stdout);
    }
}

#[test]
fn one_is_explained_for_programs() {
    let explained = run(
        &[
            "explain",
            "--no-local",
            "--format=json",
            "--profile=dev",
            &failure("swamp-lock"),
        ],
        "",
    );
    golden("swamp-lock.json", &explained.stdout);
}

#[test]
fn one_is_explained_at_length() {
    let arguments = [
        "explain",
        "--no-local",
        "-v",
        "--subject=Datastore",
        &failure("swamp-lock"),
    ];
    golden("swamp-lock-verbose.txt", &run(&arguments, "").stdout);
}

#[test]
fn all_are_tested() {
    let mut names: Vec<_> =
        std::fs::read_dir(Path::new(&failure("x")).parent().expect("a directory"))
            .expect("the examples")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
    names.sort();
    assert_eq!(names, FAILURES.map(|(name, _)| name));
}

fn failure(name: &str) -> String {
    format!(
        "{}/../../examples/failures/{name}.txt",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// Compares with the file that was agreed on; `UPDATE=1` writes it.
fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, actual).expect("the golden file is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        actual,
        expected,
        "{}: UPDATE=1 writes it anew",
        path.display()
    );
}
