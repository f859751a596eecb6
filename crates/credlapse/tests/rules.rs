//! The tables: no rule is unreachable, none is without a source, and no published signal dropped out silently.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use credlapse::rules::{Rule, Scope, Signal, Verdict};
use credlapse::{Cause, Evidence, ProfileFacts, diagnose, trace};
use serde_json::Value;

#[test]
fn ids_are_unique_and_sources_are_given() {
    let mut ids = BTreeSet::new();
    for rule in Rule::all() {
        let id = rule.id();
        assert!(ids.insert(id.clone()), "{id} stands twice");
        assert!(!rule.source().is_empty(), "{id} has no source");
        assert!(
            id.bytes().all(|byte| byte.is_ascii_graphic()),
            "{id} is no id"
        );
    }
    assert!(ids.len() > 500, "{} rules", ids.len());
}

/// With a strict order among all rules, the strongest is the same in whatever order they are looked at.
#[test]
fn no_two_rules_are_equally_strong() {
    let mut ranks: Vec<_> = Rule::all().map(|rule| (rule.rank(), rule.id())).collect();
    ranks.sort_unstable();
    for pair in ranks.windows(2) {
        assert!(pair[0].0 < pair[1].0, "{} and {}", pair[0].1, pair[1].1);
    }
}

#[test]
fn every_rule_decides_where_nothing_else_is_said() {
    let mut shadowed = Vec::new();
    for rule in Rule::all() {
        let evidence = evidence_for(&rule);
        let trace = trace(&evidence);
        let last = trace.evidence.causes.len() - 1;
        let strongest = trace
            .hits
            .iter()
            .filter(|hit| hit.cause == last)
            .filter(|hit| {
                hit.rule.verdict != Verdict::Transport || rule.verdict == Verdict::Transport
            })
            .map(|hit| hit.rule.id())
            .next();
        if strongest != Some(rule.id()) {
            shadowed.push(format!("{} by {strongest:?}", rule.id()));
        }
        if let Verdict::Is(kind) = rule.verdict {
            let got = diagnose(&evidence).map(|diagnosis| diagnosis.kind);
            if got != Some(kind) && strongest == Some(rule.id()) {
                shadowed.push(format!("{}: {got:?} for {kind}", rule.id()));
            }
        }
    }
    assert!(
        shadowed.is_empty(),
        "{} rules are shadowed:\n{}",
        shadowed.len(),
        shadowed.join("\n")
    );
}

/// The least evidence in which the rule counts.
fn evidence_for(rule: &Rule) -> Evidence {
    let mut evidence = Evidence::default();
    let mut cause = Cause::default();
    match rule.signal() {
        Signal::Symbol(symbol) => cause.code = Some(symbol.into()),
        Signal::Phrase(phrase) | Signal::Whole(phrase) => cause.message = Some(filled(phrase)),
        Signal::Status(status) => cause.status = Some(status),
        _ => panic!("a new signal needs evidence here"),
    }
    match rule.scope() {
        Scope::Any => {}
        Scope::Operation(names) => cause.operation = Some(names[0].into()),
        Scope::Service(names) => cause.service = Some(names[0].into()),
        Scope::Module(names) => evidence
            .causes
            .push(Cause::named(format!("lib/{}", names[0]))),
        Scope::Code(codes) => cause.name = Some(codes[0].into()),
        Scope::Answer(statuses) => cause.status = Some(statuses[0]),
        Scope::Silent | Scope::Aws => cause.operation = Some("GetItem".into()),
        Scope::Loading => {
            evidence.causes.push(Cause::message(
                "an error occurred while loading credentials",
            ));
        }
        Scope::SessionToken => {
            evidence.context.facts = Some(ProfileFacts {
                has_session_token: true,
                ..ProfileFacts::default()
            });
        }
        _ => panic!("a new scope needs evidence here"),
    }
    evidence.causes.push(cause);
    evidence
}

fn filled(phrase: &str) -> String {
    let mut text = String::new();
    for (at, part) in phrase.split('{').enumerate() {
        let part = if at == 0 {
            part
        } else {
            text.push('x');
            part.split_once('}').unwrap().1
        };
        text.push_str(part);
    }
    text
}

fn signals() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/signals.json")
}

/// Each published signal is decided by the rule that the file names, or left out for the reason that stands there.
///
/// `UPDATE=1` writes what decides now: read the difference before it is committed.
#[test]
fn every_published_signal_is_covered() {
    let mut rows: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(signals()).unwrap()).unwrap();
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for row in &mut rows {
        if let Some(reason) = row["left_out"].as_str() {
            assert!(!reason.is_empty());
            *reasons.entry(reason.to_owned()).or_default() += 1;
            continue;
        }
        let field = |key: &str| row["in"][key].as_str().map(str::to_owned);
        let value = row["value"].as_str().unwrap().to_owned();
        let mut cause = Cause {
            name: field("name"),
            code: field("code"),
            service: field("service"),
            operation: field("operation"),
            ..Cause::default()
        };
        match row["signal"].as_str().unwrap() {
            "message" => cause.message = Some(value),
            "name" => cause.name = Some(value),
            "code" => cause.code = Some(value),
            _ => cause.status = Some(value.parse().unwrap()),
        }
        let evidence = Evidence {
            causes: vec![cause],
            ..Evidence::default()
        };
        let verdict = diagnose(&evidence).map_or("not_auth", |diagnosis| diagnosis.kind.as_str());
        let rule = trace(&evidence)
            .hits
            .first()
            .map(|hit| hit.rule.id())
            .unwrap_or_default();
        if update {
            row["verdict"] = verdict.into();
            row["rule"] = rule.into();
        } else if row["verdict"] != verdict || row["rule"] != rule {
            wrong.push(format!(
                "{}: {verdict} by {rule}, the file says {} by {}",
                row["id"], row["verdict"], row["rule"]
            ));
        }
        if row["verdict"] != row["class"] {
            assert!(
                row["because"]
                    .as_str()
                    .is_some_and(|because| !because.is_empty())
                    || update,
                "{} is {} where the source says {}, without a reason",
                row["id"],
                row["verdict"],
                row["class"]
            );
        }
    }
    if update {
        let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
        std::fs::write(signals(), format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
    }
    for (reason, count) in reasons {
        println!("{count:3} left out: {reason}");
    }
    assert_eq!(rows.len(), 635);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
