/**
 * How calls fail, and what has to be said of it: one list for every runtime and
 * every version of the AWS SDK for JavaScript.
 *
 * @module
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";

import type { Diagnosis } from "../../npm/credlapse/src/types.ts";
import { type Sim, startSim, type Variables } from "../aws-sim/client.ts";

/** What a program calls. */
export type Operation = "lock" | "put" | "get" | "list" | "head";

/** What a program prints that made one call. */
export interface Outcome {
  /** Name and message of what was thrown; `null` where nothing was. */
  readonly thrown: string | null;
  /** What credlapse says of it; `null` where it says nothing. */
  readonly diagnosis: Diagnosis | null;
}

/** Makes one call in a process of its own, with nothing but these variables. */
export type Call = (
  operation: Operation,
  bucket: string,
  env: Variables,
  settings: object,
) => Promise<Outcome>;

/** The SDK that a call is made with. */
export type Sdk = "v2" | "v3";

/** What has to be said of a failure. */
interface Expected {
  /** `null` where it is no failure of credentials. */
  readonly kind: Diagnosis["kind"] | null;
  /** The command that repairs it. */
  readonly command?: string | undefined;
  /** In the first line of the diagnosis. */
  readonly says?: RegExp;
  /** In what was thrown. */
  readonly thrown?: RegExp;
}

/** One failure: how it comes about, and what has to be said of it. */
export interface Scenario extends Expected {
  readonly name: string;
  readonly operation: Operation;
  /** Makes the failure; gives the variables of the call. */
  readonly arrange: (sim: Sim) => Variables | Promise<Variables>;
  /** Settings of the client. */
  readonly settings?: object;
  /** Where the SDK v2 leaves another trace, or none. */
  readonly v2?: Partial<Expected>;
}

