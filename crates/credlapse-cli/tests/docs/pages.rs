//! One page for each kind, as `explain --kind` prints it.

use credlapse::Kind;

use crate::{credlapse, fresh, repository};

#[test]
fn every_kind_has_the_page_that_the_command_prints() {
    for kind in Kind::ALL {
        let printed = credlapse(&["explain", "--kind", kind.as_str()]);
        assert_eq!(printed.status.code(), Some(0), "{kind}");
        let page = String::from_utf8(printed.stdout).expect("UTF-8");
        fresh(&kind.help(), &page);
    }
}

#[cfg(unix)]
#[test]
fn a_terminal_ends_with_what_to_do_and_not_with_a_list_of_signals() {
    const ON_A_TERMINAL: &str = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]))";
    let output = std::process::Command::new("python3")
        .args(["-c", ON_A_TERMINAL, env!("CARGO_BIN_EXE_credlapse")])
        .args(["explain", "--kind", "clock_skew"])
        .stdin(std::process::Stdio::null())
        .output()
        .expect("python3 runs");
    let shown = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    let page = crate::content("docs/kinds/clock_skew.md");
    let (body, signals) = page.split_once("## Signals\n\n").expect("signals");
    let count = signals
        .lines()
        .filter(|line| line.starts_with("- "))
        .count();
    let pointer = format!("`credlapse explain --kind clock_skew | less` lists them: {count}.\n");
    assert_eq!(shown, format!("{body}## Signals\n\n{pointer}"));
}

#[test]
fn there_is_no_page_besides() {
    let mut pages: Vec<_> = std::fs::read_dir(repository("docs/kinds"))
        .expect("the pages")
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| format!("docs/kinds/{}", name.to_string_lossy()))
        .collect();
    pages.sort();
    let mut kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.help()).collect();
    kinds.sort();
    assert_eq!(pages, kinds);
}

#[test]
fn an_unknown_kind_is_bad_usage_and_a_near_name_is_offered() {
    let refused = credlapse(&["explain", "--kind", "sso_expired"]);
    assert_eq!(refused.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&refused.stderr);
    assert!(stderr.contains("'sso_session_expired'"), "{stderr}");
    for besides in ["-v", "--ndjson", "--format=json", "--profile=dev", "file"] {
        let refused = credlapse(&["explain", "--kind", "clock_skew", besides]);
        assert_eq!(refused.status.code(), Some(2), "{besides}");
    }
}
