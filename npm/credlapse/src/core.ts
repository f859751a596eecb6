/**
 * What the TypeScript asks of the Rust core, whichever way it is linked.
 *
 * `backend.ts` links it: it exports the `ask` of a {@link resilient} core. A
 * build for another host puts a file of its own in that place.
 *
 * @module
 */

import type { Code, ExitTableName } from "./kinds.ts";
import type { Cause, Context, Diagnosis, ProfileFacts } from "./types.ts";

/** All that is known of one failure: flat, free of cycles, bounded. */
export interface Evidence {
  /** The errors, outermost first: each is caused by the next. */
  readonly causes: readonly Cause[];
  /** What the host knows and the error does not. */
  readonly context: CoreContext;
}

/** A {@link Context} whose times are RFC 3339 in UTC and whose names are known. */
export interface CoreContext extends Context {
  readonly expiresAt?: string | undefined;
  readonly now?: string | undefined;
  readonly serverTime?: string | undefined;
}

/** What a host has read for {@link ProfileCore.profileFacts}. */
export interface LocalAws {
  /** The profile that the host chose; without it the variables decide. */
  readonly profile: string | undefined;
  /** Names and values of the environment variables that are set. */
  readonly env: readonly (readonly [name: string, value: string])[];
  /**
   * Files by path, as {@link ProfileFacts.needs} names it; the content is
   * `null` for a file that does not exist.
   */
  readonly files: readonly (readonly [path: string, content: string | null])[];
  /** The time at which tokens are judged, RFC 3339. */
  readonly now: string;
}

/**
 * The functions of the core, provided by WebAssembly or by a native addon.
 *
 * They take and give plain objects, keep no state and decide everything.
 */
export interface Core {
  /** Decides on the causes of a failure; `undefined` where it is not auth. */
  diagnose(evidence: Evidence): Diagnosis | undefined;
  /** Decides on what a failed tool printed; `undefined` where it is not auth. */
  diagnoseText(text: string, context: CoreContext): Diagnosis | undefined;
  /** The exit status of a code in a built-in table. */
  exitCode(code: Code, table: ExitTableName): number;
}

/** The part of the core that reads profiles; as WebAssembly, a module of its own. */
export interface ProfileCore {
  /** What the given files say of a profile, and which file it has to see next. */
  profileFacts(local: LocalAws): ProfileFacts;
}

/** A native addon in the place of WebAssembly, where a host has linked one. */
export const linked: { native?: Core & ProfileCore } = {};

/**
 * A core that survives itself: no call throws, and the first call after a
 * failed one starts from a fresh instance.
 *
 * A trap leaves the memory of a WebAssembly instance in an unknown state, so
 * the instance that trapped is never called again.
 *
 * @param load Provides an instance; called on first use and after a failure.
 */
export function resilient<C>(load: () => C): {
  /** What `call` gives, or `undefined` where the core failed. */
  ask<T>(call: (core: C) => T): T | undefined;
} {
  let core: C | undefined;
  return {
    ask(call) {
      try {
        core ??= load();
        return call(core);
      } catch {
        core = undefined;
        return undefined;
      }
    },
  };
}
