/**
 * The AWS SDKs under Node.js against a local AWS whose sessions lapse.
 *
 * @module
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import process from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import type { Variables } from "../aws-sim/client.ts";
import { type Call, SCENARIOS, type Sdk, title, verify } from "./scenarios.ts";
import { simulated } from "./simulated.ts";

/** What one program prints, as JSON; it has nothing but these variables. */
async function output(
  script: string,
  args: readonly string[],
  env: Variables,
) {
  const { PATH = "", CREDLAPSE_PACKAGES = "", NODE_PATH = "" } = process.env;
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--no-warnings", path, ...args],
    { env: { PATH, CREDLAPSE_PACKAGES, NODE_PATH, ...env } },
  );
  return JSON.parse(stdout);
}

/** The SDKs by the names under which `package.json` has them. */
const SDKS: [name: string, sdk: Sdk, call: Call][] = [
  ...["@aws-sdk/client-s3", "aws-sdk-client-s3-3.600"].map((name) => {
    const call: Call = (operation, bucket, env, settings) => {
      const args = [name, operation, bucket, JSON.stringify(settings)];
      return output("call_v3.mjs", args, env);
    };
    return [name, "v3", call] as [string, Sdk, Call];
  }),
  ["aws-sdk", "v2", (operation, bucket, env, settings) => {
    const args = [operation, bucket, JSON.stringify(settings)];
    return output("call_v2.mjs", args, { AWS_SDK_LOAD_CONFIG: "1", ...env });
  }],
];

for (const [name, sdk, call] of SDKS) {
  for (const scenario of SCENARIOS) {
    test(`${name}: ${title(scenario, sdk)}`, () => verify(scenario, call, sdk));
  }
}

/** Programs that upload many objects in one run, with the session of a profile. */
const PUSHES = [
  ["@aws-sdk/client-s3", "push_v3.mjs", "sso", "corp"],
  ["aws-sdk-client-s3-3.600", "push_v3.mjs", "sso", "corp"],
  ["aws-sdk", "push_v2.mjs", "sso-legacy", "legacy"],
] as const;

for (const [name, script, profile, session] of PUSHES) {
  simulated(
    `${name}: a push goes on after its session has ended in the middle`,
    async (sim) => {
      const { bucket, home } = sim.environment;
      const fault = { operation: "PutObject", path: "*/push/*" };
      await sim.fault({
        ...fault,
        after: 10,
        expire: { sso: { session, refreshable: false } },
      });
      await sim.fault({ ...fault, after: 10, expire: { keys: session } });
      const PATH = `${home}/bin:${process.env.PATH}`;
      const AWS_SDK_LOAD_CONFIG = "1";
      const env = { ...sim.withProfile(profile), PATH, AWS_SDK_LOAD_CONFIG };
      const args = script === "push_v3.mjs" ? [name, bucket] : [bucket];
      const ended = await output(script, [...args, "30"], env);
      deepEqual(ended, {
        commands: [`aws sso login --profile ${profile}`],
        stored: 30,
      });
      const puts = await sim.requests();
      const refused = puts.filter(({ status }) => status === 400);
      ok(refused.length > 0 && refused.length <= 3);
      for (let n = 0; n < 30; n++) {
        equal(await sim.object(bucket, `push/${n}`), `push/${n}`);
      }
      // What was stored before is not sent again.
      const done = puts.filter(({ operation, status }) =>
        operation === "PutObject" && status === 200
      );
      equal(done.length, 30);
    },
  );
}

simulated(
  "aws-sdk: without AWS_SDK_LOAD_CONFIG an SSO profile is not read, and the files still tell",
  async (sim) => {
    await sim.expire({ sso: { session: "legacy" } });
    const env = sim.withProfile("sso-legacy");
    const args = ["put", sim.environment.bucket, "{}"];
    const { thrown, diagnosis } = await output("call_v2.mjs", args, env);
    match(thrown, /^CredentialsError: Missing credentials in config/);
    equal(diagnosis.kind, "sso_session_expired");
    equal(diagnosis.reauthCommand, "aws sso login --profile sso-legacy");
  },
);
