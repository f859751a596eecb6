/**
 * Evidence from anything that can be thrown.
 *
 * Values are read by name, never by enumeration: `message` is not enumerable,
 * and what the SDKs enumerate holds session tokens. Each property is read once
 * and may throw. Nothing is judged here; texts go to the core as they are.
 *
 * @module
 */

import type { Cause } from "./types.ts";

/** How deep causes are followed. */
export const MAX_DEPTH = 8;
/** How many errors of one failure are looked at. */
export const MAX_NODES = 64;
/** How many errors of one `AggregateError` are looked at. */
export const MAX_ERRORS = 16;
/** How many UTF-16 units of one text are kept. */
export const MAX_TEXT = 4096;

/** The property that carries a diagnosis on an error that a plugin has seen. */
export const DIAGNOSIS: unique symbol = Symbol.for("credlapse.diagnosis");

/** What a thrown value tells. */
export interface Extracted {
  /** The errors, outermost first: each is caused by the next. */
  readonly causes: readonly Cause[];
  /** The time of the answer, as the server wrote it. */
  readonly serverTime: string | undefined;
}

/**
 * Takes everything that helps a diagnosis from a thrown value.
 *
 * Total: every value gives a flat list without cycles of at most
 * {@link MAX_NODES} causes, none of them empty.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 *
 * const cause = Object.assign(new Error("Token is expired."), {
 *   name: "CredentialsProviderError",
 * });
 * const { causes } = extract(new Error("cannot take the lock", { cause }));
 * equal(causes[1]?.name, "CredentialsProviderError");
 * ```
 */
export function extract(thrown: unknown): Extracted {
  const walk = new Walk();
  walk.visit(thrown, {}, 0);
  return { causes: walk.causes, serverTime: walk.serverTime };
}

/** Anything, as if every property were there. */
export interface Anything {
  readonly [name: PropertyKey]: unknown;
}

/**
 * Reads a property of anything; `undefined` where there is none or it throws.
 *
 * @param get Reads the one property. By a key that is a value, as `of[key]`,
 * engines would look it up from the start each time.
 */
export function read(
  value: unknown,
  get: (of: Anything) => unknown,
): unknown {
  // To throw and catch costs more than all the rest.
  if (value === null || value === undefined) return undefined;
  try {
    return get(value as Anything);
  } catch {
    return undefined;
  }
}

/** The text, cut to at most {@link MAX_TEXT}; `undefined` where nothing is left of it, and for any other type. */
export function text(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return value.length <= MAX_TEXT ? value : cut(value) || undefined;
}

/** The errors from which only a stack tells that an SDK threw them. */
const ORDINARY = [
  undefined,
  "Error",
  "TypeError",
  "SyntaxError",
  "RangeError",
  "ReferenceError",
];

/** The SDK package, or the SDK v2 module, that a stack frame names. */
const FRAME =
  /[\\/](@(?:aws-sdk|smithy)[\\/][a-z0-9-]+|aws-sdk)(?:[\\/][\d.]+)?[\\/](lib[\\/][\w\\/]+)?/;

class Walk {
  readonly causes: Cause[] = [];
  serverTime: string | undefined;
  readonly #seen: unknown[] = [];

  visit(value: unknown, parent: Cause, depth: number): void {
    if (value === null || value === undefined || depth > MAX_DEPTH) return;
    if (typeof value !== "object" && typeof value !== "function") {
      this.#push({ message: text(primitive(value)) }, parent);
      return;
    }
    if (this.#seen.length >= MAX_NODES || this.#seen.includes(value)) return;
    this.#seen.push(value);

    const said = text(read(value, (of) => of.Message));
    const cause = this.#cause(value, said);
    this.#push({ name: throwerOf(value, cause) }, parent);
    this.#push(cause, parent);
    this.#push({ code: cause.code, message: said }, cause);
    this.#otherAccounts(value, cause, depth);
    this.visit(read(value, (of) => of.cause), cause, depth + 1);
    this.visit(read(value, (of) => of.originalError), cause, depth + 1);
    this.visit(read(value, (of) => of.reason), cause, depth + 1);
    const errors = read(value, (of) => of.errors);
    if (typeof errors !== "object") return;
    const length = read(errors, (of) => of.length);
    if (typeof length !== "number") return;
    for (let index = 0; index < Math.min(length, MAX_ERRORS); index++) {
      this.visit(read(errors, (of) => of[index]), cause, depth + 1);
    }
  }

  #cause(value: object, said: string | undefined): Cause {
    const metadata = read(value, (of) => of.$metadata);
    const response = read(value, (of) => of.$response);
    const headers = read(response, (of) => of.headers);
    // An error that a plugin has seen knows which call it belongs to.
    const seen = read(value, (of) => of[DIAGNOSIS]);
    this.serverTime ??= text(read(headers, (of) => of.date)) ??
      text(read(value, (of) => of.ServerTime));
    return {
      name: nameOf(value),
      code: text(read(value, (of) => of.Code)) ??
        text(read(value, (of) => of.code)) ??
        text(read(value, (of) => of.__type)) ??
        text(read(headers, (of) => of["x-amzn-errortype"])) ??
        text(read(headers, (of) => of["x-amz-error-code"])) ??
        text(read(headers, (of) => of["x-minio-error-code"])),
      message: text(read(value, (of) => of.message)) ?? said,
      status: status(read(metadata, (of) => of.httpStatusCode)) ??
        status(read(value, (of) => of.statusCode)) ??
        status(read(value, (of) => of.status)) ??
        status(read(value, (of) => of.httpStatusCode)) ??
        status(read(response, (of) => of.statusCode)),
      service: text(read(seen, (of) => of.service)) ??
        (metadata === undefined ? undefined : serviceOf(value)),
      operation: text(read(seen, (of) => of.operation)),
      requestId: text(read(metadata, (of) => of.requestId)) ??
        text(read(value, (of) => of.requestId)) ??
        text(read(value, (of) => of.RequestId)),
    };
  }

