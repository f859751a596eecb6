//! Named steps, run in order until one fails.

use std::time::{Duration, Instant};

use crate::process::Result;
use crate::workspace::Workspace;

/// One check with the name that selects it on the command line.
pub(crate) struct Step {
    name: &'static str,
    check: fn(&Workspace) -> Result,
}

impl Step {
    pub(crate) const fn new(name: &'static str, check: fn(&Workspace) -> Result) -> Self {
        Self { name, check }
    }
}

/// Runs the steps named in `only`, or all of them where it is empty.
pub(crate) fn run(workspace: &Workspace, steps: &[Step], only: &[&str]) -> Result {
    for name in only {
        if !steps.iter().any(|step| step.name == *name) {
            let known: Vec<&str> = steps.iter().map(|step| step.name).collect();
            return Err(format!("no step `{name}`; there are {}", known.join(", ")).into());
        }
    }
    let start = Instant::now();
    let mut times = Vec::new();
    for step in steps {
        if !only.is_empty() && !only.contains(&step.name) {
            continue;
        }
        eprintln!("==> {}", step.name);
        let start = Instant::now();
        (step.check)(workspace).map_err(|error| format!("step `{}`: {error}", step.name))?;
        times.push((step.name, start.elapsed()));
    }
    eprintln!();
    for (name, time) in times {
        eprintln!("{name:<12} {:>8}", seconds(time));
    }
    eprintln!("{:<12} {:>8}", "passed in", seconds(start.elapsed()));
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
