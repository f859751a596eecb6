/**
 * A diagnosis of anything that was thrown or printed.
 *
 * @module
 */

import { ask } from "./backend.ts";
import { coreContext } from "./context.ts";
import { decided, decidedOnText, type Evidence } from "./core.ts";
import {
  type Anything,
  DIAGNOSIS,
  extract,
  MAX_DEPTH,
  read,
} from "./evidence.ts";
import type { Cause, Context, Diagnosis } from "./types.ts";

/**
 * Decides what lapsed, from a thrown value of any type.
 *
 * Gives `undefined` where the failure is not an AWS auth failure. Never throws
 * and never changes the value. An error that {@link credlapsePlugin} has seen
 * gives the diagnosis that it carries, unless a context is given.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 *
 * const error = Object.assign(new Error("The provided token has expired."), {
 *   name: "ExpiredToken",
 *   $metadata: { httpStatusCode: 400 },
 * });
 * const diagnosis = diagnose(error, { subject: "Datastore" });
 *
 * equal(diagnosis?.kind, "session_token_expired");
 * equal(diagnosis?.code, "CREDENTIALS_EXPIRED");
 * equal(diagnose(new TypeError("x is not a function")), undefined);
 * ```
 *
 * @param thrown What `catch` received.
 * @param context What the host knows and the error does not; `now` is the
 * present unless it is given.
 */
export function diagnose(
  thrown: unknown,
  context?: Context,
): Diagnosis | undefined {
  return context === undefined
    ? attached(thrown) ?? decide(thrown, undefined, undefined)
    : decide(thrown, context, undefined);
}

/**
 * Decides what lapsed, from what a failed tool printed.
 *
 * Reads the output of the AWS CLI, of SDKs in all languages and of tools that
 * are built on them. Gives `undefined` where it tells of no AWS auth failure.
 * Never throws.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 *
 * const diagnosis = diagnoseText(
 *   "Error when retrieving token from sso: Token has expired and refresh failed",
 *   { profile: "dev" },
 * );
 *
 * equal(diagnosis?.kind, "sso_session_expired");
 * equal(diagnosis?.reauthCommand, "aws sso login --profile dev");
 * ```
 */
export function diagnoseText(
  text: string,
  context?: Context,
): Diagnosis | undefined {
  const printed = typeof text === "string" ? text : "";
  return frozen(
    ask(decidedOnText, printed, coreContext(context)),
  );
}

/**
 * Says in three parts what lapsed, what to do and what the SDK said.
 *
 * The first line has at most 200 characters and comes first, so that a host
 * that cuts messages keeps it. Gives `undefined` where {@link diagnose} does.
 *
 * ```ts
 * import { match } from "node:assert/strict";
 *
 * const error = Object.assign(
 *   new Error("Token is expired. To refresh this SSO session run 'aws sso login'"),
 *   { name: "CredentialsProviderError" },
 * );
 * const said = explain(error, { subject: "Datastore", profile: "dev" });
 *
 * match(said ?? "", /^Datastore session expired: /);
 * match(said ?? "", /Run: aws sso login --profile dev/);
 * ```
 */
export function explain(
  thrown: unknown,
  context?: Context,
): string | undefined {
  return diagnose(thrown, context)?.text;
}

/** The diagnosis that {@link credlapsePlugin} attached to an error or to a cause of it. */
export function attached(thrown: unknown): Diagnosis | undefined {
  let error = thrown;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    if (typeof error !== "object" || error === null) return undefined;
    const diagnosis = read(error, copied);
    if (diagnosis !== undefined) return diagnosis as Diagnosis;
    error = read(error, (of) => of.cause);
  }
  return undefined;
}

/** What stands where a diagnosis does, if it is one: anybody may have put it there. */
function copied(of: Anything): Diagnosis | undefined {
  const copy = { ...of[DIAGNOSIS] as Diagnosis };
  const { kind, text, retryable } = copy;
  return typeof kind === "string" && typeof text === "string" &&
      typeof retryable === "boolean"
    ? Object.freeze(copy)
    : undefined;
}

/** Decides on a thrown value within the call in which it was thrown. */
export function decide(
  thrown: unknown,
  context: Context | undefined,
  call: Cause | undefined,
): Diagnosis | undefined {
  const evidence = evidenceOf(thrown, context, call);
  if (evidence.causes.length === 0) return undefined;
  evidence.context.now ??= Math.trunc(Date.now() / 1_000);
  return frozen(ask(decided, evidence));
}

/** What the core is given to decide on. */
export function evidenceOf(
  thrown: unknown,
  context: Context | undefined,
  call: Cause | undefined,
): Evidence {
  const { causes, serverTime } = extract(thrown);
  const known = coreContext(context);
  // The core reads the `Date` of HTTP as it is.
  known.serverTime ??= serverTime;
  return { causes: within(call, causes), context: known };
}

/** The causes with the call around them: it is of use where they name none. */
function within(
  call: Cause | undefined,
  causes: readonly Cause[],
): readonly Cause[] {
  if (call === undefined || causes.length === 0) return causes;
  const [first, ...rest] = causes;
  return first?.service === `${call.service}ServiceException`
    ? [{ ...first, ...call }, ...rest]
    : [call, ...causes];
}

function frozen(diagnosis: Diagnosis | undefined): Diagnosis | undefined {
  if (diagnosis === undefined) return undefined;
  if (diagnosis.reauthArgv !== null) Object.freeze(diagnosis.reauthArgv);
  return Object.freeze(diagnosis);
}
