//! A small S3 client with aliases that may hold session tokens.

mod alias;
mod client;
mod command;
mod config;
mod error;
mod prune;
mod run;

use std::process::ExitCode;

use command::Command;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let result = match Command::parse(std::env::args().skip(1)) {
        Ok(command) => run::run(command).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}
