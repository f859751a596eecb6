/**
 * Where a failure comes from: files and standard input, as text.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import process from "node:process";
import { getSystemErrorMap } from "node:util";

/** How much of each end of an input is kept; the core reads no more of a text. */
const KEPT = 1024 * 1024;

/** A place to read from. */
export class Input {
  readonly #path: string | undefined;

  /** `-` or none is standard input. */
  constructor(path = "-") {
    this.#path = path === "-" ? undefined : path;
  }

  /** What it is called in a sentence. */
  get name(): string {
    return this.isStdin ? "standard input" : `\`${this.#path}\``;
  }

  get isStdin(): boolean {
    return this.#path === undefined;
  }

  /**
   * Reads it to its end, in bounded memory: of a large input its head and tail.
   *
   * Throws a message for people where it cannot be read.
   *
   * @param pass Is given each piece as it arrives.
   */
  async read(pass?: (piece: Uint8Array) => Promise<void>): Promise<string> {
    const kept = new Kept();
    const source = this.#path === undefined
      ? process.stdin
      : createReadStream(this.#path);
    try {
      for await (const piece of source as AsyncIterable<Uint8Array>) {
        kept.add(piece);
        await pass?.(piece);
      }
    } catch (error) {
      throw new Error(`cannot read ${this.name}: ${reason(error)}`);
    }
    const bytes = kept.bytes();
    const refusal = unreadable(bytes);
    if (refusal) throw new Error(`cannot read ${this.name}: ${refusal}`);
    return decode(bytes);
  }
}

/** The first and the last bytes of an input. */
class Kept {
  readonly #head: Uint8Array[] = [];
  #left = KEPT;
  #tail: Uint8Array[] = [];
  #tailLength = 0;

  add(piece: Uint8Array): void {
    const head = piece.subarray(0, this.#left);
    if (head.length > 0) this.#head.push(head);
    this.#left -= head.length;
    const tail = piece.subarray(head.length);
    if (tail.length === 0) return;
    this.#tail.push(tail);
    this.#tailLength += tail.length;
    if (this.#tailLength > 2 * KEPT) {
      // An even number, so that UTF-16 stays in step.
      const all = Buffer.concat(this.#tail);
      const dropped = (all.length - KEPT) & ~1;
      this.#tail = [all.subarray(dropped)];
      this.#tailLength = all.length - dropped;
    }
  }

  bytes(): Uint8Array {
    return Buffer.concat([...this.#head, ...this.#tail]);
  }
}

/** UTF-8, or UTF-16 where its byte order mark says so, as Windows PowerShell writes it. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

const COMPRESSED: readonly (readonly [magic: string, format: string])[] = [
  ["\x1f\x8b", "gzip"],
  ["\x28\xb5\x2f\xfd", "zstd"],
  ["\xfd7zXZ\0", "xz"],
  ["BZh", "bzip2"],
  ["PK\x03\x04", "zip"],
];

/** Why bytes are no text, if they are none. */
function unreadable(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  const found = COMPRESSED.find(([magic]) => head.startsWith(magic));
  return found && `it is compressed (${found[1]}), unpack it first`;
}

/** The words of the operating system for a failure. */
function reason(error: unknown): string {
  const { errno, message } = error as { errno?: number; message: string };
  const [, words] = getSystemErrorMap().get(errno ?? 0) ?? [];
  return words === undefined || errno === undefined
    ? message
    : `${words[0]?.toUpperCase()}${words.slice(1)} (os error ${-errno})`;
}
