/**
 * The verb `check`.
 *
 * @module
 */

import process from "node:process";

import { type Diagnosis, exitCode, type ExitTable } from "credlapse";
import { type Preflight, preflight } from "credlapse/node";

import { paintedCheck } from "./colour.ts";
import { exitTable } from "./exit_table.ts";
import { chosen, HOST_HELP, HOST_OPTIONS, parsed, shell } from "./options.ts";
import { BadUsage, STATUS } from "./status.ts";

const HELP = `\
Tell before a deploy whether the credentials will do, and for how long.

Says which profile is active and why, where its credentials come from, whether the session is there
and until when it is good, whether the environment overrides it, and what is wrong with the
configuration. Only local files are read, unless --online asks STS who the caller is, with the
@aws-sdk/client-sts of the project.

  npx credlapse check --account 111122223333 --min-remaining 30m && npx cdk deploy

Usage: credlapse check [OPTIONS]

Options:
      --account <ID>        The account that the credentials have to be of
      --region <REGION>     The Region that has to be configured
      --min-remaining <T>   How long the session has to last: "30m", "1h 30m"
      --online              Ask STS who the caller is: the one call that goes out
      --cdk-context <FILE>  Where the AWS CDK caches its lookups [default: cdk.context.json]
      --format <FORMAT>     A table for people, or one JSON object for programs
                            [default: human] [possible values: human, json]
${HOST_HELP}

Exit status: 0 where nothing stands in the way, 10 where the session has ended or ends too soon, 8
for all else, 69 where STS could not be reached, 2 for bad usage.

NO_COLOR, CLICOLOR and CLICOLOR_FORCE choose whether there is colour; by default on a terminal only.
Only the command written in Rust has --format github and --watch.
`;

/** Checks, and gives the exit status. */
export async function run(args: string[]): Promise<number> {
  const { values } = parsed({
    args,
    options: {
      ...HOST_OPTIONS,
      account: { type: "string" },
      region: { type: "string" },
      "min-remaining": { type: "string" },
      online: { type: "boolean" },
      "cdk-context": { type: "string" },
      format: { type: "string" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return STATUS.success;
  }
  const format = chosen("--format", ["human", "json"], values.format, "human");
  const table = exitTable(values["exit-table"]);
  const found = await preflight({
    profile: values.profile,
    account: account(values.account),
    region: values.region,
    minRemaining: seconds(values["min-remaining"]),
    cdkContext: values["cdk-context"],
    subject: values.subject,
    shell: shell(values.shell),
    offline: !values.online,
  });
  const status = statusOf(found, table);
  process.stdout.write(
    format === "json"
      ? `${JSON.stringify(object(found, status, table))}\n`
      : `${paintedCheck(found.text, found.exitCode === 0, process.stdout)}\n`,
  );
  return status;
}

function account(value: string | undefined): string | undefined {
  if (value === undefined || /^\d{12}$/.test(value)) return value;
  throw new BadUsage(
    `invalid value '${value}' for '--account': an account is 12 digits`,
  );
}

/** Seconds of "90s", "30m", "1h 30m", "1d". */
function seconds(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  let rest = value;
  let sum = 0;
  for (const [unit, seconds] of Object.entries(UNITS)) {
    const match = new RegExp(`^\\s*(\\d{1,9})\\s*${unit}`).exec(rest);
    if (match === null) continue;
    sum += Number(match[1]) * seconds;
    rest = rest.slice(match[0].length);
  }
  if (rest === "" && value !== "") return sum;
  throw new BadUsage(
    `invalid value '${value}' for '--min-remaining': it is not of the form "1h 30m"`,
  );
}

const UNITS = { d: 86_400, h: 3_600, m: 60, s: 1 };

function statusOf(found: Preflight, table: ExitTable): number {
  const { diagnosis, code, exitCode: usual } = found;
  if (diagnosis) return exitCode(diagnosis, table);
  return code === null
    ? usual
    : exitCode({ code, exitCode: usual } as Diagnosis, table);
}

/** The check as the object that programs read. */
function object(
  { diagnosis, text: _, ...check }: Preflight,
  status: number,
  table: ExitTable,
): unknown {
  const error = diagnosis
    ? { ...snakeCase(diagnosis), exit_code: exitCode(diagnosis, table) }
    : null;
  const findings = check.findings.map(snakeCase);
  return { ...snakeCase(check), exit_code: status, findings, error };
}

function snakeCase(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([name]) => name !== "text")
      .map(([name, value]) => [
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      ]),
  );
}
