//! What `credlapse run` adds to a command.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::process::{Result, capture, run};
use crate::workspace::Workspace;

const STARTS: usize = 300;
const COPIES: usize = 5;
const LINE: &str = "2026-11-21T14:02:07Z INFO request completed, path=/api/v1/users status=200";
const ERROR: &str = "2026-11-21T14:02:07Z ERROR part 17 failed: invalid token, permission denied";

/// Prints time and memory beside the bare command, and speed beside `cat`.
pub(super) fn run_verb(workspace: &Workspace) -> Result {
    run(workspace.cargo("build").args([
        "--quiet",
        "--profile",
        "dist",
        "--package",
        "credlapse-cli",
    ]))?;
    let program = workspace.target("dist/credlapse");

    let bare = median(STARTS, || Command::new("true"))?;
    let under = median(STARTS, || {
        let mut command = Command::new(&program);
        command.args(["run", "--", "true"]);
        command
    })?;
    println!("true                     {:>8.3} ms", millis(bare));
    println!("credlapse run -- true    {:>8.3} ms", millis(under));
    println!(
        "                  adds   {:>8.3} ms",
        millis(under.saturating_sub(bare))
    );
    if cfg!(target_os = "linux") {
        let status = capture(Command::new(&program).args([
            "run",
            "--",
            "sh",
            "-c",
            "grep VmHWM /proc/$PPID/status",
        ]))?;
        println!(
            "credlapse run, at most   {}",
            status.trim().trim_start_matches("VmHWM:")
        );
    }
    for (name, source) in [
        ("log lines", format!("yes '{LINE}' | head -c 1073741824")),
        ("errors", format!("yes '{ERROR}' | head -c 1073741824")),
        ("NULs", "head -c 1073741824 /dev/zero".to_owned()),
    ] {
        let cat = best("sh -c \"$1\" | cat | cat >/dev/null", &program, &source)?;
        let run = best(
            "\"$0\" run -- sh -c \"$1\" | cat >/dev/null",
            &program,
            &source,
        )?;
        println!(
            "1 GiB of {name:<10} cat {:>6.0} ms, credlapse run {:>6.0} ms: {:.0} % of its speed",
            millis(cat),
            millis(run),
            100.0 * cat.as_secs_f64() / run.as_secs_f64()
        );
    }
    Ok(())
}

fn median(times: usize, command: impl Fn() -> Command) -> Result<Duration> {
    let mut taken: Vec<Duration> = Vec::with_capacity(times);
    for _ in 0..times {
        taken.push(timed(&mut command())?);
    }
    taken.sort_unstable();
    Ok(taken.get(times / 2).copied().unwrap_or_default())
}

/// The best time of a script, to which the program is `$0` and what prints is `$1`.
fn best(script: &str, program: &Path, source: &str) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..COPIES {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(script).arg(program).arg(source);
        best = best.min(timed(&mut shell)?);
    }
    Ok(best)
}

fn timed(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).status()?;
    let taken = start.elapsed();
    if status.success() {
        Ok(taken)
    } else {
        Err(format!("{command:?}: {status}").into())
    }
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
