//! The page on a kind: what somebody wrote of it, joined with what the core says.

mod remarks;
mod signals;

use credlapse::{CredentialSource, Evidence, ExitTable, Kind, Remedy, Retry, diagnose, text};

/// The profile that pages speak of.
const PROFILE: &str = "dev";

/// The page, as Markdown; for a terminal, whose last lines are those that are seen, without the signals.
#[must_use]
pub fn page(kind: Kind, is_terminal: bool) -> String {
    let end = if is_terminal {
        signals::pointer(kind)
    } else {
        signals::section(kind)
    };
    format!("{}\n{end}", body(kind))
}

fn body(kind: Kind) -> String {
    let remarks = remarks::of(kind);
    let (meaning, example, rest) = remarks.parts();
    let (tell_and_run, leave) = rest.split_at(rest.find("## What not to do").unwrap_or(rest.len()));
    let facts = facts(kind);
    let said = said(example);
    let by_source = by_source(kind);
    format!(
        "\
# {kind}

{meaning}

{facts}
## What it looks like

```text
{example}
```

What `credlapse explain --profile {PROFILE}` says of it:

```text
{said}
```

{tell_and_run}{by_source}{leave}"
    )
}

fn facts(kind: Kind) -> String {
    let remedy = Remedy::known(kind, None, Some(PROFILE));
    let mut statuses = Vec::new();
    for name in ExitTable::NAMES {
        let table = ExitTable::named(name).unwrap_or_default();
        statuses.push(format!("{} (`{name}`)", table.status(kind)));
    }
    let mut facts = format!(
        "- [Code](../README.md): `{}`\n- [Exit status](../exit-codes.md): {}\n- Retry: `{}`, {}\n- Who acts: `{}`\n",
        kind.code(),
        statuses.join(", "),
        kind.retry(),
        when(kind.retry()),
        remedy.actor.as_str(),
    );
    if let Some(command) = remedy.command() {
        // Without a command the advice is the second line that is said of the example.
        facts.push_str(&format!("- Command: `{command}`. {}\n", remedy.advice));
    }
    if let Some(variable) = remedy.env_var {
        facts.push_str(&format!("- Variable: `{variable}`\n"));
    }
    facts
}

/// What has to happen first, in words.
const fn when(retry: Retry) -> &'static str {
    match retry {
        Retry::AfterReauth => "once, when somebody has logged in again",
        Retry::AfterRefresh => {
            "once, with credentials fetched anew; where they cannot be, when somebody acts"
        }
        Retry::AfterLogin => "when somebody has logged in or set up credentials",
        Retry::AfterNewCredentials => "with other credentials",
        Retry::AfterFix => "when the configuration is corrected",
        Retry::MaybeLater => "perhaps later",
        Retry::Never => "not before somebody grants it",
        Retry::AfterClock => "when the clock is right",
        Retry::WithNewUrl => "with a new URL",
        Retry::NeverBlindly => "not before the cause is known",
        _ => "see the advice",
    }
}

/// What the command says of the example.
fn said(example: &str) -> String {
    let mut evidence: Evidence = text::read(example);
    evidence.context.profile = Some(PROFILE.into());
    diagnose(&evidence).map_or_else(String::new, |diagnosis| diagnosis.to_string())
}

const SOURCES: [(CredentialSource, &str); 10] = [
    (CredentialSource::Environment, "environment variables"),
    (CredentialSource::StaticProfile, "keys in a file"),
    (
        CredentialSource::Caller,
        "keys that the program stores itself",
    ),
    (CredentialSource::Sso, "SSO"),
    (CredentialSource::Login, "`aws login`"),
    (CredentialSource::AssumeRole, "an assumed role"),
    (CredentialSource::WebIdentity, "a web identity token"),
    (CredentialSource::Process, "`credential_process`"),
    (CredentialSource::Container, "a container's endpoint"),
    (CredentialSource::Instance, "an instance's metadata"),
];

/// What credlapse advises where it knows the source, if that makes a difference.
fn by_source(kind: Kind) -> String {
    let unknown = Remedy::known(kind, None, Some(PROFILE));
    let mut rows: Vec<(Vec<&str>, Remedy)> = Vec::new();
    for (source, words) in SOURCES {
        let remedy = Remedy::known(kind, Some(source), Some(PROFILE));
        match rows.iter_mut().find(|(_, known)| *known == remedy) {
            Some((sources, _)) => sources.push(words),
            None => rows.push((vec![words], remedy)),
        }
    }
    if rows.iter().all(|(_, remedy)| *remedy == unknown) {
        return String::new();
    }
    let mut section =
        String::from("By the source of the credentials, where credlapse knows it:\n\n");
    for (sources, remedy) in rows {
        let command = remedy
            .command()
            .map(|command| format!("`{command}`. "))
            .unwrap_or_default();
        section.push_str(&format!(
            "- {}: {command}{}\n",
            sources.join(", "),
            remedy.advice
        ));
    }
    section.push('\n');
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_of_its_kind() {
        for kind in Kind::ALL {
            let remarks = remarks::of(*kind);
            let (_, example, _) = remarks.parts();
            let diagnosis = diagnose(&text::read(example));
            assert_eq!(diagnosis.map(|diagnosis| diagnosis.kind), Some(*kind));
        }
    }

    #[test]
    fn every_page_has_its_sections() {
        for kind in Kind::ALL {
            let page = page(*kind, false);
            let headings: Vec<_> = page.lines().filter(|line| line.starts_with('#')).collect();
            assert_eq!(
                headings,
                [
                    &*format!("# {kind}"),
                    "## What it looks like",
                    "## How to tell",
                    "## What to run",
                    "## What not to do",
                    "## Signals",
                ]
            );
        }
    }

    #[test]
    fn every_page_is_short_and_shows_the_command() {
        for kind in Kind::ALL {
            let remarks = remarks::of(*kind);
            assert!(remarks.lines() <= 60, "{kind}: {}", remarks.lines());
            let (_, _, rest) = remarks.parts();
            if let Some(command) = Remedy::known(*kind, None, Some(PROFILE)).command() {
                assert!(rest.contains(&format!("```sh\n{command}\n")), "{kind}");
            }
        }
    }
}
