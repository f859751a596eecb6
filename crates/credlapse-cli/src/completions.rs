//! The verb `completions`.

use std::io::{self, Write};

use clap_complete::Shell;

use crate::cli;
use crate::status::Status;

// For which shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credlapse completions bash > /etc/bash_completion.d/credlapse
  credlapse completions zsh > \"${fpath[1]}/_credlapse\"
  credlapse completions fish > ~/.config/fish/completions/credlapse.fish
  credlapse completions powershell >> $PROFILE")]
pub(crate) struct Options {
    /// The shell that reads the script
    shell: Shell,
}

pub(crate) fn run(options: &Options) -> io::Result<Status> {
    let mut script = Vec::new();
    let mut command = cli::command();
    clap_complete::generate(options.shell, &mut command, "credlapse", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Status::SUCCESS)
}
