/**
 * What the command asks of the Rust core: the addon, or a WebAssembly module
 * with all of it, which nobody else loads.
 *
 * @module
 */

import { env } from "node:process";
import { readFileSync } from "node:fs";

import type { CheckCore, Core, Documents, Situation } from "../core.ts";
import type { Shell } from "../kinds.ts";
import { native } from "../native.ts";
import { placeOf } from "../profile.ts";
import { home, readFile } from "../situation.ts";
import { reason } from "./reason.ts";

/** For whom an answer is. */
export type Format = "human" | "json" | "github";

/** How to tell what was found. */
export interface TellOptions {
  /** The name of an exit table, or the path of a file with one. */
  readonly exitTable?: string | undefined;
  readonly format?: Format | undefined;
}

/** What was typed behind `explain`. */
export interface ExplainOptions extends TellOptions {
  readonly profile?: string | undefined;
  readonly subject?: string | undefined;
  readonly shell?: Shell | undefined;
  readonly noLocal?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly isOneOfMany?: boolean | undefined;
}

/** What WebAssembly cannot reach. */
export interface Machine {
  variable(name: string): string | undefined;
  /** A file that facts are made of. */
  content(path: string): string | undefined;
  /** The time, RFC 3339. */
  now(): string;
  /** A file that somebody named; throws a message for people. */
  file(path: string): string;
}

/** One run of `explain`, over one input or several. */
export interface Explain {
  /** Begins an input; without a path it is standard input. */
  begin(path: string | undefined, isNdjson: boolean): void;
  /** Takes a piece, and gives the answers to the lines that end in it. */
  push(piece: Uint8Array): string;
  /** The answer and the remark when the input has ended, or failed for a reason. */
  finish(failed?: string): string[];
  /** The exit status for all inputs. */
  status(): number;
}

/** What situations come to. */
export interface Tell {
  tell(situation: Situation, documents: Documents): string;
  /** What is new; `undefined` where nothing is. */
  news(situation: Situation, documents: Documents): string | undefined;
  /** The exit status of what was told last. */
  status(): number;
}

/**
 * What the command needs beyond the library. Constructors and readers of what
 * was typed throw a message for people; all text may be in colour.
 */
export interface CommandCore extends Core, CheckCore {
  readonly Explain: new (options: ExplainOptions, machine: Machine) => Explain;
  readonly Tell: new (options: TellOptions, machine: Machine) => Tell;
  /** The page on a kind; `undefined` where there is no such kind. */
  page(kind: string, isTerminal: boolean): string | undefined;
  account(text: string): string;
  /** Seconds of "1h 30m". */
  seconds(text: string): number;
  /** Milliseconds of "15s", which is the default. */
  interval(text: string | undefined): number;
  /** What went wrong with the command itself, as a line. */
  complaint(message: string): string;
  /** What is said to whoever sits before an empty terminal. */
  invitation(isWindows: boolean): string;
}

/** Of CommonJS. */
declare const require: (name: string) => { readonly core: CommandCore };

/** The core. */
export const core: CommandCore = native ?? require("./command_wasm.cjs").core;

/** This machine. */
export const machine: Machine = {
  variable: (name) => env[name],
  content: (path) => {
    const place = placeOf(path, home());
    return place === undefined ? undefined : readFile(place) ?? undefined;
  },
  now: () => new Date().toISOString(),
  file: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      throw new Error(reason(error));
    }
  },
};
