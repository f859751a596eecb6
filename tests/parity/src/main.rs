//! The core as a process: one question a line in, one diagnosis or `null` a line out.
//!
//! A question is what JavaScript hands to a binding, so that the answers of a
//! binding can be held against those of the core itself.

use std::io::{self, Write};

use credlapse::{Context, Evidence, text};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(untagged)]
enum Question {
    /// Whether the text that crosses to a binding holds this evidence.
    Wire {
        wire: String,
        evidence: Evidence,
    },
    Text {
        text: String,
        context: Context,
    },
    Evidence(Evidence),
}

fn main() -> io::Result<()> {
    // All at once: a caller that writes everything before it reads would wait for ever.
    let questions = io::read_to_string(io::stdin())?;
    let mut answers = io::stdout().lock();
    for line in questions.lines() {
        let evidence = match serde_json::from_str(line)? {
            Question::Wire { wire, evidence } => {
                writeln!(answers, "{}", Evidence::from_wire(&wire) == Some(evidence))?;
                continue;
            }
            Question::Evidence(evidence) => evidence,
            Question::Text { text, context } => Evidence {
                context,
                ..text::read(&text)
            },
        };
        serde_json::to_writer(&mut answers, &credlapse::diagnose(&evidence))?;
        writeln!(answers)?;
    }
    Ok(())
}
