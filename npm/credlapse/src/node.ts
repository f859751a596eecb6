/**
 * What needs the files and variables of a machine: Node.js, Bun and Deno.
 *
 * The main entry touches none of them.
 *
 * @module
 */

export type { Finding } from "./check.ts";
export type { StsClientLike } from "./identity.ts";
export { profileFacts } from "./local.ts";
export { preflight } from "./preflight.ts";
export type { Preflight, PreflightOptions } from "./preflight.ts";
export type { ProfileFacts, ProfileOptions } from "./profile.ts";
