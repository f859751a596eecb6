/**
 * No addon: what stands in the place of `native.ts` in an ES module for
 * bundlers, which cannot take an addon along.
 *
 * @module
 */

import type { NativeCore } from "./native.ts";

/** There is none. */
export const native = undefined as NativeCore | undefined;
