/**
 * The part of the core that checks credentials before a call: the addon, or a
 * WebAssembly module of its own.
 *
 * @module
 */

import { type CheckCore, linked, resilient } from "./core.ts";
import * as packed from "./generated/check_bytes.ts";
import { bind } from "./generated/check_glue.js";
import { compile, instantiate } from "./module.ts";

let compiled: WebAssembly.Module | undefined;

/** Asks the core; the first question compiles it. */
export const { ask } = resilient<CheckCore>(() =>
  linked.native ?? instantiate(bind, compiled ??= compile(packed))
);
