//! What `credlapse run` adds to a command.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::process::{Result, capture, run};
use crate::workspace::Workspace;

const STARTS: usize = 300;
const PAIRS: usize = 9;
const GIB: u64 = 1 << 30;

/// How often a file is printed to make a GiB.
const FILES: u64 = 16;

/// What stands in a line after time and number.
const LINES: [(&str, &[&str]); 4] = [
    (
        "log lines",
        &[
            "INFO request completed, path=/api/v1/users status=200",
            "DEBUG cache hit for key user:settings, age 35 s",
            "INFO connection accepted from 10.0.3.17, 12 open",
            "WARN slow query on orders: 512 ms, index missing",
            "INFO job finished, 250 items written to the archive",
        ],
    ),
    (
        "errors",
        &[
            "ERROR part 17 failed: invalid token, permission denied",
            "ERROR upload failed: timeout after 30s, retrying",
            "ERROR unexpected end of stream, file not found in cache",
            "ERROR worker lost its connection to the service",
        ],
    ),
    (
        "six words",
        &[
            "ERROR request failed: invalid token, permission denied, session expired, no credentials",
        ],
    ),
    (
        "evidence",
        &[
            "ERROR An error occurred (AccessDenied) when calling the GetObject operation: Access Denied",
        ],
    ),
];

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

    let (mut bare, mut under) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        bare.push(timed(&mut Command::new("true"))?);
        under.push(timed(Command::new(&program).args(["run", "--", "true"]))?);
    }
    let (bare, under) = (median(bare), median(under));
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
    for (name, lines) in LINES {
        let file = workspace.target("bench-output.txt");
        std::fs::write(&file, text(lines))?;
        let files = format!(" '{}'", file.display()).repeat(usize::try_from(FILES)?);
        beside_cat(name, &program, &format!("cat{files}"))?;
        std::fs::remove_file(&file)?;
    }
    beside_cat("NULs", &program, &format!("head -c {GIB} /dev/zero"))
}

/// A sixteenth of a GiB of lines, no two of them the same.
fn text(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut number: u32 = 1;
    for line in lines.iter().cycle() {
        if text.len() as u64 >= GIB / FILES {
            break;
        }
        // Any numbers will do (Numerical Recipes).
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let second = number >> 26;
        text.push_str(&format!(
            "2026-11-21T14:02:{second:02}Z {line} id={number:08x}\n"
        ));
    }
    text
}

/// Prints how quick the program passes on what `source` prints, as a part of the speed of `cat`.
///
/// What else the machine does changes from second to second: both run in
/// turns, and each pair gives one ratio.
fn beside_cat(name: &str, program: &Path, source: &str) -> Result {
    let mut pairs = Vec::with_capacity(PAIRS);
    for pair in 0..PAIRS {
        let cat = || piped("sh -c \"$1\" | cat | cat >/dev/null", program, source);
        let run = || {
            piped(
                "\"$0\" run -- sh -c \"$1\" | cat >/dev/null",
                program,
                source,
            )
        };
        // Neither is always the first.
        pairs.push(if pair % 2 == 0 {
            (cat()?, run()?)
        } else {
            let run = run()?;
            (cat()?, run)
        });
    }
    let speed = |(cat, run): &(Duration, Duration)| 100.0 * cat.as_secs_f64() / run.as_secs_f64();
    pairs.sort_unstable_by(|one, other| speed(one).total_cmp(&speed(other)));
    if let (Some(worst), Some(median), Some(best)) =
        (pairs.first(), pairs.get(PAIRS / 2), pairs.last())
    {
        println!(
            "1 GiB of {name:<10} {:>4.0} % of the speed of cat (cat {:.0} ms, credlapse run {:.0} ms), {:.0} to {:.0} % in {PAIRS} pairs",
            speed(median),
            millis(median.0),
            millis(median.1),
            speed(worst),
            speed(best),
        );
    }
    Ok(())
}

fn median(mut taken: Vec<Duration>) -> Duration {
    taken.sort_unstable();
    taken.get(taken.len() / 2).copied().unwrap_or_default()
}

/// The time of a script, to which the program is `$0` and what prints is `$1`.
fn piped(script: &str, program: &Path, source: &str) -> Result<Duration> {
    let mut shell = Command::new("sh");
    timed(shell.arg("-c").arg(script).arg(program).arg(source))
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
