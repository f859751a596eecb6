/**
 * One reauthentication for however many calls fail together.
 *
 * @module
 */

import { type ContextSource, present } from "./context.ts";
import { diagnose } from "./diagnose.ts";
import type { Diagnosis } from "./types.ts";

/** What {@link withReauth} takes. */
export interface ReauthOptions {
  /**
   * Makes the credentials good again, for example by running
   * `diagnosis.reauthArgv`. `false` or a rejection means that it did not. It
   * must not call the function that it repairs.
   */
  readonly reauth: (
    diagnosis: Diagnosis,
    error: unknown,
  ) => Promise<boolean | void> | boolean | void;
  /** What the host knows; a function is asked at each failure. */
  readonly context?: ContextSource | undefined;
}

/**
 * Makes a function recover from an ended session.
 *
 * Where a call fails because credentials have ended, `reauth` runs, and the
 * call is made once more; what that gives is final. Calls that fail together
 * share one reauthentication, and so does a call that was already under way
 * when it ran. A reauthentication that fails or is cancelled gives every caller
 * its own original error. All other failures pass through.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 *
 * let session = "ended";
 * const put = withReauth(
 *   async (key: string) => {
 *     await Promise.resolve();
 *     if (session === "good") return key;
 *     throw Object.assign(new Error("The provided token has expired."), {
 *       name: "ExpiredToken",
 *     });
 *   },
 *   { reauth: () => void (session = "good") },
 * );
 * equal(await put("lock"), "lock");
 * ```
 */
export function withReauth<Args extends unknown[], Result>(
  call: (...args: Args) => Promise<Result> | Result,
  options: ReauthOptions,
): (...args: Args) => Promise<Result> {
  let underWay: Promise<boolean> | undefined;
  let rounds = 0;
  let succeeded = false;

  // What it throws at once comes later too: `underWay` has to be set before it is unset.
  const reauth = async (diagnosis: Diagnosis, error: unknown) =>
    await options.reauth(diagnosis, error);

  const run = async (diagnosis: Diagnosis, error: unknown) => {
    try {
      succeeded = await reauth(diagnosis, error) !== false;
    } catch {
      succeeded = false;
    }
    rounds++;
    underWay = undefined;
    return succeeded;
  };

  return async (...args) => {
    const round = rounds;
    try {
      return await call(...args);
    } catch (error) {
      const diagnosis = diagnose(error, present(options.context));
      if (!diagnosis?.retryable) throw error;
      if (underWay === undefined && round === rounds) {
        underWay = run(diagnosis, error);
      }
      // A call that was under way during a reauthentication shares its outcome.
      if (!await (underWay ?? succeeded)) throw error;
    }
    return await call(...args);
  };
}
