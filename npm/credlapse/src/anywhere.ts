/**
 * What hosts without files get: the main entry, and in the place of what reads
 * a machine an error that says where to find it.
 *
 * @module
 */

import type {
  preflight as Preflight,
  profileFacts as ProfileFacts,
} from "./node.ts";

export * from "./index.ts";

/** Where a machine is read: in Node.js `credlapse` itself has it. */
export const preflight: typeof Preflight = () =>
  Promise.reject(new Error(elsewhere("preflight")));

/** The same. */
export const profileFacts: typeof ProfileFacts = () => {
  throw new Error(elsewhere("profileFacts"));
};

function elsewhere(name: string): string {
  return `${name} reads the files of a machine, and this build of credlapse is ` +
    'for hosts that have none; import it from "credlapse/node", or bundle ' +
    'for Node.js with the export condition "node"';
}
