//! Staying: one line when something changes or is about to lapse.

use std::io::{self, Write};
use std::thread;

use credlapse::check::Watch;
use credlapse_command::check::news;

use super::{Options, situation};
use crate::status::Status;

/// Prints a line whenever what is found differs; it ends by a signal or with its reader.
pub(super) fn stay(options: &Options) -> io::Result<Status> {
    let mut watch = Watch::default();
    loop {
        if let Some(check) = watch.news(situation::look(options)) {
            let line = news(&check, options.format.into(), &options.exit_table);
            let mut out = io::stdout().lock();
            out.write_all(line.as_bytes())?;
            out.flush()?;
        }
        thread::sleep(options.every);
    }
}
