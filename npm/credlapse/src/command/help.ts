/**
 * What the command says of its verbs; `UPDATE=1 cargo test -p credlapse-cli --test docs`
 * writes it.
 *
 * @module
 */

export const EXPLAIN: string = `\
Say what lapsed in a failure, and what to run

Usage: credlapse explain [OPTIONS] [FILE]...

Arguments:
  [FILE]...  Files to read; \`-\` or none is standard input. Each is explained by itself

Options:
      --ndjson              Read one JSON object a line, write one a line
      --format <FORMAT>     Three parts for people, one JSON object for programs, or an annotation
                            for GitHub Actions [default: human] [possible values: human, json,
                            github]
  -v, --verbose             Show what was read, which rule decided, and why no other
      --kind <KIND>         Print the page on a kind of failure: how to tell, what to run, what not
                            to do
      --profile <NAME>      The AWS profile that the failed call used [default: AWS_PROFILE, or what
                            the text names]
      --subject <WORDS>     What failed, in words of your own: "Datastore", "Deploy" [default: AWS]
      --no-local            Leave the AWS files and variables of this machine alone: the failure is
                            another machine's
      --shell <SHELL>       The shell in which the shown command will be typed [default: posix]
                            [possible values: posix, powershell, cmd]
      --exit-table <TABLE>  Which exit statuses stand for a diagnosis: a table of this name, or a
                            .toml or .json file with a status for each code or kind [default:
                            default] [possible values: default, cli-agent-spec-2026-07, rc,
                            sysexits]
  -h, --help                Print help
`;

export const CHECK: string = `\
Tell before a deploy whether the credentials will do, and for how long

Usage: credlapse check [OPTIONS]

Options:
      --profile <NAME>        The AWS profile [default: AWS_PROFILE]
      --account <ID>          The account that the credentials have to be of
      --region <REGION>       The Region that has to be configured
      --min-remaining <TIME>  How long the session has to last: "30m", "1h 30m"
      --online                Ask STS who the caller is: the one call that goes out
      --cdk-context <FILE>    Where the AWS CDK caches its lookups; accounts in it are compared
                              [default: cdk.context.json]
      --format <FORMAT>       A table for people, one JSON object for programs, or annotations for
                              GitHub Actions [default: human] [possible values: human, json, github]
      --watch                 Stay, and print a line when something changes or is about to lapse
      --every <TIME>          How often to look [default: 15s]
      --subject <WORDS>       What is going to use the credentials: "Deploy" [default: AWS]
      --shell <SHELL>         The shell in which the shown command will be typed [default: posix]
                              [possible values: posix, powershell, cmd]
      --exit-table <TABLE>    Which exit statuses stand for what is found: a table of this name, or
                              a .toml or .json file with a status for each code or kind [default:
                              default] [possible values: default, cli-agent-spec-2026-07, rc,
                              sysexits]
  -h, --help                  Print help
`;
