//! The rules that name a kind, for reading.

use credlapse::rules::{Rule, Scope, Signal, Verdict};
use credlapse::{Confidence, Kind};

/// The section on the signals of `kind`.
pub(super) fn section(kind: Kind) -> String {
    let mut section = String::from(
        "\
## Signals

What credlapse goes by. The innermost signal of an error counts, and what the profile's files say may
settle what it leaves open. `{}` stands for any words, the name in brackets is the `rule` of a
diagnosis; `credlapse rules --format json` adds where each comes from.
",
    );
    let says = |confidence| {
        move |rule: &Rule| rule.verdict == Verdict::Is(kind) && rule.confidence == confidence
    };
    for (title, confidence) in [
        ("Definite", Confidence::Definite),
        ("Likely", Confidence::Likely),
        (
            "Possible: shown with its doubt, and without a command",
            Confidence::Possible,
        ),
    ] {
        list(&mut section, title, Rule::all().filter(says(confidence)));
    }
    list(
        &mut section,
        "Ends of a chain of providers, which count where nothing else is said",
        Rule::all().filter(|rule| rule.verdict == Verdict::ChainEnd(kind)),
    );
    section
}

/// Where the section is, for those to whom it is not shown.
pub(super) fn pointer(kind: Kind) -> String {
    let count = Rule::all()
        .filter(|rule| matches!(rule.verdict, Verdict::Is(named) | Verdict::ChainEnd(named) if named == kind))
        .count();
    format!("## Signals\n\n`credlapse explain --kind {kind} | less` lists them: {count}.\n")
}

fn list(section: &mut String, title: &str, rules: impl Iterator<Item = Rule>) {
    let mut rules: Vec<_> = rules.collect();
    rules.sort_unstable_by_key(Rule::id);
    if rules.is_empty() {
        return;
    }
    section.push_str(&format!("\n{title}:\n\n"));
    for rule in rules {
        let line = format!("- {}{} ({})\n", signal(&rule), place(&rule), rule.id());
        section.push_str(&line);
    }
}

fn signal(rule: &Rule) -> String {
    match rule.signal() {
        Signal::Symbol(symbol) => format!("code or name {}", quoted(symbol)),
        Signal::Phrase(words) => quoted(words),
        Signal::Whole(words) => format!("{} as the whole message", quoted(words)),
        Signal::Status(status) => format!("HTTP {status}"),
        _ => String::new(),
    }
}

fn place(rule: &Rule) -> String {
    let listed = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| quoted(name)).collect();
        names.join(", ")
    };
    match rule.scope() {
        Scope::Operation(operations) => format!(", in a call of {}", listed(operations)),
        Scope::Service(services) => format!(", from {}", listed(services)),
        Scope::Module(modules) => format!(", in code of {}", listed(modules)),
        Scope::Code(codes) => format!(", with {}", listed(codes)),
        Scope::Answer(statuses) => {
            let statuses: Vec<_> = statuses.iter().map(u16::to_string).collect();
            format!(", with HTTP {}", statuses.join(", "))
        }
        Scope::Silent => ", in an answer of AWS that says no more".into(),
        Scope::Loading => ", while credentials are loaded".into(),
        Scope::SessionToken => ", where temporary keys are in use".into(),
        Scope::Aws => ", in an answer of AWS".into(),
        _ => String::new(),
    }
}

/// A code span; words that hold backticks themselves take a longer fence.
fn quoted(words: &str) -> String {
    if words.contains('`') {
        format!("`` {words} ``")
    } else {
        format!("`{words}`")
    }
}
