/**
 * What needs the files of a machine, read when it is first called: what stands
 * in the place of `node.ts`, so that who diagnoses does not wait for it.
 *
 * @module
 */

import type * as machine from "./node.ts";

/** Of CommonJS. */
declare const require: (name: string) => typeof machine;

/** That of `preflight.ts`. */
export const preflight: typeof machine.preflight = (options) =>
  require("./machine.cjs").preflight(options);

/** That of `local.ts`. */
export const profileFacts: typeof machine.profileFacts = (options) =>
  require("./machine.cjs").profileFacts(options);
