/**
 * DEFLATE (RFC 1951), backwards, by the small module of `bindings/unpack`.
 *
 * The platform's own `DecompressionStream` is asynchronous, and a diagnosis
 * cannot wait; JavaScript that runs once takes three times as long.
 *
 * @module
 */

import { decode } from "./base64.ts";
import { MODULE } from "./generated/unpack_bytes.ts";

/** What `bindings/unpack` exports. */
interface Unpacker {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: { readonly value: number };
  inflate(from: number, length: number, to: number, inflated: number): number;
}

const PAGE = 65_536;

/**
 * The `length` bytes that were deflated to `data`, without a zlib or gzip header.
 *
 * Takes memory for little more than both.
 *
 * @throws {RangeError} where `data` does not hold exactly that many bytes.
 */
export function inflate(
  data: Uint8Array,
  length: number,
): Uint8Array<ArrayBuffer> {
  // So small that every host compiles it at once, also where the main thread must not wait.
  const module = new WebAssembly.Module(decode(MODULE));
  const unpacker = new WebAssembly.Instance(module)
    .exports as unknown as Unpacker;
  const { memory } = unpacker;
  const from = unpacker.__heap_base.value;
  const to = from + data.length;
  const missing = to + length - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  new Uint8Array(memory.buffer, from).set(data);
  if (!isInflated(unpacker, from, data.length, to, length)) {
    throw new RangeError("the deflated data is damaged");
  }
  return new Uint8Array(memory.buffer as ArrayBuffer, to, length);
}

function isInflated(
  unpacker: Unpacker,
  ...places: Parameters<Unpacker["inflate"]>
): boolean {
  try {
    return unpacker.inflate(...places) === 1;
  } catch {
    // Damaged data may lead it anywhere; it ends in a trap.
    return false;
  }
}
