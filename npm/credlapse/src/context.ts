/**
 * A host's context, made fit for the core.
 *
 * @module
 */

import type { CoreContext } from "./core.ts";
import { read, text } from "./evidence.ts";
import { CREDENTIAL_SOURCES, SHELLS } from "./kinds.ts";
import type { Context, ProfileFacts } from "./types.ts";

/**
 * The context with times in RFC 3339 and without anything that is not what its
 * type says: one wrong field must not cost the diagnosis.
 */
export function coreContext(
  context: Context | undefined,
): Writable<CoreContext> {
  return {
    subject: text(read(context, (of) => of.subject)),
    profile: text(read(context, (of) => of.profile)),
    facts: facts(read(context, (of) => of.facts)),
    source: oneOf(CREDENTIAL_SOURCES, read(context, (of) => of.source)),
    expiresAt: time(read(context, (of) => of.expiresAt)),
    now: time(read(context, (of) => of.now)),
    serverTime: time(read(context, (of) => of.serverTime)),
    shell: oneOf(SHELLS, read(context, (of) => of.shell)),
    secrets: texts(read(context, (of) => of.secrets)),
  };
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** A context, or what tells it at each failure. */
export type ContextSource = Context | (() => Context);

/** The context at this moment; none where the host fails to tell. */
export function present(
  source: ContextSource | undefined,
): Context | undefined {
  try {
    return typeof source === "function" ? source() : source;
  } catch {
    return undefined;
  }
}

/** RFC 3339 in UTC of a `Date` or of a text that it reads. */
export function time(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  try {
    const date = typeof value === "string" ? new Date(value) : value;
    const text = (date as Date).toISOString();
    return /^\d{4}-/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** What has the shape of facts, by its one field that is never absent. */
function facts(value: unknown): ProfileFacts | undefined {
  return typeof read(value, (of) => of.profile) === "string"
    ? value as ProfileFacts
    : undefined;
}

/** The value, if it is one of these names. */
export function oneOf<T extends string>(
  names: readonly T[],
  value: unknown,
): T | undefined {
  return names.includes(value as T) ? value as T : undefined;
}

function texts(value: unknown): string[] {
  try {
    return Array.isArray(value)
      ? value.filter((item) => typeof item === "string")
      : [];
  } catch {
    return [];
  }
}
