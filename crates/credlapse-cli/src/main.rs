//! The command `credlapse`.

mod check;
mod cli;
mod completions;
mod exit_table;
mod explain;
mod host;
mod input;
mod man;
mod rules;
mod run;
mod schema;
mod style;

use std::process::ExitCode;

use credlapse_command::{scan, status};

use crate::cli::Verb;
use crate::status::Status;

fn main() -> ExitCode {
    #[cfg(unix)]
    if let Some(led) = run::lead() {
        return if led.is_ok() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    let outcome = match cli::parse() {
        Verb::Explain(options) => explain::run(&options),
        Verb::Check(options) => check::run(&options),
        Verb::Run(options) => run::run(*options),
        Verb::Rules(options) => rules::run(&options),
        Verb::Schema(options) => schema::run(&options),
        Verb::Completions(options) => completions::run(&options),
        Verb::Man(options) => man::run(&options),
    };
    match outcome {
        Ok(status) => status.into(),
        // Whoever reads has seen enough: `credlapse rules | head -1`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Status::SUCCESS.into(),
        Err(error) => {
            style::complain(&format!("cannot write the answer: {error}"));
            Status::CANNOT_WRITE.into()
        }
    }
}
