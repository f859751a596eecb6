/**
 * The local AWS files, as Node.js reads them.
 *
 * @module
 */

import { env as variables } from "node:process";

import { native } from "./native.ts";
import {
  type ProfileOptions,
  readFacts,
  understood,
  VARIABLES,
} from "./profile.ts";
import { thisMachine } from "./situation.ts";
import type { ProfileFacts } from "./types.ts";

/**
 * Reads the files that say what a profile uses and whether its session is good.
 *
 * Reads `~/.aws/config`, `~/.aws/credentials` and the cache of the profile's
 * session, and the variables that choose them; writes nothing. Gives
 * `undefined` where the core cannot be started, and where the options are not
 * what their types say: another profile than was meant is not told of.
 *
 * ```ts
 * import { explain } from "credlapse";
 * import { profileFacts } from "credlapse/node";
 *
 * const error = Object.assign(
 *   new Error("Could not load credentials from any providers"),
 *   { name: "CredentialsProviderError" },
 * );
 * console.error(explain(error, { facts: profileFacts({ profile: "dev" }) }));
 * ```
 */
export function profileFacts(
  options?: ProfileOptions | null,
): ProfileFacts | undefined {
  if (native === undefined) {
    return readFacts(thisMachine(), options);
  }
  const asked = understood(options);
  if (asked === undefined) return undefined;
  const env = VARIABLES.flatMap((name) => {
    const value = variable(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  try {
    return native.localFacts({ ...asked, env });
  } catch {
    return undefined;
  }
}

function variable(name: string): string | undefined {
  return variables[name];
}
