/**
 * What needs the files and variables of a machine: Node.js, Bun and Deno.
 *
 * The main entry touches none of them.
 *
 * @module
 */

export { profileFacts } from "./local.ts";
export type { ProfileFacts, ProfileOptions } from "./profile.ts";
