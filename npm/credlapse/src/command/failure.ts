/**
 * What fails within the command itself, as one line: Node.js would print the
 * source around it, and all of that stands in one line too.
 *
 * Imported before what may fail while it is loaded.
 *
 * @module
 */

import process from "node:process";

import { STATUS } from "./status.ts";

process.on("uncaughtException", (error: unknown) => {
  const [line] = String(error).split("\n");
  process.stderr.write(`error: internal failure: ${line}\n`);
  process.exit(STATUS.internalFailure);
});
