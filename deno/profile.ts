/**
 * What the local AWS files say of a profile, read with the permissions of Deno.
 *
 * The main entry needs no permission; this one is apart from it so that only
 * those who want facts have to grant any.
 *
 * @module
 */

import {
  type ProfileFacts,
  type ProfileOptions,
  readFacts,
} from "./credlapse_profile.js";

export {
  CREDENTIAL_SOURCES,
  type CredentialSource,
  type ProfileChoice,
  type ProfileFacts,
  type ProfileOptions,
  type TokenState,
} from "./credlapse_profile.js";

/**
 * Reads the files that say what a profile uses and whether its session is good.
 *
 * Reads `~/.aws/config`, `~/.aws/credentials` and the cache of the profile's
 * session, and the variables that choose them. It never asks for a permission:
 * what has not been granted counts as not known. Gives `undefined` where the
 * core cannot be started, and where the options are not what their types say.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { diagnose } from "@credlapse/credlapse";
 * import { profileFacts } from "@credlapse/credlapse/profile";
 *
 * const error = Object.assign(
 *   new Error("Could not load credentials from any providers"),
 *   { name: "CredentialsProviderError" },
 * );
 * const facts = profileFacts({ profile: "nobody-has-this" });
 *
 * equal(diagnose(error, { facts })?.kind, "profile_not_found");
 * ```
 */
export function profileFacts(
  options?: ProfileOptions | null,
): ProfileFacts | undefined {
  return readFacts({ variable, read }, options);
}

function variable(name: string): string | undefined {
  return granted({ name: "env", variable: name })
    ? Deno.env.get(name)
    : undefined;
}

function read(path: string): string | null | undefined {
  if (!granted({ name: "read", path })) return undefined;
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? null : undefined;
  }
}

function granted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}
