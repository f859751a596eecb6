/**
 * Standard output, and what cannot be written to it.
 *
 * @module
 */

import process from "node:process";

import { write } from "./colour.ts";
import { core } from "./core.ts";
import { reason } from "./reason.ts";
import { STATUS } from "./status.ts";

/** Of CommonJS. */
declare const require: (name: string) => { readonly version: string };

let isPassing = false;

/** From now on, the input is read to its end even where nobody takes it. */
export function goOn(): void {
  isPassing = true;
}

/** Ends the command where an answer cannot be written. */
export function watch(): void {
  process.stdout.on("error", complain);
}

function complain(error: NodeJS.ErrnoException): void {
  // Whoever reads has seen enough: `credlapse explain log | head -1`.
  if (error.code === "EPIPE") return;
  // A file takes the next piece, and fails again.
  if (process.exitCode !== STATUS.cannotWrite) {
    const message = `cannot write the answer: ${reason(error)}`;
    write(process.stderr, core.complaint(message));
  }
  process.exitCode = STATUS.cannotWrite;
  if (!isPassing) process.exit();
}

/** Prints what was asked of the command itself; as in Rust, that never fails. */
export function print(text: string): number {
  process.stdout.off("error", complain).on("error", () => {});
  process.stdout.write(text);
  return STATUS.success;
}

/** The version, as a line. */
export function version(program: string): string {
  return `${program} ${require("credlapse/package.json").version}\n`;
}
