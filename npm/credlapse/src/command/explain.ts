/**
 * The verb `explain`.
 *
 * @module
 */

import { once } from "node:events";
import process from "node:process";

import {
  diagnose,
  diagnoseText,
  type Diagnosis,
  errorObject,
  exitCode,
  type ExitTable,
} from "credlapse";
import { profileFacts } from "credlapse/node";

import { secrets } from "../secrets.ts";
import { painted } from "./colour.ts";
import { exitTable } from "./exit_table.ts";
import { Input } from "./input.ts";
import { chosen, HOST_HELP, HOST_OPTIONS, parsed, shell } from "./options.ts";
import { serialised } from "./serialised.ts";
import { BadUsage, STATUS } from "./status.ts";

const HELP = `\
Say what lapsed in a failure, and what to run.

Reads what a failed tool printed (any AWS SDK, the AWS CLI, Terraform, CDK, kubectl, a log), or an
error as one JSON object. Prints three parts: what lapsed, what to do, and the tool's own words
with secrets removed.

  cdk deploy 2>&1 | npx credlapse explain

shows what the tool prints as it comes, and the three parts at the end on standard error.

Usage: credlapse explain [OPTIONS] [FILE]...

Arguments:
  [FILE]...  Files to read; \`-\` or none is standard input. Each is explained by itself

Options:
      --format <FORMAT>     Three parts for people, or one JSON object for programs
                            [default: human] [possible values: human, json]
      --no-local            Leave the AWS files and variables of this machine alone
      --tee                 Pass standard input through; so it is for people, unless --no-tee is given
      --no-tee              Print nothing but the answer, on standard output
${HOST_HELP}

Exit status: 0 where no AWS credential failure was found, that of the table for a diagnosis (10 for
ended sessions, 8 for all else), 66 for a file that cannot be read, 2 for bad usage. NO_COLOR,
CLICOLOR and CLICOLOR_FORCE choose whether there is colour; by default on a terminal only.

Of an input above 1 MiB the first and the last MiB are read; the command written in Rust reads the
text around every sign of AWS in it. It alone has --format github, --kind, --ndjson and --verbose.
`;

/** Explains each input, and gives the exit status. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parsed({
    args,
    allowPositionals: true,
    options: {
      ...HOST_OPTIONS,
      format: { type: "string" },
      "no-local": { type: "boolean" },
      tee: { type: "boolean" },
      "no-tee": { type: "boolean" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return STATUS.success;
  }
  if (values.tee && values["no-tee"]) {
    throw new BadUsage("'--tee' cannot be used with '--no-tee'");
  }
  const format = chosen("--format", FORMATS, values.format, "human");
  const table = exitTable(values["exit-table"]);
  const host: Host = {
    profile: values.profile,
    subject: values.subject,
    shell: shell(values.shell),
    isLocal: !values["no-local"],
  };
  const isTee = !values["no-tee"] && (values.tee ?? format === "human");

  const inputs = positionals.length === 0
    ? [new Input()]
    : positionals.map((path) => new Input(path));
  let diagnosed: number | undefined;
  let trouble: number | undefined;
  for (const input of inputs) {
    const isPassed = isTee && input.isStdin && !process.stdin.isTTY;
    if (input.isStdin && process.stdin.isTTY) {
      const end = process.platform === "win32" ? "Ctrl-Z and Enter" : "Ctrl-D";
      process.stderr.write(
        `Paste what the failed tool printed, then press ${end}.\n`,
      );
    }
    const answers = isPassed ? process.stderr : process.stdout;
    let text: string;
    try {
      text = await input.read(isPassed ? pass : undefined);
    } catch (error) {
      const { message } = error as Error;
      trouble ??= STATUS.noInput;
      process.stderr.write(`error: ${message}\n`);
      if (format === "json") {
        const error = { code: "INPUT_UNREADABLE", message };
        answers.write(`${JSON.stringify({ ok: false, error })}\n`);
      }
      continue;
    }
    const diagnosis = explain(text, host);
    if (diagnosis) diagnosed ??= exitCode(diagnosis, table);
    if (format === "json") {
      answers.write(`${JSON.stringify(object(diagnosis, table))}\n`);
    } else if (diagnosis) {
      const title = inputs.length > 1 ? input.name : undefined;
      answers.write(`${painted(diagnosis, title, answers)}\n`);
    } else {
      process.stderr.write(
        `No AWS credential failure was found in ${input.name}.\n`,
      );
    }
  }
  return diagnosed ?? trouble ?? STATUS.success;
}

const FORMATS = ["human", "json"] as const;

/** What the host knows and the error does not. */
interface Host {
  readonly profile: string | undefined;
  readonly subject: string | undefined;
  readonly shell: ReturnType<typeof shell>;
  readonly isLocal: boolean;
}

/** An error that was serialised, or else what is printed in the text. */
function explain(
  text: string,
  { isLocal, ...known }: Host,
): Diagnosis | undefined {
  const now = new Date();
  const { profile } = known;
  const facts = isLocal ? profileFacts({ profile, now }) : undefined;
  const context = { ...known, now, facts, secrets: secrets() };
  const error = serialised(text);
  return error && diagnose(error, context) || diagnoseText(text, context);
}

function object(
  diagnosis: Diagnosis | undefined,
  table: ExitTable,
): unknown {
  return diagnosis ? errorObject(diagnosis, table) : { ok: true, error: null };
}

/** Copies a piece of standard input to standard output, as fast as that takes it. */
async function pass(piece: Uint8Array): Promise<void> {
  const { stdout } = process;
  // Where nobody reads any more, the tool must still be heard to its end.
  if (stdout.destroyed || stdout.errored) return;
  if (!stdout.write(piece)) {
    await Promise.race([once(stdout, "drain"), once(stdout, "close")])
      .catch(() => {});
  }
}
