/**
 * The part of the core that reads profiles, in a Worker: what stands in the
 * place of `profile_backend.ts`.
 *
 * @module
 */

import { type ProfileCore, resilient } from "./core.ts";
import module from "./generated/profile.wasm";
import { bind } from "./generated/profile_glue.js";
import { instantiate } from "./module.ts";

/** Asks the core; the first question makes its instance. */
export const { ask } = resilient<ProfileCore>(() => instantiate(bind, module));
