//! One error, looked at in three ways.

use std::error::Error;

use credlapse::{Context, Diagnosis, Kind};
use credlapse_smithy::SdkErrorExt;

use crate::BoxError;
use crate::place::Place;

/// What is wrong with the verdicts on `error`.
pub(crate) fn check(
    name: &str,
    error: BoxError,
    place: &Place,
    expected: Option<Kind>,
) -> Vec<String> {
    let line = line(&*error);
    let evidence = credlapse::text::read(&line);
    let direct = error.diagnose(&Context::default());
    let wrapped: BoxError = Box::new(std::io::Error::other(error));
    let ways = [
        ("dyn Error", direct),
        ("inside another", wrapped.diagnose(&Context::default())),
        ("text", credlapse::diagnose(&evidence)),
    ];
    let mut wrong = Vec::new();
    for (way, diagnosis) in ways {
        let kind = diagnosis.as_ref().map(|diagnosis| diagnosis.kind);
        if kind != expected {
            let line = credlapse::redact::redact(&line, &[]);
            wrong.push(format!(
                "{name} by {way}: {kind:?}, not {expected:?}: {line}"
            ));
        }
        wrong.extend(diagnosis.and_then(|diagnosis| leak(name, &diagnosis, place)));
    }
    wrong
}

/// The error and its sources, as `{:#}` of anyhow prints them.
fn line(error: &(dyn Error + 'static)) -> String {
    let links = std::iter::successors(Some(error), |error| (*error).source());
    let texts: Vec<String> = links.map(ToString::to_string).collect();
    texts.join(": ")
}

/// The clients print whole answers and headers, tokens included; a diagnosis does not.
fn leak(name: &str, diagnosis: &Diagnosis, place: &Place) -> Option<String> {
    let text = format!("{diagnosis}\n{diagnosis:?}");
    let secrets = [Some(&place.secret_key), place.session_token.as_ref()];
    let mut secrets = secrets.into_iter().flatten();
    secrets
        .any(|secret| text.contains(&**secret))
        .then(|| format!("{name}: the diagnosis shows a secret"))
}

/// As [`check`], for a failure that only one client has.
pub(crate) fn assert_verdict(name: &str, error: BoxError, place: &Place, expected: Option<Kind>) {
    let wrong = check(name, error, place, expected);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
