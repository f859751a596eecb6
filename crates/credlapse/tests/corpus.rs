//! Real errors against their labels: accuracy by SDK and kind, and two gates that hold without exception.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::panic,
    reason = "a test may panic"
)]

mod cases;

use std::collections::BTreeMap;

use cases::{Case, Form};
use credlapse::{Confidence, Diagnosis, Kind, diagnose, text};

/// The share of cases that must get their kind, by form.
const TEXT: f64 = 0.97;
const STRUCTURED: f64 = 0.98;

struct Tally {
    right: usize,
    all: usize,
}

fn is_right(case: &Case, verdict: Option<Kind>) -> bool {
    let name = verdict.map_or("not_auth", Kind::as_str);
    case.accepted().any(|accepted| accepted == name)
}

/// An expired or missing login where the case says otherwise sends a person to the wrong place.
fn is_wrong_login(case: &Case, kind: Kind) -> bool {
    let name = kind.as_str();
    (name.ends_with("_expired") || name.ends_with("_not_logged_in"))
        && case.accepted().all(|accepted| accepted != name)
        && case.true_kind.as_deref() != Some(name)
}

fn run(form: Form, wanted: f64) {
    let mut tallies: BTreeMap<(String, String), Tally> = BTreeMap::new();
    let (mut wrong, mut gates) = (Vec::new(), Vec::new());
    let (mut right, mut all) = (0_usize, 0_usize);
    for case in cases::all() {
        let Some(evidence) = case.evidence(form) else {
            continue;
        };
        let diagnosis = diagnose(&evidence);
        let verdict = diagnosis.as_ref().map(|diagnosis| diagnosis.kind);
        if let Some(Diagnosis {
            kind,
            confidence,
            ref rule,
            ..
        }) = diagnosis
        {
            if is_wrong_login(&case, kind) {
                gates.push(format!(
                    "{}: wrong claim of {kind} by {rule}, expected {}",
                    case.id, case.kind
                ));
            }
            if case.kind == "not_auth"
                && confidence > Confidence::Possible
                && !is_right(&case, verdict)
            {
                gates.push(format!("{}: not auth, but {kind} by {rule}", case.id));
            }
        }
        let tally = tallies
            .entry((case.sdk.clone(), case.kind.clone()))
            .or_insert(Tally { right: 0, all: 0 });
        tally.all += 1;
        all += 1;
        if is_right(&case, verdict) {
            tally.right += 1;
            right += 1;
        } else {
            let rule = diagnosis.as_ref().map_or("-", |diagnosis| &*diagnosis.rule);
            wrong.push(format!(
                "{}: expected {}, got {} by {rule}",
                case.id,
                case.kind,
                verdict.map_or("nothing", Kind::as_str)
            ));
        }
    }
    for ((sdk, kind), tally) in &tallies {
        println!("{sdk:14} {kind:26} {:3} of {:3}", tally.right, tally.all);
    }
    println!("{}", wrong.join("\n"));
    let share = right as f64 / all as f64;
    println!("{form:?}: {right} of {all}, {:.2} %", share * 100.0);
    assert!(gates.is_empty(), "{}", gates.join("\n"));
    assert!(all > 100, "the corpus was not found");
    assert!(share >= wanted, "{right} of {all} is below {wanted}");
}

#[test]
fn text_gets_its_kind() {
    run(Form::Text, TEXT);
}

/// CI systems and containers put something before each line that a program prints.
#[test]
fn what_a_host_puts_before_each_line_changes_no_verdict() {
    let kind = |text: &str| diagnose(&text::read(text)).map(|diagnosis| diagnosis.kind);
    let (mut all, mut changed) = (0, Vec::new());
    for case in cases::all() {
        // An indented `error: 'expired_token'` is a property; behind a time, a level that was padded.
        // And the bars of a table are those that stand between the columns of a log.
        let is_log = case.id.starts_with("js-oidc-client-expiredtoken")
            || case.id.starts_with("awscli2--errfmt-table-");
        let Some(printed) = case.printed().filter(|_| !is_log) else {
            continue;
        };
        let expected = kind(&printed);
        for stamp in [
            "2026-11-21T21:20:04.1234567Z ",
            "[2026-11-21T21:20:04.123Z] ",
            "deploy\tRun the CDK\t2026-11-21T21:20:04.1234567Z ",
            "2026-11-21T21:20:04.123456789Z stderr F ",
        ] {
            let lines = printed.lines().map(|line| format!("{stamp}{line}\n"));
            let stamped = kind(&lines.collect::<String>());
            if stamped != expected {
                changed.push(format!(
                    "{}: {stamped:?}, not {expected:?}, behind `{stamp}`",
                    case.id
                ));
            }
        }
        all += 1;
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
    assert!(all > 1000, "the corpus was not found");
}

#[test]
fn javascript_errors_get_their_kind() {
    run(Form::JavaScript, STRUCTURED);
}

#[test]
fn rust_errors_get_their_kind() {
    run(Form::Rust, STRUCTURED);
}

#[test]
fn facts_bring_back_what_the_text_erased() {
    let (mut back, mut as_text, mut wrong) = (0, 0, Vec::new());
    for case in cases::all() {
        let Some(wanted) = case.true_kind.clone() else {
            continue;
        };
        let Some(evidence) = case.evidence(Form::TextWithFacts) else {
            continue;
        };
        let diagnosis = diagnose(&evidence);
        let got = diagnosis
            .as_ref()
            .map_or("not_auth", |diagnosis| diagnosis.kind.as_str());
        if got == wanted {
            back += 1;
        } else if is_right(&case, diagnosis.as_ref().map(|diagnosis| diagnosis.kind)) {
            as_text += 1;
        } else {
            wrong.push(format!("{}: got {got}", case.id));
        }
    }
    // Their text says only that something is no JSON: nothing to claim on.
    assert_eq!(
        wrong,
        [
            "awscli1--credproc-badjson: got not_auth",
            "awscli2--credproc-badjson: got not_auth",
        ]
    );
    assert_eq!((back, as_text), (71, 56));
}
