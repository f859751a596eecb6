//! What `explain --help` and the man page say beyond the options.

use credlapse::{Code, ExitTable};

/// The manual, with the statuses of the default table.
pub(crate) fn manual() -> String {
    MANUAL.replace("{table}\n", &statuses(&[(2, "bad usage")]))
}

/// The statuses of the default table and others, a line for each.
pub(crate) fn statuses(others: &[(u8, &'static str)]) -> String {
    let mut rows: Vec<(u8, Vec<&str>)> = Vec::new();
    for code in Code::ALL {
        let status = ExitTable::DEFAULT.of_code(*code);
        match rows.iter_mut().find(|(known, _)| *known == status) {
            Some((_, codes)) => codes.push(code.as_str()),
            None => rows.push((status, vec![code.as_str()])),
        }
    }
    rows.extend(
        others
            .iter()
            .map(|(status, meaning)| (*status, vec![*meaning])),
    );
    rows.sort_unstable();
    let mut table = String::new();
    for (status, codes) in rows {
        for (number, line) in codes.chunks(3).enumerate() {
            let status = if number == 0 {
                status.to_string()
            } else {
                String::new()
            };
            table.push_str(&format!("{status:>4}  {}\n", line.join(" ")));
        }
    }
    table
}

const MANUAL: &str = "\
Examples:
  terraform apply 2>&1 | tee apply.log; credlapse explain apply.log
      Explain what went wrong in a run.
  aws s3 ls 2>&1 | credlapse explain --profile dev
      Explain a failure, and look here at the profile `dev` for what the message leaves out.
  credlapse explain --no-local ci.log
      Explain a failure of another machine.
  credlapse explain --format json err.txt | jq -r '.error.reauth_command // empty'
      Ask for the command that repairs it.
  credlapse explain --ndjson < failures.ndjson
      Explain many failures, one a line.
  credlapse explain --kind clock_skew
      Read how to tell that kind of failure, what to run, and what not to do.

Input:
  Text of any size. Above 1 MiB the text around every sign of AWS is read, and the end.
  UTF-16 is decoded. An input that is one JSON object is read as an error that was serialised:
  name, message, code or Code, status, statusCode, $metadata, cause, errors, originalError.

Output:
  --format json     {\"ok\": false, \"error\": {\"code\", \"kind\", \"message\", \"reauth_argv\", ...}},
                    or {\"ok\": true, \"error\": null} where there is no AWS credential failure
  --format github   an annotation of GitHub Actions, with all text from outside escaped
  `credlapse schema` prints the JSON Schema of what programs read.
  --ndjson, in      {\"id\"?, \"text\"?, \"error\"?, \"context\"?}
  --ndjson, out     {\"id\", \"diagnosis\": {...} or null}, and an \"error\" where a line is not as it
                    should be. `context` may hold profile, subject, now (RFC 3339), env (name to
                    value) and home_files (path below the home directory to content); env and
                    home_files stand in the place of this machine's

Exit status:
   0  no AWS credential failure was found
{table}
  65  a line of NDJSON is not what it should be
  66  a file cannot be read
  74  the answer cannot be written
  The statuses of codes are those of the default table; --exit-table chooses another. Of several
  files or lines the first diagnosis counts; 65 and 66 only where there is none.

Files:
  The AWS files of this machine that the profile needs are read (~/.aws/config, credentials,
  cached tokens), and the AWS_* variables. Nothing is written, nothing is sent.

Environment:
  NO_COLOR, CLICOLOR, CLICOLOR_FORCE  whether there is colour; by default on a terminal only";
