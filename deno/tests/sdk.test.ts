/**
 * The AWS SDK v3 under Deno against a local AWS whose sessions lapse.
 *
 * @module
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";

import type { Diagnosis } from "../mod.ts";
import {
  type Sim,
  startSim,
  type Variables,
} from "../../tests/aws-sim/client.ts";
import { deno } from "./isolated.ts";

/** What `call.ts` prints. */
interface Outcome {
  thrown: string | null;
  diagnosis: Diagnosis | null;
}

type Operation = "lock" | "put" | "get" | "list" | "head";

/** Makes a call in a process of its own, with nothing but these variables. */
async function call(
  sim: Sim,
  operation: Operation,
  env: Variables,
  settings: object = {},
): Promise<Outcome> {
  const script = new URL("call.ts", import.meta.url).href;
  const { bucket } = sim.environment;
  const args = [script, operation, bucket, JSON.stringify(settings)];
  const { stdout, stderr } = await deno(["run", "-A", ...args], env);
  ok(stdout, stderr);
  return JSON.parse(stdout);
}

/** One failure: how it comes about, and what has to be said of it. */
interface Scenario {
  name: string;
  operation: Operation;
  /** Makes the failure; gives the variables of the call. */
  arrange: (sim: Sim) => Variables | Promise<Variables>;
  settings?: object;
  kind: Diagnosis["kind"];
  /** The command that repairs it. */
  command?: string;
  says?: RegExp;
}

const LAPSES: Scenario[] = [
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
];

for (const { name, operation, arrange, settings, ...expected } of LAPSES) {
  Deno.test(`${name}: ${expected.kind}`, async () => {
    const sim = await startSim();
    try {
      const env = await arrange(sim);
      const { thrown, diagnosis } = await call(sim, operation, env, settings);
      ok(diagnosis, `no diagnosis of ${thrown}`);
      equal(diagnosis.kind, expected.kind, diagnosis.text);
      if (expected.command) equal(diagnosis.reauthCommand, expected.command);
      if (expected.says) match(diagnosis.message, expected.says);
      ok(diagnosis.message.length <= 200);
      deepEqual([diagnosis.service, diagnosis.operation], [
        "S3",
        COMMANDS[operation],
      ]);
    } finally {
      await sim.stop();
    }
  });
}

const COMMANDS: Record<Operation, string> = {
  lock: "PutObject",
  put: "PutObject",
  get: "GetObject",
  list: "ListObjectsV2",
  head: "HeadObject",
};

/** Failures of which credlapse has nothing to say. */
const OTHERS: Omit<Scenario, "kind">[] = [
  {
    name: "412: the lock is held",
    operation: "lock",
    async arrange(sim) {
      const { bucket } = sim.environment;
      await sim.putObject(bucket, "prefix/lock.json", "them");
      return sim.withProfile("static");
    },
    says: /^PreconditionFailed/,
  },
  {
    name: "404: no such key",
    operation: "get",
    arrange: (sim) => sim.withProfile("static"),
    says: /^NoSuchKey/,
  },
  {
    name: "404: no such key, told without a body",
    operation: "head",
    arrange: (sim) => sim.withProfile("static"),
    says: /^NotFound/,
  },
  {
    name: "409: two writers met",
    operation: "lock",
    async arrange(sim) {
      const error = { code: "ConditionalRequestConflict", status: 409 };
      await sim.fault({ operation: "PutObject", error });
      return sim.withProfile("static");
    },
    says: /^ConditionalRequestConflict/,
  },
  {
    name: "503: slow down",
    operation: "put",
    async arrange(sim) {
      await sim.fault({ operation: "PutObject", error: { code: "SlowDown" } });
      return sim.withProfile("static");
    },
    says: /^SlowDown/,
  },
  {
    name: "nobody listens",
    operation: "put",
    arrange: (sim) => sim.withProfile("static"),
    settings: { endpoint: "http://127.0.0.1:1" },
    says: /ECONNREFUSED/,
  },
  {
    name: "the connection is cut",
    operation: "put",
    async arrange(sim) {
      await sim.fault({ operation: "PutObject", cut: null, times: null });
      return sim.withProfile("static");
    },
  },
];

for (const { name, operation, arrange, settings, says } of OTHERS) {
  Deno.test(`${name}: no diagnosis`, async () => {
    const sim = await startSim();
    try {
      const env = await arrange(sim);
      const { thrown, diagnosis } = await call(sim, operation, env, settings);
      ok(thrown);
      if (says) match(thrown, says);
      equal(diagnosis, null);
    } finally {
      await sim.stop();
    }
  });
}
