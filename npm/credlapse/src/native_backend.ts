/**
 * The core, as the addon: what stands in the place of each `backend.ts` where
 * there is one, so that no WebAssembly is loaded with it.
 *
 * @module
 */

import { resilient } from "./core.ts";
import { native, type NativeCore } from "./native.ts";

/** Asks the core. */
export const { ask } = resilient<NativeCore>(() => native as NativeCore);

/** There is nothing to compile. */
export async function init(): Promise<void> {}
