//! What `run --help` and the man page say beyond the options.

use crate::explain::statuses;

/// The manual, with the statuses of the default table.
pub(super) fn manual() -> String {
    MANUAL.replace("{table}\n", &statuses(&[(2, "bad usage")]))
}

const MANUAL: &str = "\
Examples:
  credlapse run -- cdk deploy --all
      Run a deploy; if it fails because a session lapsed, end with 10 and say which login helps.
  credlapse run --reauth -- terraform apply
      Offer the login, and run it again after it.
  credlapse run --json-file err.json -- ./deploy.sh || jq -r '.error.reauth_command // empty' err.json
      Let a program decide.
  credlapse run --exit-table cli-agent-spec-2026-07 -- aws s3 sync . s3://bucket
      Use the statuses of the CLI Agent Spec.

Output:
  Passes through byte for byte. Where standard output or error is a terminal, the command writes to
  a terminal too; what goes to a pipe or a file is written to a pipe. Streams that go to the same
  place keep their order. Standard input is the command's own.
  Where both standard input and output are the terminal, the command has a session with a terminal of
  its own, as over `ssh -t`: processes that it leaves behind are hung up with it. Otherwise what they
  print later is passed on and not looked at.
  Of more than 1 MiB the text around every sign of AWS is read, and the end.

Login (--reauth):
  ask      ask first, no being the default; never where CI is set or nobody is at the terminal
  always   do not ask
  The login is the command that the diagnosis names, run without a shell. It runs only for failures
  that a login repairs, an expiry or a login that nobody has made yet (which is not `retryable` in the
  JSON file), and --max-reauth times at most. If it fails or is refused, the exit status is
  that of the first failure. The command starts from the beginning; what it printed before stays. A
  standard input that is a file is read again from where it stood. If it is a pipe there is no
  second run, because what was read is gone: give it `< /dev/null`.

JSON file (--json-file):
  The object of `credlapse explain --format json`: {\"ok\": false, \"error\": {...}}, or
  {\"ok\": true, \"error\": null} where there is no AWS credential failure, whether or not the command
  succeeded. It is removed at the start and appears at the end, at once and whole.

Exit status:
   0  the command succeeded
{table}
  74  the command succeeded, but its output or the JSON file cannot be written
 126  the command cannot be executed
 127  there is no such command
128+n  the command was ended by signal n
  Else the command's own, which may be any of these: only the JSON file tells for certain. A diagnosis
  that is merely possible is shown, and leaves the command's own status. The statuses of codes are those
  of the default table; --exit-table chooses another.

Files:
  The AWS files of this machine are read after a failure, as by `credlapse explain`.

Environment:
  CI                                  anything but empty or `false`: nobody is asked
  NO_COLOR, CLICOLOR, CLICOLOR_FORCE  whether the three parts have colour";
