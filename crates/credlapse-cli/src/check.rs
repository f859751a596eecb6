//! The verb `check`.

#[cfg(feature = "online")]
mod online;
mod situation;
mod watch;

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use credlapse::{ExitTable, Shell};
use credlapse_command::check::{INTERVAL, account, interval, said, seconds};

use crate::exit_table::ExitTableParser;
use crate::explain::Format;
use crate::host;
use crate::status::Status;

/// What `check --help` begins with.
const ABOUT: &str = "\
Tell before a deploy whether the credentials will do, and for how long.

Says which profile is active and why, where its credentials come from, whether the session is there
and until when it is good, whether the environment overrides it, and what is wrong with the
configuration. Only local files are read, unless --online asks STS who the caller is.";

// What to expect, and how to say what is found.
#[derive(Debug, clap::Args)]
#[command(long_about = ABOUT, after_long_help = MANUAL)]
pub(crate) struct Options {
    /// The AWS profile [default: AWS_PROFILE]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// The account that the credentials have to be of
    #[arg(long, value_name = "ID", value_parser = account)]
    account: Option<String>,

    /// The Region that has to be configured
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// How long the session has to last: "30m", "1h 30m"
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    min_remaining: Option<u32>,

    /// Ask STS who the caller is: the one call that goes out
    #[cfg(feature = "online")]
    #[arg(long)]
    online: bool,

    /// Where the AWS CDK caches its lookups; accounts in it are compared
    #[arg(long, value_name = "FILE", default_value = "cdk.context.json")]
    cdk_context: PathBuf,

    /// A table for people, one JSON object for programs, or annotations for GitHub Actions
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,

    /// Stay, and print a line when something changes or is about to lapse
    #[arg(long)]
    watch: bool,

    /// How often to look
    #[arg(long, value_name = "TIME", requires = "watch", default_value = INTERVAL, value_parser = interval)]
    every: Duration,

    /// What is going to use the credentials: "Deploy" [default: AWS]
    #[arg(long, value_name = "WORDS")]
    subject: Option<String>,

    /// The shell in which the shown command will be typed
    #[arg(long, value_name = "SHELL", default_value = host::DEFAULT_SHELL, value_parser = host::shells())]
    shell: Shell,

    /// Which exit statuses stand for what is found: a table of this name, or a .toml or .json file
    /// with a status for each code or kind
    #[arg(long, value_name = "TABLE", default_value = "default", value_parser = ExitTableParser)]
    exit_table: ExitTable,
}

/// Looks once, or stays.
pub(crate) fn run(options: &Options) -> io::Result<Status> {
    if options.watch {
        return watch::stay(options);
    }
    let check = situation::look(options).check();
    let said = said(&check, options.format.into(), &options.exit_table);
    anstream::stdout().lock().write_all(said.as_bytes())?;
    Ok(Status(check.status(&options.exit_table)))
}

/// What `check --help` and the man page say beyond the options.
const MANUAL: &str = "\
Examples:
  credlapse check --account 123456789012 --min-remaining 30m && cdk deploy
      Deploy only into the right account, and only with half an hour left.
  credlapse check --online
      Ask STS too: finds keys that were deleted, a wrong clock, and what no file tells.
  credlapse check --format json | jq -r '.reauth_command // empty'
      Ask for the login that helps.
  credlapse check --watch --min-remaining 15m &
      Beside a long deploy: one line when something changes, or 15 minutes are left.

Output:
  A sentence that says what it comes to, what to do, a table, and remarks.
  --format json    one object; `credlapse schema check` prints its JSON Schema. `ok`, `exit_code`,
                   `code`, `expires_at`, `remaining_seconds`, `account`, `reauth_argv`, `findings`
                   and `error`, the object that `explain` gives
  --format github  annotations: an error for each problem, a warning for each remark
  --watch          one line a change, with --format json one object a line; it ends when told to by
                   a signal. Without --min-remaining it warns 10 minutes before the end

Exit status:
   0  nothing stands in the way; warnings may have been printed
  10  the session has ended, or ends before --min-remaining: a login helps
   8  something else stands in the way: no credentials, a wrong account or Region, a wrong clock
   2  bad usage
  69  --online was given and STS could not be reached: nothing is known against the credentials
  74  the answer cannot be written
  10 and 8 are those of the default table; --exit-table chooses another, `credlapse schema
  --exit-codes` prints it. A wrong account, a wrong Region and a program that cannot be run count as
  CREDENTIALS_MISCONFIGURED, a session that ends too soon as CREDENTIALS_EXPIRED.

Files:
  The AWS files that the profile needs are read (~/.aws/config, credentials, cached tokens), and
  cdk.context.json, package.json and go.mod of the working directory. Nothing is written. Nothing is
  sent without --online, which runs `credlapse-online` from the directory of this program.

Environment:
  The AWS_* variables that SDKs read, TZ for local time, and
  NO_COLOR, CLICOLOR, CLICOLOR_FORCE  whether there is colour; by default on a terminal only";
