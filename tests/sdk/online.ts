/**
 * `check --online` of the npm package, against a local AWS, beside the command
 * written in Rust: each asks STS through the AWS SDK of its own language.
 *
 * @module
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

import type { Variables } from "../aws-sim/client.ts";
import { projectWithSdks } from "./project.ts";
import { simulated } from "./simulated.ts";

const RUST = process.env.CREDLAPSE_BIN ?? "";
const NODE = join(
  process.env.CREDLAPSE_PACKAGES ?? "",
  "credlapse/dist/command.cjs",
);

/** A project that has the SDK. */
const folder = projectWithSdks();

/** What one of the two found. */
interface Found {
  readonly status: number;
  // deno-lint-ignore no-explicit-any
  readonly check: any;
}

function run(program: string, args: string[], env: Variables): Promise<Found> {
  const { PATH = "", NODE_PATH = "" } = process.env;
  const options = {
    cwd: folder,
    // Of retries the SDKs have each their own.
    env: { PATH, NODE_PATH, AWS_MAX_ATTEMPTS: "1", ...env },
  };
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, options, (_, stdout, stderr) => {
      try {
        resolve({ status: child.exitCode ?? -1, check: JSON.parse(stdout) });
      } catch {
        reject(new Error(`${program}: ${stdout}${stderr}`));
      }
    });
  });
}

/** What both say, each in the words of its SDK alone. */
async function same(env: Variables): Promise<Found> {
  const args = ["check", "--online", "--format", "json"];
  const rust = await run(RUST, args, env);
  for (const CREDLAPSE_FORCE_WASM of ["0", "1"]) {
    const node = await run(process.execPath, [NODE, ...args], {
      ...env,
      CREDLAPSE_FORCE_WASM,
    });
    deepEqual(essence(node), essence(rust));
  }
  return rust;
}

function essence({ status, check }: Found) {
  const { ok, code, online, account, arn, error, findings } = check;
  return {
    status,
    ok,
    code,
    online,
    account,
    // The SDKs have each their own name for the session of a role.
    arn: arn?.replace(/(:assumed-role\/.*\/).*/, "$1"),
    kind: error?.kind,
    message: error?.message,
    action: error?.action,
    login: check.reauth_argv,
    findings: findings.map(({ code }: { code: string }) => code),
  };
}

simulated("who the caller is", async (sim) => {
  for (const profile of ["static", "session", "sso", "role"] as const) {
    const { status, check } = await same(sim.withProfile(profile));
    equal(status, 0, profile);
    equal(check.online, true, profile);
    ok(check.arn, profile);
  }
});

simulated("an expired session, and none after the login", async (sim) => {
  const env = sim.withProfile("sso-legacy");
  await sim.expire({ sso: { session: "legacy" } });
  const { status, check } = await same(env);
  equal(status, 10);
  equal(check.reauth_command, "aws sso login --profile sso-legacy");
  await sim.login("legacy");
  equal((await same(env)).status, 0);
});

simulated("what only STS knows", async (sim) => {
  const unknown = await same({
    ...sim.environment.env,
    AWS_ACCESS_KEY_ID: "AKIAUNKNOWNUNKNOWN00",
    AWS_SECRET_ACCESS_KEY: "secret",
  });
  equal(unknown.check.error.kind, "invalid_access_key");
  equal(unknown.status, 8);
  await sim.settings({ clock_offset_seconds: 3600 });
  const skewed = await same(sim.withProfile("static"));
  equal(skewed.check.code, "CLOCK_SKEW");
});

simulated("STS that cannot be reached", async (sim) => {
  const { status, check } = await same({
    ...sim.withProfile("static"),
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  });
  equal(status, 69);
  equal(check.error, null);
});
