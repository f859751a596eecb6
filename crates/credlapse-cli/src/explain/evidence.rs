//! What `--verbose` adds: the evidence and the rule that decided.

use std::io::{self, Write};

use credlapse::{Cause, Diagnosis, Evidence, redact};

use crate::style;

/// How much of one message is shown.
const SHOWN: usize = 400;

/// What was read and which rule decided.
pub(super) fn show(evidence: &Evidence, diagnosis: Option<&Diagnosis>) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let title = style::TITLE;
    writeln!(out, "\n{title}Read, outermost first:{title:#}")?;
    for (number, cause) in evidence.causes.iter().enumerate() {
        let line = redact::line(&described(cause), &evidence.context.secrets);
        writeln!(out, "  {}. {line}", number + 1)?;
    }
    if let Some(diagnosis) = diagnosis {
        writeln!(out, "{title}Decided by:{title:#}")?;
        writeln!(out, "  {} ({})", diagnosis.rule, diagnosis.confidence)?;
    }
    Ok(())
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
        let shown: String = message.chars().take(SHOWN).collect();
        let colon = if text.is_empty() { "" } else { ": " };
        let more = if shown.len() < message.len() {
            " ..."
        } else {
            ""
        };
        text.push_str(&format!("{colon}{shown}{more}"));
    }
    text
}
