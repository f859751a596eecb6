//! The README names every kind and code, with the exit status that the core gives.

use std::path::Path;

use credlapse::{Code, ExitTable, Kind};

#[test]
fn the_readme_has_every_kind_and_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    for code in Code::ALL {
        let row = readme
            .lines()
            .find(|line| line.starts_with(&format!("| `{code}` |")))
            .unwrap();
        let status = ExitTable::DEFAULT.of_code(*code);
        assert!(row.contains(&format!("| {status} |")), "{code}");
        for kind in Kind::ALL.iter().filter(|kind| kind.code() == *code) {
            assert!(row.contains(&format!("`{kind}`")), "{kind}");
        }
    }
}
