/**
 * The text in which evidence goes to the core and a diagnosis comes back.
 *
 * It holds fields in a fixed order, each as its length, a colon and itself:
 * `3:dev`. A colon alone is a field that is absent, and a list is the field of
 * its length, then those of its items. `wire.rs` of the core is the other side.
 *
 * @module
 */

import type { CoreContext, Evidence } from "./core.ts";
import type { Actor, Retry } from "./kinds.ts";
import type { Diagnosis, ProfileFacts } from "./types.ts";

/** The fields of the context, then those of each cause. */
export function evidenceText({ causes, context }: Evidence): string {
  let text = contextText(context);
  for (const cause of causes) {
    text += field(cause.name) + field(cause.code) + field(cause.message) +
      field(cause.status) + field(cause.service) + field(cause.operation) +
      field(cause.requestId);
  }
  return text;
}

/** The fields of a context, in their order. */
export function contextText(context: CoreContext): string {
  return field(context.subject) + field(context.profile) +
    factsText(context.facts) + field(context.source) +
    field(context.expiresAt) + field(context.now) +
    field(context.serverTime) + field(context.shell) +
    list(context.secrets, field);
}

/** Those between two lists are texts and truths. */
const FACTS = [
  "profile",
  "chosenBy",
  "exists",
  "source",
  "shadowedSource",
  "sourceProfile",
  "roleArn",
  "mfaSerial",
  "hasSessionToken",
  "ssoSession",
  "ssoStartUrl",
  "loginSession",
  "token",
  "canRefresh",
  "expiresAt",
  "needs",
] as const satisfies readonly (keyof ProfileFacts)[];

/** Facts are the core's own, unless somebody made them by hand: then anything may be in them. */
function factsText(facts: ProfileFacts | undefined): string {
  if (facts === undefined) return ":";
  try {
    return field(1) + FACTS.map((name) => field(facts[name])).join("") +
      list(facts.problems, problem) + list(facts.knownProfiles, field);
  } catch {
    return ":";
  }
}

/** The list of its name and what is in it: of `{"role_loop": "dev"}` and `{"duplicate": {"file": "x", "line": 7}}`. */
function problem(of: unknown): string {
  const [[name, content] = []] = Object.entries(of ?? {});
  const parts = typeof content === "object" && content !== null
    ? Object.values(content).flat()
    : [content];
  return list([name, ...parts], field);
}

function list(of: unknown, item: (of: unknown) => string): string {
  if (!Array.isArray(of) || of.length === 0) return ":";
  const items = Array.from(of, item);
  return field(items.length) + items.join("");
}

function field(of: unknown): string {
  switch (typeof of) {
    case "string":
      return `${of.length}:${of}`;
    case "number":
    case "boolean":
      return field(String(Number(of)));
    default:
      return ":";
  }
}

/** The diagnosis whose fields a text holds. */
export function diagnosisOf(text: string | undefined): Diagnosis | undefined {
  if (text === undefined) return undefined;
  const fields = new Fields(text);
  const diagnosis = {
    code: fields.text(),
    kind: fields.text(),
    confidence: fields.text(),
    message: fields.text(),
    action: fields.text(),
    detail: fields.text(),
    expired: fields.truth(),
  } as Writable<Diagnosis>;
  const expiredAt = fields.known();
  if (expiredAt !== null) diagnosis.expiredAt = expiredAt;
  diagnosis.retry = fields.text() as Retry;
  diagnosis.retryable = fields.truth();
  diagnosis.reauthCommand = fields.known();
  diagnosis.reauthArgv = fields.list();
  diagnosis.reauthEnvVar = fields.known();
  diagnosis.advice = fields.text();
  diagnosis.help = fields.text();
  diagnosis.actor = fields.text() as Actor;
  diagnosis.exitCode = Number(fields.text());
  diagnosis.safeToDiscard = fields.truth();
  diagnosis.profile = fields.known();
  diagnosis.service = fields.known();
  diagnosis.operation = fields.known();
  diagnosis.awsCode = fields.known();
  diagnosis.status = fields.number();
  diagnosis.requestId = fields.known();
  diagnosis.requiredPermission = fields.known();
  diagnosis.resource = fields.known();
  diagnosis.settledBy = fields.known();
  diagnosis.rule = fields.text();
  const { message, action, detail } = diagnosis;
  diagnosis.text = `${message}\n  ${action}\n  (${detail})`;
  return diagnosis;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

const COLON = 0x3a;
const ZERO = 0x30;

/** The fields that are left of a text. */
class Fields {
  readonly #wire: string;
  #at = 0;

  constructor(wire: string) {
    this.#wire = wire;
  }

  /** The next field; `null` where it is absent. */
  known(): string | null {
    const wire = this.#wire;
    let at = this.#at;
    let sign = wire.charCodeAt(at++);
    if (sign === COLON) {
      this.#at = at;
      return null;
    }
    let length = 0;
    // All digits come before the colon, and NaN, the end of the text, is not less.
    for (; sign < COLON; sign = wire.charCodeAt(at++)) {
      length = length * 10 + sign - ZERO;
    }
    this.#at = at + length;
    return wire.slice(at, this.#at);
  }

  text(): string {
    return this.known() ?? "";
  }

  truth(): boolean {
    return this.known() === "1";
  }

  number(): number | null {
    const number = this.known();
    return number === null ? null : Number(number);
  }

  list(): string[] | null {
    const length = this.number();
    if (length === null) return null;
    const items: string[] = [];
    for (let i = 0; i < length; i++) items.push(this.text());
    return items;
  }
}
