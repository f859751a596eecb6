/**
 * The core, as the WebAssembly module in this package.
 *
 * @module
 */

import { type Core, linked, resilient } from "./core.ts";
import * as packed from "./generated/diagnose_bytes.ts";
import { instantiate } from "./generated/diagnose_glue.js";
import { compile, unpack } from "./module.ts";

// Not `module`: bundled as CommonJS, that is another thing.
let compiled: WebAssembly.Module | undefined;

/** Asks the core; the first question compiles it. */
export const { ask } = resilient<Core>(() =>
  linked.native ?? instantiate(compiled ??= compile(packed))
);

/**
 * Compiles the core without blocking, for the main thread of a browser.
 *
 * Nothing needs it elsewhere: the first diagnosis compiles the core by itself,
 * in a few milliseconds. Rejects where the host forbids WebAssembly.
 */
export async function init(): Promise<void> {
  compiled ??= await WebAssembly.compile(unpack(packed));
}
