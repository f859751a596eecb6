/**
 * The core of the command: what stands in the place of each `backend.ts` where
 * the command is bundled, so that no other WebAssembly is loaded with it.
 *
 * @module
 */

import { core } from "./command/core.ts";
import { resilient } from "./core.ts";

/** Asks the core. */
export const { ask } = resilient(() => core);

/** It is compiled already. */
export async function init(): Promise<void> {}
