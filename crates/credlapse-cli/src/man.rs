//! The verb `man`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap_mangen::Man;

use crate::cli;
use crate::status::Status;

// Where to.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credlapse man | man -l -
  credlapse man --out-dir ~/.local/share/man/man1")]
pub(crate) struct Options {
    /// Write credlapse.1 and a page for each verb into this directory
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> io::Result<Status> {
    match &options.out_dir {
        Some(directory) => clap_mangen::generate_to(cli::command(), directory)?,
        None => {
            let mut page = Vec::new();
            Man::new(cli::command()).render(&mut page)?;
            io::stdout().lock().write_all(&page)?;
        }
    }
    Ok(Status::SUCCESS)
}
