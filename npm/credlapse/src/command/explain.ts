/**
 * The verb `explain`.
 *
 * @module
 */

import { once } from "node:events";
import process from "node:process";

import { KINDS } from "../kinds.ts";
import { write } from "./colour.ts";
import { core, machine } from "./core.ts";
import { EXPLAIN } from "./help.ts";
import { Input } from "./input.ts";
import {
  chosen,
  FORMATS,
  help,
  HOST_OPTIONS,
  made,
  parsed,
  shell,
} from "./options.ts";
import { goOn, print, version } from "./output.ts";
import { BadUsage, STATUS } from "./status.ts";

const MORE = `\
      --tee                 Pass standard input through; so it is for people, unless --no-tee is given
      --no-tee              Print nothing but the answer, on standard output

Reads what a failed tool printed (any AWS SDK, the AWS CLI, Terraform, CDK, kubectl, a log), or an
error as one JSON object. Prints three parts: what lapsed, what to do, and the tool's own words
with secrets removed.

  cdk deploy 2>&1 | npx credlapse explain

shows what the tool prints as it comes, and the three parts at the end on standard error.

Input is text of any size: above 1 MiB the text around every sign of AWS is read, and the end.

Exit status: 0 where no AWS credential failure was found, that of the table for a diagnosis (10 for
ended sessions, 8 for all else), 65 for a line of NDJSON that is not what it should be, 66 for a
file that cannot be read, 2 for bad usage. NO_COLOR, CLICOLOR and CLICOLOR_FORCE choose whether
there is colour; by default on a terminal only.
`;

/** What `explain --help` prints. */
export function manual(): string {
  return help(EXPLAIN, MORE);
}

/** Explains each input, or each line, or a kind; and gives the exit status. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parsed({
    args,
    allowPositionals: true,
    options: {
      ...HOST_OPTIONS,
      format: { type: "string" },
      kind: { type: "string" },
      ndjson: { type: "boolean" },
      "no-local": { type: "boolean" },
      "no-tee": { type: "boolean" },
      tee: { type: "boolean" },
      verbose: { type: "boolean", short: "v" },
    },
  });
  if (values.help) return print(manual());
  if (values.version) return print(version("credlapse-explain"));
  for (const [option, others] of Object.entries(CONFLICTS)) {
    const other = others.find((other) => values[other] !== undefined);
    if (values[option as keyof typeof values] && other !== undefined) {
      throw new BadUsage(`'--${option}' cannot be used with '--${other}'`);
    }
  }
  if (values.kind !== undefined) {
    if (positionals.length > 0 || Object.keys(values).length > 1) {
      throw new BadUsage("'--kind' cannot be used with other arguments");
    }
    return page(values.kind);
  }
  const format = chosen("--format", FORMATS, values.format, "human");
  const isNdjson = values.ndjson ?? false;
  const inputs = positionals.length === 0
    ? [new Input()]
    : positionals.map((path) => new Input(path));
  const explain = made(
    "--exit-table",
    values["exit-table"],
    () =>
      new core.Explain({
        profile: values.profile,
        subject: values.subject,
        shell: shell(values.shell),
        exitTable: values["exit-table"],
        noLocal: values["no-local"],
        verbose: values.verbose,
        format,
        isOneOfMany: inputs.length > 1,
      }, machine),
  );
  const isTee = !isNdjson && !values["no-tee"] &&
    (values.tee ?? format === "human");

  for (const input of inputs) {
    const isPassed = isTee && input.path === undefined && !input.isTerminal;
    if (isPassed) goOn();
    if (input.isTerminal) {
      write(process.stderr, core.invitation(process.platform === "win32"));
    }
    explain.begin(input.path, isNdjson);
    const failed = await input.read(async (piece) => {
      const answers = explain.push(piece);
      if (answers !== "") await pass(answers);
      if (isPassed) await pass(piece);
    });
    const [answer = "", remark = ""] = explain.finish(failed);
    write(process.stderr, remark);
    write(isPassed ? process.stderr : process.stdout, answer);
  }
  return explain.status();
}

/** What cannot be typed together. */
const CONFLICTS = {
  ndjson: ["format", "tee", "verbose"],
  tee: ["no-tee"],
} as const;

function page(kind: string): number {
  const page = core.page(kind, Boolean(process.stdout.isTTY));
  if (page === undefined) {
    throw new BadUsage(
      `invalid value '${kind}' for '--kind': there are ${KINDS.join(", ")}`,
    );
  }
  process.stdout.write(page);
  return STATUS.success;
}

/** Writes to standard output, as fast as that takes it. */
async function pass(piece: Uint8Array | string): Promise<void> {
  const { stdout } = process;
  // Where nobody reads any more, the tool must still be heard to its end.
  if (stdout.destroyed || stdout.errored) return;
  if (stdout.write(piece)) return;
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race(
    ["drain", "close"].map((event) => once(stdout, event, { signal })),
  ).catch(() => {});
  // Or the one that did not come leaves its listener behind.
  waiting.abort();
}
