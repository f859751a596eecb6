/**
 * What the TypeScript asks of the Rust core, whichever way it is linked.
 *
 * `backend.ts` links it: it exports the `ask` of a {@link resilient} core. A
 * build for another host puts a file of its own in that place.
 *
 * @module
 */

import type { Check } from "./check.ts";
import type { Code, ExitTableName, Shell } from "./kinds.ts";
import type { Cause, Context, Diagnosis, ProfileFacts } from "./types.ts";
import { contextText, diagnosisOf, evidenceText } from "./wire.ts";

/** All that is known of one failure: flat, free of cycles, bounded. */
export interface Evidence {
  /** The errors, outermost first: each is caused by the next. */
  readonly causes: readonly Cause[];
  /** What the host knows and the error does not. */
  readonly context: CoreContext;
}

/** A {@link Context} whose times are RFC 3339 in UTC and whose names are known. */
export interface CoreContext extends Omit<Context, "now"> {
  readonly expiresAt?: string | undefined;
  /** Or the seconds since 1970: to write a text, engines look for a time zone first. */
  now?: string | number | undefined;
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
 * They keep no state and decide everything. What they are given and what they
 * give crosses as one text, the form of `wire.ts`.
 */
export interface Core {
  /**
   * Decides on the causes of a failure, an {@link Evidence}; gives a
   * {@link Diagnosis}, or `undefined` where it is not auth.
   */
  diagnose(evidence: string): string | undefined;
  /** Decides on what a failed tool printed, with a {@link CoreContext}; gives the same. */
  diagnoseText(text: string, context: string): string | undefined;
  /** The exit status of a code in a built-in table. */
  exitCode(code: Code, table: ExitTableName): number;
}

/** Asks a core about the causes of a failure. */
export function decided(core: Core, evidence: Evidence): Diagnosis | undefined {
  return diagnosisOf(core.diagnose(evidenceText(evidence)));
}

/** Asks a core about what a failed tool printed. */
export function decidedOnText(
  core: Core,
  text: string,
  context: CoreContext,
): Diagnosis | undefined {
  return diagnosisOf(core.diagnoseText(text, contextText(context)));
}

/** The part of the core that reads profiles; as WebAssembly, a module of its own. */
export interface ProfileCore {
  /** What the given files say of a profile, and which file it has to see next. */
  profileFacts(local: LocalAws): ProfileFacts;
}

/** Files of the project by name. */
export type Documents = readonly (readonly [name: string, content: string])[];

/** The part of the core that checks credentials before a call; as WebAssembly, a module of its own. */
export interface CheckCore extends ProfileCore {
  /** What the given files say beside where credentials come from. */
  profileSettings(local: LocalAws): ProfileSettings;
  /** What a situation comes to, with files of the project by name. */
  check(
    situation: Situation,
    documents: Documents,
  ): Check;
}

/** What a host knows and expects, before a call. */
export interface Situation {
  readonly facts: ProfileFacts;
  readonly settings: ProfileSettings;
  readonly expected: {
    readonly account?: string | undefined;
    readonly region?: string | undefined;
    /** Seconds. */
    readonly minRemaining?: number | undefined;
    /** The names of what was expected too and is not of its type. */
    readonly unreadable: readonly string[];
  };
  /** The permissions of the files that were read. */
  readonly files: readonly { readonly path: string; readonly mode: number }[];
  readonly program: ProgramState;
  readonly identity?: Identity | undefined;
  readonly client?: ClientCredentials | undefined;
  readonly failure?: Evidence | undefined;
  readonly serverTime?: string | undefined;
  readonly now: string;
  readonly utcOffset?: string | undefined;
  readonly subject?: string | undefined;
  readonly shell?: Shell | undefined;
  readonly secrets: readonly string[];
}

/** What the client that asked tells of its credentials, where the caller has made it. */
export interface ClientCredentials {
  /** What the SDK calls their provider. */
  readonly providers: readonly string[];
  /** RFC 3339. */
  readonly expiresAt?: string | undefined;
  readonly hasSessionToken: boolean;
}

/** What the core made of settings for itself, and what a host has to look for. */
export interface ProfileSettings {
  readonly region: string | null;
  /** The program of `credential_process`. */
  readonly credentialProcess: string | null;
}

/** Whether a program can be run. */
export type ProgramState =
  | "unknown"
  | "executable"
  | "not_executable"
  | "missing";

/** What GetCallerIdentity answered. */
export interface Identity {
  readonly account?: string | undefined;
  readonly arn?: string | undefined;
}

/** A native addon in the place of WebAssembly, where a host has linked one. */
export const linked: { native?: Core & CheckCore } = {};

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
  /** What `call` gives for what follows it, or `undefined` where the core failed. */
  ask<Of extends unknown[], T>(
    call: (core: C, ...of: Of) => T,
    ...of: Of
  ): T | undefined;
} {
  let core: C | undefined;
  return {
    ask(call, ...of) {
      try {
        core ??= load();
        return call(core, ...of);
      } catch {
        core = undefined;
        return undefined;
      }
    },
  };
}
