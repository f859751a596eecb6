/**
 * The core, as the WebAssembly module in this package.
 *
 * @module
 */

import { type Core, linked, resilient } from "./core.ts";
import * as packed from "./generated/diagnose_bytes.ts";
import { bind } from "./generated/diagnose_glue.js";
import { compile, instantiate, prepare } from "./module.ts";

// Not `module`: bundled as CommonJS, that is another thing.
let compiled: WebAssembly.Module | undefined;
/** The first instance, where it was made without blocking. */
let prepared: Core | undefined;

/** Asks the core; the first question compiles it. */
export const { ask } = resilient<Core>(() => {
  const core = linked.native ?? prepared ??
    instantiate(bind, compiled ??= compile(packed));
  // It is asked for again after a trap.
  prepared = undefined;
  return core;
});

/**
 * Compiles the core and makes its first instance without blocking, for the
 * main thread of a browser.
 *
 * Nothing needs it elsewhere: the first diagnosis compiles the core by itself,
 * in a few milliseconds. Rejects where the host forbids WebAssembly.
 */
export async function init(): Promise<void> {
  if (compiled !== undefined) return;
  [compiled, prepared] = await prepare<Core>(bind, packed);
}
