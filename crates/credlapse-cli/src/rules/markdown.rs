//! The table for documents.

use std::io::{self, Write};

use super::Row;

pub(super) fn write(out: &mut dyn Write, rules: &[Row]) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    writeln!(out, "# The rules of credlapse {version}\n")?;
    writeln!(
        out,
        "`{{}}` in a phrase stands for any text. A source is where the literal comes from.\n"
    )?;
    writeln!(
        out,
        "| rule | says | confidence | signal | literal | counts | source |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    for row in rules {
        writeln!(
            out,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            row.id,
            row.says(),
            row.confidence,
            row.signal,
            code(&row.literal),
            row.place(),
            row.source.replace('|', "\\|"),
        )?;
    }
    Ok(())
}

/// A code span in a cell: GitHub's tables end a cell at a bar even there.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
