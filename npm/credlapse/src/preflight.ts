/**
 * Before a deploy: whether the credentials will do, and for how long.
 *
 * @module
 */

import type { Check } from "./check.ts";
import { ask } from "./check_backend.ts";
import { askIdentity, type StsClientLike } from "./identity.ts";
import { type Expectation, look, type Looked } from "./situation.ts";
import type { Diagnosis } from "./types.ts";

/** What {@link preflight} takes; every option may be left out. */
export interface PreflightOptions extends Expectation {
  /** Only the files and variables of this machine: nothing is sent. */
  readonly offline?: boolean | undefined;
  /**
   * The client that asks STS who the caller is: an `STS` of the SDK v3 or v2,
   * or an `STSClient` of v3, for which `@aws-sdk/client-sts` has to be
   * installed beside the script or bundled with it. Without a client that
   * package makes one, where it is there.
   */
  readonly client?: StsClientLike | undefined;
}

/** What {@link preflight} finds. */
export interface Preflight extends Omit<Check, "error"> {
  /** Why a call would fail; absent where no credential failure is known. */
  readonly diagnosis?: Diagnosis;
}

/**
 * Says before a deploy whether the credentials will do.
 *
 * First from the local files: the profile resolves, a token is there, it lasts
 * for `minRemaining` seconds. Then, unless `offline`, by one GetCallerIdentity
 * of STS: its account is compared with the expected one and with those in
 * `cdk.context.json`. A client that answers is believed before the files: an
 * ended session of theirs does not fail it, and where they know no end, that of
 * its own credentials has to be `minRemaining` seconds away, unless the SDK
 * renews them. Where a client fails, the profile of the environment is blamed,
 * and a login to it told, only if the error names it or the files foresee that
 * very failure: the client may use another. Where its token has ended and the
 * SDK might have renewed it, the login that is told has no name; else none is
 * told. Name the profile that the client uses as `profile`, and its login is.
 * Where the files already tell that a call fails, and where neither a client is
 * given nor `@aws-sdk/client-sts` is installed, nothing is
 * asked. What is expected to go wrong is never thrown: `ok`, `findings` and
 * `diagnosis` tell of it.
 *
 * ```ts
 * import { equal, match } from "node:assert/strict";
 * import { preflight } from "credlapse/node";
 *
 * const found = await preflight({
 *   profile: "nobody-has-this-profile",
 *   minRemaining: 30 * 60,
 *   subject: "Deploy",
 *   offline: true,
 * });
 * if (!found.ok) console.error(found.text);
 *
 * equal(found.ok, false);
 * equal(found.exitCode, 8);
 * equal(found.diagnosis?.kind, "profile_not_found");
 * match(found.message, /^Deploy .*'nobody-has-this-profile'/);
 * ```
 *
 * With a client of one's own, before `cdk deploy`:
 *
 * ```ts ignore
 * import { STSClient } from "@aws-sdk/client-sts";
 * import { preflight } from "credlapse/node";
 *
 * const found = await preflight({
 *   client: new STSClient({ region: "eu-west-1" }),
 *   account: "111122223333",
 *   minRemaining: 30 * 60,
 * });
 * if (!found.ok) {
 *   console.error(found.text);
 *   process.exit(found.exitCode);
 * }
 * ```
 */
export async function preflight(
  options?: PreflightOptions | null,
): Promise<Preflight> {
  const given = options ?? {};
  const looked = look(given);
  const local = looked && checked(looked);
  if (looked === undefined || local === undefined) {
    throw new Error("the core of credlapse cannot be started");
  }
  const { client, offline, profile } = given;
  const { expected } = looked.situation;
  // What is not understood is not asked. A client may have credentials of
  // which the files know nothing.
  const isSettled = client === undefined &&
    (expected.unreadable.length > 0 ||
      local.diagnosis !== undefined &&
        local.diagnosis.confidence !== "possible");
  if (offline || isSettled) return local;
  const { region } = looked.situation.settings;
  const answer = await askIdentity(client, profile, region);
  if (answer === undefined && client === undefined) return local;
  const unreadable = [...expected.unreadable, "client"];
  const situation = {
    ...looked.situation,
    ...(answer ?? { expected: { ...expected, unreadable } }),
  };
  return checked({ ...looked, situation }) ?? local;
}

function checked({ situation, documents }: Looked): Preflight | undefined {
  const check = ask((core) => core.check(situation, documents));
  if (check === undefined) return undefined;
  const { error, ...rest } = check;
  return error === null ? rest : { ...rest, diagnosis: error };
}