/** Every scenario. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "a legacy SSO session has expired",
    operation: "lock",
    async arrange(sim) {
      await sim.expire({ sso: { session: "legacy" } });
      return sim.withProfile("sso-legacy");
    },
    kind: "sso_session_expired",
    command: "aws sso login --profile sso-legacy",
    says:
      /^Datastore session expired: the SSO session of AWS profile 'sso-legacy'/,
  },
  {
    name: "an sso-session has expired and its refresh is refused",
    operation: "lock",
    async arrange(sim) {
      await sim.expire({ sso: { session: "corp", refreshable: false } });
      return sim.withProfile("sso");
    },
    kind: "sso_session_expired",
    command: "aws sso login --profile sso",
  },
  {
    name: "an SSO session was ended by an administrator",
    operation: "list",
    async arrange(sim) {
      await sim.expire({ sso: { session: "corp", revoked: true } });
      return sim.withProfile("sso");
    },
    kind: "sso_session_expired",
    command: "aws sso login --profile sso",
    // The cache file calls the token valid, and the answer of the portal is lost.
    v2: { kind: "credentials_missing", command: undefined },
  },
  {
    name: "nobody has logged in",
    operation: "lock",
    async arrange(sim) {
      await sim.logout("corp");
      return sim.withProfile("sso");
    },
    kind: "sso_not_logged_in",
    command: "aws sso login --profile sso",
  },
  ...(["put", "get", "list"] as const).map((operation): Scenario => ({
    name: `a session token has expired: ${operation}`,
    operation,
    async arrange(sim) {
      await sim.expire({ keys: "session" });
      return sim.withProfile("session");
    },
    kind: "session_token_expired",
  })),
  {
    name: "a session token has expired, and HEAD has no body to say so",
    operation: "head",
    async arrange(sim) {
      await sim.expire({ keys: "session" });
      return sim.withProfile("session");
    },
    kind: "ambiguous_auth",
  },
  {
    name: "there are no credentials",
    operation: "lock",
    arrange: (sim) => sim.environment.env,
    kind: "credentials_missing",
    v2: { thrown: /Missing credentials in config/ },
  },
  {
    name: "the profile does not exist",
    operation: "lock",
    arrange: (sim) => ({ ...sim.environment.env, AWS_PROFILE: "nope" }),
    kind: "profile_not_found",
    says: /'nope'/,
  },
  {
    name: "the lock object may not be written",
    operation: "lock",
    async arrange(sim) {
      await sim.deny({ action: "s3:PutObject", resource: "*lock.json" });
      return sim.withProfile("static");
    },
    kind: "permission_denied",
    says: /s3:PutObject/,
  },
  {
    name: "the access key is unknown",
    operation: "lock",
    arrange: (sim) => ({
      ...sim.environment.env,
      AWS_ACCESS_KEY_ID: "AKIAUNKNOWNUNKNOWN00",
      AWS_SECRET_ACCESS_KEY: "secret",
    }),
    kind: "invalid_access_key",
  },
  {
    name: "the secret key is wrong",
    operation: "lock",
    arrange: (sim) => ({
      ...sim.withSource("static"),
      AWS_SECRET_ACCESS_KEY: "wrong",
    }),
    kind: "signature_mismatch",
  },
  {
    name: "the clock is an hour off",
    operation: "lock",
    async arrange(sim) {
      await sim.settings({ clock_offset_seconds: 3600 });
      return sim.withProfile("static");
    },
    kind: "clock_skew",
  },
  {
    name: "the role asks for a multi-factor code",
    operation: "lock",
    arrange: (sim) => sim.withProfile("mfa"),
    kind: "mfa_required",
  },
  {
    name: "the credential_process fails",
    operation: "lock",
    async arrange(sim) {
      await sim.failProcess(1, "vault is sealed");
      return sim.withProfile("process");
    },
    kind: "credential_process_failed",
  },
  {
    name: "412: the lock is held",
    operation: "lock",
    async arrange(sim) {
      const { bucket } = sim.environment;
      await sim.putObject(bucket, "prefix/lock.json", "them");
      return sim.withProfile("static");
    },
    kind: null,
    thrown: /^PreconditionFailed/,
  },
  {
    name: "404: no such key",
    operation: "get",
    arrange: (sim) => sim.withProfile("static"),
    kind: null,
    thrown: /^NoSuchKey/,
  },
  {
    name: "404: no such key, told without a body",
    operation: "head",
    arrange: (sim) => sim.withProfile("static"),
    kind: null,
    thrown: /^NotFound/,
  },
  {
    name: "409: two writers met",
    operation: "lock",
    async arrange(sim) {
      const error = { code: "ConditionalRequestConflict", status: 409 };
      await sim.fault({ operation: "PutObject", error });
      return sim.withProfile("static");
    },
    kind: null,
    thrown: /^ConditionalRequestConflict/,
  },
  {
    name: "503: slow down",
    operation: "put",
    async arrange(sim) {
      await sim.fault({ operation: "PutObject", error: { code: "SlowDown" } });
      return sim.withProfile("static");
    },
    kind: null,
    thrown: /^SlowDown/,
  },
  {
    name: "nobody listens",
    operation: "put",
    arrange: (sim) => sim.withProfile("static"),
    settings: { endpoint: "http://127.0.0.1:1" },
    kind: null,
    thrown: /ECONNREFUSED/,
    v2: { thrown: /^UnknownEndpoint/ },
  },
  {
    name: "the connection is cut",
    operation: "put",
    async arrange(sim) {
      await sim.fault({ operation: "PutObject", cut: null, times: null });
      return sim.withProfile("static");
    },
    kind: null,
  },
];

/** The name of a test: what happens, and what is said of it. */
export function title(scenario: Scenario, sdk: Sdk = "v3"): string {
  return `${scenario.name}: ${expected(scenario, sdk).kind ?? "no diagnosis"}`;
}

/** Lets a call fail as the scenario says, and fails unless that is said of it. */
export async function verify(
  scenario: Scenario,
  call: Call,
  sdk: Sdk = "v3",
): Promise<void> {
  const { kind, command, says, thrown: words } = expected(scenario, sdk);
  const { operation, arrange, settings = {} } = scenario;
  const sim = await startSim();
  try {
    const env = await arrange(sim);
    const { bucket } = sim.environment;
    const { thrown, diagnosis } = await call(operation, bucket, env, settings);
    ok(thrown);
    if (words) match(thrown, words);
    if (kind === null) {
      equal(diagnosis, null);
      return;
    }
    ok(diagnosis, `no diagnosis of ${thrown}`);
    equal(diagnosis.kind, kind, diagnosis.text);
    if (command) equal(diagnosis.reauthCommand, command);
    if (says) match(diagnosis.message, says);
    ok(diagnosis.message.length <= 200);
    // The SDK v2 has no plugin to tell which call it was.
    if (sdk === "v2") return;
    deepEqual(
      [diagnosis.service, diagnosis.operation],
      ["S3", COMMANDS[operation]],
    );
  } finally {
    await sim.stop();
  }
}

function expected(scenario: Scenario, sdk: Sdk): Expected {
  return sdk === "v2" ? { ...scenario, ...scenario.v2 } : scenario;
}

const COMMANDS: Record<Operation, string> = {
  lock: "PutObject",
  put: "PutObject",
  get: "GetObject",
  list: "ListObjectsV2",
  head: "HeadObject",
};
