/**
 * The part of the core that reads profiles: a WebAssembly module of its own,
 * which nobody downloads for a diagnosis alone.
 *
 * @module
 */

import { linked, type ProfileCore, resilient } from "./core.ts";
import * as packed from "./generated/profile_bytes.ts";
import { bind } from "./generated/profile_glue.js";
import { compile, instantiate } from "./module.ts";

let compiled: WebAssembly.Module | undefined;

/** Asks the core; the first question compiles it. */
export const { ask } = resilient<ProfileCore>(() =>
  linked.native ?? instantiate(bind, compiled ??= compile(packed))
);
