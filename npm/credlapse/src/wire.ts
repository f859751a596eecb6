/**
 * The text in which evidence goes to the core and a diagnosis comes back.
 *
 * It holds fields in a fixed order, each as its length, a colon and itself:
 * `3:dev`. A colon alone is a field that is absent, and a list is the field of
 * its length, then those of its items. What comes back is of the types that
 * are expected, so that a number there needs no length: `10:`. `wire.rs` of the
 * core is the other side.
 *
 * @module
 */

import type { CoreContext, Evidence } from "./core.ts";
import type { Actor, Code, Confidence, Kind, Retry } from "./kinds.ts";
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
  // An object whose fields are added one by one is copied again and again.
  const diagnosis = {
    code: fields.text() as Code,
    kind: fields.text() as Kind,
    confidence: fields.text() as Confidence,
    message: fields.text(),
    action: fields.text(),
    detail: fields.text(),
    expired: fields.truth(),
    ...end(fields.known()),
    retry: fields.text() as Retry,
    retryable: fields.truth(),
    reauthCommand: fields.known(),
    reauthArgv: fields.list(),
    reauthEnvVar: fields.known(),
    advice: fields.text(),
    help: fields.text(),
    actor: fields.text() as Actor,
    exitCode: fields.number() ?? 0,
    safeToDiscard: fields.truth(),
    profile: fields.known(),
    service: fields.known(),
    operation: fields.known(),
    awsCode: fields.known(),
    status: fields.number(),
    requestId: fields.known(),
    requiredPermission: fields.known(),
    resource: fields.known(),
    settledBy: fields.known(),
    rule: fields.text(),
    text: "",
  };
  const { message, action, detail } = diagnosis;
  diagnosis.text = `${message}\n  ${action}\n  (${detail})`;
  return diagnosis;
}

function end(expiredAt: string | null): { expiredAt: string } | undefined {
  return expiredAt === null ? undefined : { expiredAt };
}

const COLON = 0x3a;
const ZERO = 0x30;

/** The fields that are left of a text. */
class Fields {
  readonly #wire: string;
  #at = 0;

  constructor(wire: string) {
    this.#wire = wire;
  }

  /** The next field as a number, or the length of it; `null` where it is absent. */
  number(): number | null {
    const wire = this.#wire;
    let at = this.#at;
    let number: number | null = null;
    // All digits come before the colon, and NaN, the end of the text, is not less.
    for (let sign; (sign = wire.charCodeAt(at++)) < COLON;) {
      number = (number ?? 0) * 10 + sign - ZERO;
    }
    this.#at = at;
    return number;
  }

  /** The next field as a text; `null` where it is absent. */
  known(): string | null {
    const length = this.number();
    if (length === null) return null;
    const at = this.#at;
    return this.#wire.slice(at, this.#at = at + length);
  }

  text(): string {
    return this.known() ?? "";
  }

  truth(): boolean {
    return this.number() === 1;
  }

  list(): string[] | null {
    const length = this.number();
    if (length === null) return null;
    const items: string[] = [];
    for (let i = 0; i < length; i++) items.push(this.text());
    return items;
  }
}
