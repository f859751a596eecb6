/**
 * The core in a Worker: what stands in the place of `backend.ts` for hosts that
 * compile no bytes, and give a module to who imports its file.
 *
 * @module
 */

import { type Core, resilient } from "./core.ts";
import module from "./generated/diagnose.wasm";
import { bind } from "./generated/diagnose_glue.js";
import { instantiate } from "./module.ts";

/** Asks the core; the first question makes its instance. */
export const { ask } = resilient<Core>(() => instantiate(bind, module));

/** The host has compiled it. */
export async function init(): Promise<void> {}
