/**
 * A WebAssembly module from the text in which it is shipped.
 *
 * @module
 */

import { decode } from "./base64.ts";
import { inflate } from "./inflate.ts";

/** A module as its bytes, deflated, in base64. */
export interface Shipped {
  /** The length of the module in bytes. */
  readonly LENGTH: number;
  /** The deflated module in base64. */
  readonly DEFLATED: string;
}

/** The bytes of a module. */
export function bytesOf(shipped: Shipped): Uint8Array<ArrayBuffer> {
  return inflate(decode(shipped.DEFLATED), shipped.LENGTH);
}

/** Compiles a module where it is called; an old browser's main thread refuses more than 4 kB. */
export function compile(shipped: Shipped): WebAssembly.Module {
  return new WebAssembly.Module(bytesOf(shipped));
}
