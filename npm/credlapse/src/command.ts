/**
 * The command `credlapse` for people who have only Node.js: `npx credlapse explain`.
 *
 * It says and gives what the command written in Rust says and gives.
 *
 * @module
 */

import "./command/failure.ts";

import process from "node:process";

import * as check from "./command/check.ts";
import { write } from "./command/colour.ts";
import { core } from "./command/core.ts";
import * as explain from "./command/explain.ts";
import { CHECK, EXPLAIN } from "./command/help.ts";
import { HOST_OPTIONS, parsed } from "./command/options.ts";
import { print, version, watch } from "./command/output.ts";
import { BadUsage, STATUS } from "./command/status.ts";

const [explains] = EXPLAIN.split("\n");
const [checks] = CHECK.split("\n");

const HELP = `\
Says what lapsed when an AWS call fails, and which command fixes it.

Usage: credlapse <COMMAND>

Commands:
  explain  ${explains}
  check    ${checks}
  help     Print this message or the help of a command

Options:
  -h, --help     Print help; \`credlapse explain --help\` tells more
  -V, --version  Print version
`;

async function main(args: string[]): Promise<number> {
  const [verb, ...rest] = args;
  switch (verb) {
    case "explain":
      return await explain.run(rest);
    case "check":
      return await check.run(rest);
    case "help":
      return print(manual(rest));
    case undefined:
      process.stderr.write(HELP);
      return STATUS.badUsage;
    default: {
      const { values } = parsed({
        args: [verb],
        allowPositionals: true,
        options: { help: HOST_OPTIONS.help, version: HOST_OPTIONS.version },
      });
      if (values.help) return print(HELP);
      if (values.version) return print(version("credlapse"));
      throw unrecognized(verb);
    }
  }
}

/** What `help` prints, of itself too. */
function manual([verb, ...rest]: readonly string[]): string {
  const pages = new Map([
    [undefined, () => HELP],
    ["help", () => HELP],
    ["explain", explain.manual],
    ["check", check.manual],
  ]);
  const page = pages.get(verb);
  if (page === undefined) throw unrecognized(verb);
  if (rest.length > 0) throw unrecognized(rest[0]);
  return page();
}

function unrecognized(verb: string | undefined): BadUsage {
  return new BadUsage(`unrecognized subcommand '${verb}'`);
}

watch();

main(process.argv.slice(2)).then((status) => {
  process.exitCode ??= status;
}, (error) => {
  if (!(error instanceof BadUsage)) throw error;
  write(process.stderr, core.complaint(error.message));
  process.exitCode = STATUS.badUsage;
});
