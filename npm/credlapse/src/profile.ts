/**
 * Facts about a profile, from files that a host reads.
 *
 * @module
 */

import { time } from "./context.ts";
import type { LocalAws } from "./core.ts";
import { text } from "./evidence.ts";
import { ask } from "./profile_backend.ts";
import type { ProfileFacts } from "./types.ts";

export {
  CREDENTIAL_SOURCES,
  type CredentialSource,
  type ProfileChoice,
  type TokenState,
} from "./kinds.ts";
export type { ProfileFacts } from "./types.ts";

/** What `profileFacts` takes. */
export interface ProfileOptions {
  /** The profile, where the environment does not choose it. */
  readonly profile?: string | undefined;
  /** The time at which tokens are judged; the present unless it is given. */
  readonly now?: Date | string | undefined;
}

/** How a host reads what the core asks for. */
export interface LocalHost {
  /** An environment variable; `undefined` where it is not set or not allowed. */
  variable(name: string): string | undefined;
  /**
   * The content of a file by absolute path or path below the working directory;
   * `null` where there is none, `undefined` where it may not be read.
   */
  read(path: string): string | null | undefined;
  /** The home directory, where no variable names it; `null` where there is none. */
  readonly home?: string | null;
}

/** The variables that decide anything; a test compares them with the core's. */
export const VARIABLES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_CONFIG_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_DEFAULT_PROFILE",
  "AWS_EC2_METADATA_DISABLED",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT",
  "AWS_LOGIN_CACHE_DIRECTORY",
  "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
  "AWS_METADATA_SERVICE_TIMEOUT",
  "AWS_PROFILE",
  "AWS_ROLE_ARN",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECURITY_TOKEN",
  "AWS_SESSION_TOKEN",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "HOME",
  "USERPROFILE",
] as const;

/** How many files are read for one profile; the core asks for fewer. */
const MAX_FILES = 8;

/**
 * What the local AWS files say of a profile, with the host's own way to read.
 *
 * At most four files are read, those that the profile depends on. Gives
 * `undefined` where the core cannot be started, and where the options are not
 * what their types say: another profile than was meant is not told of.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 *
 * const files: Record<string, string> = {
 *   "/home/me/.aws/config": `
 * [profile dev]
 * sso_start_url = https://example.awsapps.com/start
 * sso_region = eu-west-1
 * sso_account_id = 111122223333
 * sso_role_name = Developer`,
 * };
 * const facts = readFacts({
 *   variable: (name) => name === "HOME" ? "/home/me" : undefined,
 *   read: (path) => files[path] ?? null,
 * }, { profile: "dev" });
 *
 * equal(facts?.source, "sso");
 * equal(facts?.token, "missing");
 * ```
 */
export function readFacts(
  host: LocalHost,
  options?: ProfileOptions | null,
): ProfileFacts | undefined {
  const asked = understood(options);
  return asked && gather(host, asked, VARIABLES).facts;
}

/** What is asked of the core. */
export type Asked = Pick<LocalAws, "profile" | "now">;

/** The options; `undefined` where it cannot be told which profile is meant. */
export function understood(
  options: ProfileOptions | null | undefined,
): Asked | undefined {
  const given: unknown = options ?? {};
  if (typeof given !== "object" || Array.isArray(given)) return undefined;
  try {
    const { profile, now } = given as ProfileOptions;
    const name = text(profile);
    // An SDK, too, takes the empty name for none.
    const isClear = name !== undefined || profile === undefined ||
      profile === "";
    return isClear
      ? { profile: name, now: time(now) ?? new Date().toISOString() }
      : undefined;
  } catch {
    return undefined;
  }
}

/** What a host has read for facts, and the facts. */
export interface Gathered {
  readonly local: LocalAws;
  readonly facts: ProfileFacts | undefined;
}

/** Reads what facts need; {@link readFacts} tells of it. */
export function gather(
  host: LocalHost,
  asked: Asked,
  variables: readonly string[],
): Gathered {
  const env = new Map<string, string>();
  for (const name of variables) {
    const value = host.variable(name);
    if (value !== undefined) env.set(name, value);
  }
  const files = new Map<string, string | null>();
  const home = env.get("HOME") || env.get("USERPROFILE") || host.home;
  for (let count = 0;; count++) {
    const local = { ...asked, env: [...env], files: [...files] };
    const facts = ask((core) => core.profileFacts(local));
    const path = facts?.needs;
    const done = { local, facts };
    if (!path || files.has(path) || count === MAX_FILES) return done;
    const place = placeOf(path, home);
    // Without a home there is no file in it; of one that is not known, nothing is.
    const content = place === undefined
      ? host.home === null ? null : undefined
      : host.read(place);
    if (content === undefined) return done;
    files.set(path, content);
  }
}

/** Where a file lies that the core names. */
export function placeOf(
  path: string,
  home: string | null | undefined,
): string | undefined {
  if (/^(?:\.?[/\\]|\w:)/.test(path)) return path;
  return home ? `${home}/${path}` : undefined;
}
