/**
 * What can be typed behind a verb.
 *
 * @module
 */

import process from "node:process";
import { parseArgs, type ParseArgsConfig } from "node:util";

import { type Shell, SHELLS } from "../kinds.ts";
import { BadUsage } from "./status.ts";

/** Options that every verb with a diagnosis has. */
export const HOST_OPTIONS = {
  profile: { type: "string" },
  subject: { type: "string" },
  "exit-table": { type: "string" },
  shell: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
} as const;

/** For whom an answer is. */
export const FORMATS = ["human", "json", "github"] as const;

/** What is made of the value of an option; what is thrown about it is {@link BadUsage}. */
export function made<T>(
  option: string,
  value: string | undefined,
  make: () => T,
): T {
  try {
    return make();
  } catch (error) {
    const { message } = error as Error;
    throw new BadUsage(`invalid value '${value}' for '${option}': ${message}`);
  }
}

/**
 * Reads arguments; what the definition does not know, and an option that stands
 * twice, is {@link BadUsage}. What stands behind a wish for help or the version is not read.
 */
export function parsed<T extends ParseArgsConfig & { args: string[] }>(
  config: T,
): ReturnType<typeof parseArgs<T>> {
  const { tokens = [] } = parseArgs({ ...config, strict: false, tokens: true });
  const seen = new Set<string>();
  let { args } = config;
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, index, inlineValue } = token;
    if ((name === "help" || name === "version") && !inlineValue) {
      args = [...args.slice(0, index), `--${name}`];
      break;
    }
    if (seen.has(name)) {
      throw new BadUsage(`'${rawName}' cannot be used multiple times`);
    }
    seen.add(name);
  }
  try {
    return parseArgs({ ...config, args });
  } catch (error) {
    throw new BadUsage((error as Error).message);
  }
}

/** The value where it is one of the names, `usual` where there is none. */
export function chosen<T extends string>(
  option: string,
  names: readonly T[],
  value: string | undefined,
  usual: T,
): T {
  if (value === undefined) return usual;
  const name = names.find((name) => name === value);
  if (name !== undefined) return name;
  throw new BadUsage(
    `invalid value '${value}' for '${option}': there are ${names.join(", ")}`,
  );
}

const USUAL_SHELL = process.platform === "win32" ? "powershell" : "posix";

/** What `--help` prints: what the command says, and more of this one. */
export function help(said: string, more: string): string {
  return said.replace("[default: posix]", `[default: ${USUAL_SHELL}]`) + more;
}

/** The shell that `--shell` names, else that of the system. */
export function shell(value: string | undefined): Shell {
  return chosen("--shell", SHELLS, value, USUAL_SHELL);
}
