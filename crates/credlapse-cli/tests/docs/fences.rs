//! What docs/ gives to be typed is at least a shell command.

use std::process::Command;

use credlapse::Kind;

use crate::content;

#[test]
fn every_shell_fence_parses() {
    let mut pages: Vec<String> = Kind::ALL.iter().map(|kind| kind.help()).collect();
    pages.push("docs/exit-codes.md".into());
    for page in &pages {
        let text = content(page);
        let fences: Vec<&str> = text
            .split("```sh\n")
            .skip(1)
            .filter_map(|rest| rest.split_once("```"))
            .map(|(fence, _)| fence)
            .collect();
        assert!(!fences.is_empty(), "{page} gives nothing to run");
        for fence in fences {
            let output = Command::new("bash")
                .args(["-n", "-c", fence])
                .output()
                .expect("bash runs");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success() && stderr.is_empty(),
                "{page}: {stderr}"
            );
        }
    }
}
