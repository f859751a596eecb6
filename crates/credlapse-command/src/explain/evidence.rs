//! What `--verbose` adds: what was read, which rule decided, and why no other.

use std::fmt;

use credlapse::rules::{Rule, Signal, Verdict};
use credlapse::{Cause, Confidence, Diagnosis, Evidence, Hit, redact, trace};

use crate::style;

/// How many causes are shown that no rule matches.
const PLAIN_MAX: usize = 8;
/// How many rules are shown that did not decide.
const LOST_MAX: usize = 12;
/// How much of one message is shown, in characters.
const SHOWN: usize = 400;

/// The evidence, numbered, and the rules that matched it.
pub(super) fn reasons(evidence: &Evidence, diagnosis: Option<&Diagnosis>) -> String {
    let mut reasons = String::new();
    // A `String` takes all that is written to it.
    let _ = write(&mut reasons, evidence, diagnosis);
    reasons
}

fn write(
    out: &mut dyn fmt::Write,
    evidence: &Evidence,
    diagnosis: Option<&Diagnosis>,
) -> fmt::Result {
    let trace = trace(evidence);
    let causes = &trace.evidence.causes;
    let title = style::TITLE;

    writeln!(out, "\n{title}Read, outermost first:{title:#}")?;
    let is_matched = |number: usize| trace.hits.iter().any(|hit| hit.cause == number);
    let mut left_out = 0;
    for (number, cause) in causes.iter().enumerate() {
        if causes.len() > PLAIN_MAX && !is_matched(number) {
            left_out += 1;
            continue;
        }
        // Redacted before it is cut: half a secret is not recognised.
        let line = redact::line(&described(cause), &evidence.context.secrets);
        let shown: String = line.chars().take(SHOWN).collect();
        let more = if shown.len() < line.len() { " ..." } else { "" };
        writeln!(out, "  {}. {shown}{more}", number + 1)?;
    }
    if left_out > 0 {
        writeln!(out, "  and {left_out} more that match no rule")?;
    }

    let decided = trace.hits.iter().find(|hit| hit.decided);
    if let Some(hit) = decided {
        writeln!(out, "{title}Decided:{title:#}")?;
        writeln!(out, "  {}", told(hit))?;
        let (signal, literal) = signal(&hit.rule);
        writeln!(out, "  {signal}: {literal}")?;
        writeln!(out, "  source: {}", hit.rule.source())?;
    }
    if let Some(fact) = diagnosis.and_then(|diagnosis| diagnosis.settled_by.as_ref()) {
        writeln!(out, "  settled by: {fact}")?;
    }
    if let Some(Diagnosis { kind, .. }) = diagnosis {
        writeln!(out, "  more: credlapse explain --kind {kind}")?;
    }

    let lost: Vec<&Hit> = trace.hits.iter().filter(|hit| !hit.decided).collect();
    if !lost.is_empty() {
        writeln!(out, "{title}Matched, but did not decide:{title:#}")?;
    }
    for hit in lost.iter().take(LOST_MAX) {
        writeln!(out, "  {}: {}", told(hit), why_not(hit, decided))?;
    }
    if lost.len() > LOST_MAX {
        writeln!(out, "  and {} more", lost.len() - LOST_MAX)?;
    }
    Ok(())
}

/// What a rule looks for: the sort of signal, and the symbol, words or digits.
#[must_use]
pub fn signal(rule: &Rule) -> (&'static str, String) {
    match rule.signal() {
        Signal::Symbol(symbol) => ("symbol", symbol.into()),
        Signal::Phrase(words) => ("phrase", words.into()),
        Signal::Whole(words) => ("whole", words.into()),
        Signal::Status(status) => ("status", status.to_string()),
        _ => ("unknown", String::new()),
    }
}

/// A rule, what it says, and of which cause.
fn told(hit: &Hit) -> String {
    let (id, confidence) = (hit.rule.id(), hit.rule.confidence);
    let says = match hit.rule.verdict {
        Verdict::Is(kind) | Verdict::ChainEnd(kind) => kind.as_str(),
        Verdict::NotAuth => "not an auth failure",
        Verdict::Transport => "the network",
        _ => "a wrapper",
    };
    format!("{id} in {}: {says}, {confidence}", hit.cause + 1)
}

/// Why a rule lost to the one that decided.
fn why_not(hit: &Hit, decided: Option<&Hit>) -> &'static str {
    let rule = &hit.rule;
    match (rule.verdict, decided) {
        (Verdict::Wrapper, _) => "it wraps a cause and names none",
        (Verdict::ChainEnd(_), _) => "the end of a chain says less than a cause",
        (Verdict::Transport, _) => "it is no failure of credentials",
        (_, Some(decided)) if decided.cause == hit.cause => {
            if decided.rule.confidence > rule.confidence {
                "the other is surer"
            } else {
                "the other is more specific"
            }
        }
        (_, Some(decided)) if decided.cause > hit.cause => "an inner cause says more",
        _ if rule.confidence == Confidence::Possible => "it is no more than possible",
        _ => "it does not stand for an auth failure here",
    }
}

fn described(cause: &Cause) -> String {
    let named = [
        ("", &cause.name),
        ("code ", &cause.code),
        ("service ", &cause.service),
        ("operation ", &cause.operation),
        ("request ", &cause.request_id),
    ];
    let mut parts: Vec<String> = named
        .into_iter()
        .filter_map(|(word, value)| Some(format!("{word}{}", value.as_ref()?)))
        .collect();
    parts.extend(cause.status.map(|status| format!("HTTP {status}")));
    let mut text = parts.join(", ");
    if let Some(message) = &cause.message {
        let colon = if text.is_empty() { "" } else { ": " };
        text.push_str(colon);
        text.push_str(message);
    }
    text
}
