/**
 * Which exit statuses stand for a diagnosis: a built-in table, or one from a file.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { extname } from "node:path";

import { type Diagnosis, exitCode, type ExitTable } from "credlapse";

import { CODES, EXIT_TABLES, KINDS } from "../kinds.ts";
import { BadUsage } from "./status.ts";

/** The table of `--exit-table`. */
export function exitTable(value = "default"): ExitTable {
  const name = EXIT_TABLES.find((name) => name === value);
  if (name !== undefined) return name;
  try {
    return read(value);
  } catch (error) {
    const { message } = error as Error;
    throw new BadUsage(
      `invalid value '${value}' for '--exit-table': ${message}`,
    );
  }
}

const PARSERS: Record<string, (content: string) => unknown> = {
  ".json": JSON.parse,
  ".toml": toml,
};

function read(path: string): ExitTable {
  const parse = PARSERS[extname(path)];
  if (parse === undefined) {
    const names = EXIT_TABLES.join(", ");
    throw new Error(
      `it is none of ${names}, nor the path of a .toml or .json file`,
    );
  }
  const content = parse(readFileSync(path, "utf8"));
  if (typeof content !== "object" || content === null) {
    throw new Error("it is no table");
  }
  const { base = "default", ...statuses } = content as Record<string, unknown>;
  const named = EXIT_TABLES.find((name) => name === base);
  if (named === undefined) throw new Error(`there is no table \`${base}\``);
  const table: Record<string, number> = {};
  for (const code of CODES) {
    table[code] = exitCode({ code, exitCode: NaN } as Diagnosis, named);
  }
  for (const [name, status] of Object.entries(statuses)) {
    if (![...CODES, ...KINDS].some((known) => known === name)) {
      throw new Error(`\`${name}\` is neither a code nor a kind`);
    }
    if (
      typeof status !== "number" || !Number.isInteger(status) || status < 1 ||
      status > 255
    ) {
      throw new Error(
        `the status of \`${name}\` is ${status}, not a number from 1 to 255`,
      );
    }
    table[name] = status;
  }
  return table;
}

/** As much of TOML as such a table needs: names with numbers or texts. */
function toml(content: string): unknown {
  const entries = content.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*(#.*)?$/.test(line)) return [];
    const match = LINE.exec(line);
    if (match === null) {
      throw new Error(`line ${index + 1} is no name with a status`);
    }
    const [, bare, quoted, number, text] = match;
    const value = number === undefined ? text : Number(number);
    return [[bare ?? quoted ?? "", value] as const];
  });
  const table = Object.fromEntries(entries);
  if (Object.keys(table).length < entries.length) {
    throw new Error("a name stands twice");
  }
  return table;
}

const LINE =
  /^\s*(?:([\w-]+)|"([^"\\]*)")\s*=\s*(?:\+?(\d+)|"([^"\\]*)")\s*(?:#.*)?$/;
