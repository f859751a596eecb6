/**
 * Where a failure comes from: files and standard input.
 *
 * @module
 */

import { createReadStream } from "node:fs";
import process from "node:process";

import { reason } from "./reason.ts";

/** A place to read from. */
export class Input {
  /** `undefined` is standard input. */
  readonly path: string | undefined;

  /** `-` or none is standard input. */
  constructor(path = "-") {
    this.path = path === "-" ? undefined : path;
  }

  /** Whether a person is expected to type or paste it. */
  get isTerminal(): boolean {
    return this.path === undefined && Boolean(process.stdin.isTTY);
  }

  /** Reads it to its end; gives why it could not be read further, if so. */
  async read(
    each: (piece: Uint8Array) => Promise<void>,
  ): Promise<string | undefined> {
    try {
      const source = this.path === undefined
        ? process.stdin
        : createReadStream(this.path);
      for await (const piece of source as AsyncIterable<Uint8Array>) {
        await each(piece);
      }
      return undefined;
    } catch (error) {
      return reason(error);
    }
  }
}
