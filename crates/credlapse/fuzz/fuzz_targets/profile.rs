//! Any variables and any contents of the local AWS files.

#![no_main]

use arbitrary::Arbitrary;
use credlapse::profile::{LocalAws, facts};
use credlapse::{Cause, Context, Evidence, Timestamp, diagnose};
use credlapse_fuzz::keeps_promises;
use libfuzzer_sys::fuzz_target;

/// How many files are asked for at most, as `ProfileFacts::needs` has it.
const FILES_MAX: usize = 3;

#[derive(Arbitrary, Debug)]
struct Machine<'a> {
    profile: Option<&'a str>,
    variables: Vec<(u8, &'a str)>,
    now: Option<i64>,
    /// What the files that are asked for hold, in the order of the questions.
    answers: [Option<&'a str>; FILES_MAX],
}

fuzz_target!(|machine: Machine<'_>| {
    let names = LocalAws::VARIABLES;
    let env: Vec<(&str, &str)> = machine
        .variables
        .iter()
        .map(|(name, value)| (names[usize::from(*name) % names.len()], *value))
        .collect();

    let mut asked: Vec<String> = Vec::new();
    let found = loop {
        let files: Vec<_> = asked
            .iter()
            .map(String::as_str)
            .zip(machine.answers)
            .collect();
        let found = facts(&LocalAws {
            profile: machine.profile,
            env: &env,
            files: &files,
            now: machine.now.map(Timestamp),
        });
        let Some(path) = found.needs.clone() else {
            break found;
        };
        assert!(!asked.contains(&path), "asked twice for {path:?}");
        asked.push(path);
        assert!(asked.len() <= FILES_MAX, "{asked:?}");
    };

    assert!(found.known_profiles.len() <= 16);
    for problem in &found.problems {
        assert!(!problem.to_string().is_empty());
    }

    // The end of a chain leaves the most to the facts.
    let evidence = Evidence {
        causes: vec![Cause::message("Unable to locate credentials")],
        context: Context {
            facts: Some(found),
            now: machine.now.map(Timestamp),
            ..Context::default()
        },
    };
    if let Some(diagnosis) = diagnose(&evidence) {
        keeps_promises(&diagnosis);
    }
});
