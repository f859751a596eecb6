/**
 * WebAssembly modules as they are shipped, unpacked by the small one of `bindings/unpack`.
 *
 * The platform's own `DecompressionStream` is asynchronous, and a diagnosis
 * cannot wait; JavaScript that runs once takes three times as long.
 *
 * @module
 */

import { decode } from "./hex.ts";
import { MODULE } from "./generated/unpack_bytes.ts";

/** A module as it is shipped. */
export interface Packed {
  /** The length of the module in bytes. */
  readonly LENGTH: number;
  /** The length of its parts in bytes. */
  readonly SORTED: number;
  /** The module: sorted into parts, deflated, as text. */
  readonly PACKED: string;
}

/** What `bindings/unpack` exports. */
interface Unpacker {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: { readonly value: number };
  unpack(from: number, text: number, sorted: number, module: number): number;
}

const PAGE = 65_536;

/**
 * The bytes of a module.
 *
 * Takes memory for little more than the module, its parts and the text.
 *
 * @throws {RangeError} where `packed` does not hold exactly that many bytes.
 */
export function unpack(packed: Packed): Uint8Array<ArrayBuffer> {
  const { LENGTH, SORTED, PACKED } = packed;
  // So small that every host compiles it at once, also where the main thread must not wait.
  const module = new WebAssembly.Module(decode(MODULE));
  const unpacker = new WebAssembly.Instance(module)
    .exports as unknown as Unpacker;
  const { memory } = unpacker;
  const from = unpacker.__heap_base.value;
  const to = from + PACKED.length + SORTED;
  const missing = to + LENGTH - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  new TextEncoder().encodeInto(PACKED, new Uint8Array(memory.buffer, from));
  if (!isUnpacked(unpacker, from, PACKED.length, SORTED, LENGTH)) {
    throw new RangeError("the packed module is damaged");
  }
  return new Uint8Array(memory.buffer as ArrayBuffer, to, LENGTH);
}

/** The JavaScript side of an instance that is not there yet. */
export type Bound<C> = C & {
  readonly imports: object;
  /** Without it, no other function may be called. */
  start(instance: WebAssembly.Instance): void;
};

/** A new instance of a module. */
export function instantiate<C>(
  bind: () => Bound<C>,
  module: WebAssembly.Module,
): C {
  const bound = bind();
  const imports = bound.imports as WebAssembly.Imports;
  bound.start(new WebAssembly.Instance(module, imports));
  return bound;
}

/** A module and its first instance, without blocking. */
export async function prepare<C>(
  bind: () => Bound<C>,
  packed: Packed,
): Promise<[module: WebAssembly.Module, first: C]> {
  const bound = bind();
  const imports = bound.imports as WebAssembly.Imports;
  const bytes = unpack(packed);
  const { module, instance } = await WebAssembly.instantiate(bytes, imports);
  bound.start(instance);
  return [module, bound];
}

/** Compiles a module where it is called; an old browser's main thread refuses more than 4 kB. */
export function compile(packed: Packed): WebAssembly.Module {
  return new WebAssembly.Module(unpack(packed));
}

function isUnpacked(
  unpacker: Unpacker,
  ...place: Parameters<Unpacker["unpack"]>
): boolean {
  try {
    return unpacker.unpack(...place) === 1;
  } catch {
    // Damaged data may lead it anywhere; it ends in a trap.
    return false;
  }
}
