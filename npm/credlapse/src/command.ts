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
import { BadUsage, STATUS } from "./command/status.ts";

/** Of CommonJS. */
declare const require: (name: string) => { readonly version: string };

const [explains] = EXPLAIN.split("\n");
const [checks] = CHECK.split("\n");

const HELP = `\
Says what lapsed when an AWS call fails, and which command fixes it.

Usage: credlapse <COMMAND>

Commands:
  explain  ${explains}
  check    ${checks}

Options:
  -h, --help     Print help; \`credlapse explain --help\` tells more
  -V, --version  Print version
`;

async function main(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args;
  switch (verb) {
    case "explain":
      return await explain.run(rest);
    case "check":
      return await check.run(rest);
    case "-h":
    case "--help":
      process.stdout.write(HELP);
      return STATUS.success;
    case "-V":
    case "--version": {
      const { version } = require("credlapse/package.json");
      process.stdout.write(`credlapse ${version}\n`);
      return STATUS.success;
    }
    case undefined:
      process.stderr.write(HELP);
      return STATUS.badUsage;
    default:
      throw new BadUsage(`unrecognized subcommand '${verb}'`);
  }
}

// Whoever reads has seen enough: `credlapse explain log | head -1`.
process.stdout.on("error", ({ code }: { code?: string }) => {
  if (code !== "EPIPE") process.exitCode = STATUS.cannotWrite;
});

main(process.argv.slice(2)).then((status) => {
  process.exitCode ??= status;
}, (error) => {
  if (!(error instanceof BadUsage)) throw error;
  write(process.stderr, core.complaint(error.message));
  process.exitCode = STATUS.badUsage;
});