  /** Some errors tell twice what happened, and the SDK's wrapper is the vaguer. */
  #otherAccounts(value: object, cause: Cause, depth: number): void {
    this.visit(read(value, (of) => of.Error), cause, depth + 1);
    const error = read(value, (of) => of.error);
    const description = text(read(value, (of) => of.error_description));
    if (typeof error === "object") {
      this.visit(error, cause, depth + 1);
    } else if (description !== undefined) {
      const { name } = cause;
      this.#push({ name, code: text(error), message: description }, cause);
    }
  }

  /** Keeps a cause that tells anything its parent does not. */
  #push(cause: Cause, parent: Cause): void {
    const { name, code, message, status } = cause;
    const tells = name !== undefined || status !== undefined ||
      code !== undefined && code !== parent.code && code !== parent.name ||
      message !== undefined && message !== parent.message;
    if (tells && this.causes.length < MAX_NODES) this.causes.push(cause);
  }
}

function primitive(value: unknown): string {
  return typeof value === "symbol" ? value.description ?? "" : String(value);
}

/** What no key and no token has in it. */
const SEPARATORS = [" ", "\n", "\t", '"', "'", ",", ";", "<", "&"];

/**
 * The head, and of what ends with another program's output the last lines too.
 *
 * A secret may stand across a cut, and half of one is not recognised: so both
 * are where none can stand.
 */
function cut(value: string): string {
  const places = SEPARATORS.map((separator) =>
    value.lastIndexOf(separator, MAX_TEXT - 1025)
  );
  const head = value.slice(0, Math.max(...places) + 1);
  const end = value.indexOf("\n", value.length - 1024);
  return end < 0 ? head : head + value.slice(end);
}

function status(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{3}$/.test(value)
    ? Number(value)
    : value;
  return typeof number === "number" && number >= 100 && number <= 599 &&
      Number.isInteger(number)
    ? number
    : undefined;
}

function nameOf(value: object): string | undefined {
  const name = read(value, (of) => of.name);
  const own = typeof name === "number" ? String(name) : text(name);
  if (own !== "Error") return own;
  return text(read(read(value, (of) => of.constructor), (of) => of.name)) ??
    own;
}

/** How the classes of all services end. */
const SERVICE = "ServiceException";

/** The class of the service's errors: it names the service, its children do not. */
function serviceOf(value: object): string | undefined {
  try {
    let proto: unknown = value;
    for (let depth = 0; depth < 5 && proto; depth++) {
      proto = Object.getPrototypeOf(proto);
      const name = read(read(proto, (of) => of.constructor), (of) => of.name);
      if (
        typeof name === "string" && name !== SERVICE && name.endsWith(SERVICE)
      ) {
        return text(name);
      }
    }
  } catch {
    // A proxy may refuse to name its prototype.
  }
  return undefined;
}

/**
 * Which part of an SDK threw an ordinary error, by the first frames of its stack.
 *
 * Only ordinary errors are asked: a stack is costly to make, and an error of an
 * SDK says whose it is.
 */
function throwerOf(
  value: object,
  { name, message }: Cause,
): string | undefined {
  if (message === undefined || !ORDINARY.includes(name)) return undefined;
  const stack = read(value, (of) => of.stack);
  if (typeof stack !== "string") return undefined;
  const frames = Math.max(stack.indexOf("\n    at ", message.length), 0);
  const match = FRAME.exec(stack.slice(frames, frames + 2048));
  if (match === null) return undefined;
  const [, scope = "", module] = match;
  const place = module === undefined ? scope : `${scope}/${module}`;
  return place.replaceAll("\\", "/");
}
