/**
 * What the command prints about itself.
 *
 * @module
 */

import process from "node:process";

import { STATUS } from "./status.ts";

/** Of CommonJS. */
declare const require: (name: string) => { readonly version: string };

/** Prints what was asked for, and gives the status for that. */
export function print(text: string): number {
  process.stdout.write(text);
  return STATUS.success;
}

/** The version, as a line. */
export function version(program: string): string {
  return `${program} ${require("credlapse/package.json").version}\n`;
}
