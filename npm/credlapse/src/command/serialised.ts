/**
 * An error that was serialised as JSON, as a value that could have been thrown.
 *
 * @module
 */

import { DIAGNOSIS } from "../evidence.ts";

/** The error that a text is as a whole; `undefined` where it is none. */
export function serialised(text: string): object | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{")) return undefined;
  try {
    return JSON.parse(trimmed, member);
  } catch {
    return undefined;
  }
}

/**
 * Objects without a prototype, which would lend them a class.
 *
 * The time of the answer is left out: it may be of yesterday, and against the
 * clock of today it proves nothing.
 */
function member(name: string, value: unknown): unknown {
  if (name === "date" || name === "ServerTime") return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  const { service, operation, ...members } = value as Record<string, unknown>;
  const error = Object.assign(Object.create(null), members);
  const type: unknown = error.constructor;
  if (typeof type === "string") error.constructor = { name: type };
  // Some loggers write a list of lines.
  if (Array.isArray(error.stack)) error.stack = error.stack.join("\n");
  const isService = typeof type === "string" &&
    type.endsWith("ServiceException");
  error[DIAGNOSIS] = {
    service: service ?? (isService ? type : undefined),
    operation,
  };
  return error;
}
