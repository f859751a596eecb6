/**
 * The example `examples/node-cdk`, with the real CDK against a local AWS.
 *
 * @module
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { type Sim, startSim, type Variables } from "../aws-sim/client.ts";

const EXAMPLE = fileURLToPath(
  new URL("../../examples/node-cdk", import.meta.url),
);
const PACKAGES = process.env.CREDLAPSE_PACKAGES ?? "";

/** The example as a project that has installed what it needs. */
const project = mkdtempSync(join(tmpdir(), "credlapse-cdk-"));
after(() => rmSync(project, { recursive: true }));
for (const name of ["bin", "lib", "site", "cdk.json", "deploy.mjs"]) {
  cpSync(join(EXAMPLE, name), join(project, name), { recursive: true });
}
const modules = join(project, "node_modules");
mkdirSync(modules);
for (const name of readdirSync(join(EXAMPLE, "node_modules"))) {
  if (name === "credlapse") continue;
  symlinkSync(join(EXAMPLE, "node_modules", name), join(modules, name));
}
for (const name of ["credlapse", "@credlapse"]) {
  symlinkSync(join(PACKAGES, name), join(modules, name));
}

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of the example with nothing but these variables. */
function run(
  args: readonly string[],
  env: Variables,
  input = "",
): Promise<Ended> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: project,
    env: {
      PATH,
      NO_COLOR: "1",
      NODE_NO_WARNINGS: "1",
      CI: "1",
      CDK_DISABLE_VERSION_CHECK: "1",
      ...env,
    },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => stdout += text);
  child.stderr.setEncoding("utf8").on("data", (text) => stderr += text);
  child.stdin.end(input);
  return new Promise((resolve) =>
    child.once(
      "close",
      (status) => resolve({ status: status ?? -1, stdout, stderr }),
    )
  );
}

/** Runs with a simulator in which the profile has logged in. */
function simulated(
  name: string,
  check: (sim: Sim, env: Variables) => Promise<void>,
): void {
  test(name, async () => {
    const sim = await startSim();
    try {
      const PATH = `${sim.environment.home}/bin:${process.env.PATH}`;
      await check(sim, { ...sim.withProfile("sso-legacy"), PATH });
    } finally {
      await sim.stop();
    }
  });
}

for (const app of ["bin/app.cjs", "bin/app.mjs"]) {
  simulated(
    `${app} builds nothing with an expired session, and all after a login`,
    async (sim, env) => {
      const out = join(project, `${app.slice(4)}.out`);
      const variables = { ...env, CDK_OUTDIR: out };
      await sim.expire({ sso: { session: "legacy" } });
      const failed = await run([app], variables);
      equal(failed.status, 10, failed.stderr);
      match(
        failed.stderr,
        /^Deploy session expired: .*\n {2}Run: aws sso login --profile sso-legacy /,
      );
      ok(!existsSync(out));

      await sim.login("legacy");
      const done = await run([app], variables);
      equal(done.status, 0, done.stderr);
      const read = (name: string) =>
        JSON.parse(readFileSync(join(out, name), "utf8"));
      const template = read("Site.template.json");
      const types = Object.values<{ Type: string }>(template.Resources)
        .map(({ Type }) => Type);
      ok(types.includes("AWS::S3::Bucket"));
      ok(types.includes("Custom::CDKBucketDeployment"));
      const { environment } = read("manifest.json").artifacts.Site;
      equal(environment, "aws://123456789012/us-east-1");
    },
  );
}

simulated(
  "another account is refused before anything is built",
  async (_, env) => {
    const variables = { ...env, DEPLOY_ACCOUNT: "999999999999" };
    const { status, stderr } = await run(["bin/app.cjs"], variables);
    equal(status, 8);
    match(stderr, /^The account is 123456789012, not 999999999999\./);
  },
);

simulated(
  "the deploy script asks, logs in, and goes on as far as CloudFormation",
  async (sim, env) => {
    await sim.expire({ sso: { session: "legacy" } });
    const declined = await run(["deploy.mjs", "deploy"], env, "n\n");
    equal(declined.status, 10);
    // The end of the input, as in CI, is no consent.
    const unanswered = await run(["deploy.mjs", "deploy"], env);
    equal(unanswered.status, 10);
    deepEqual(await sim.requests(), []);

    const { stdout, stderr } = await run(["deploy.mjs", "deploy"], env, "y\n");
    match(stderr, /Run aws sso login --profile sso-legacy now\? \[Y\/n\]/);
    match(stdout, /^Successfully logged into /);
    const asked = (await sim.requests()).map(({ service, operation }) =>
      `${service} ${operation}`
    );
    for (
      const call of [
        "sts GetCallerIdentity",
        "sts AssumeRole",
        "s3 ListObjectsV2",
      ]
    ) {
      ok(asked.includes(call), `${call}: ${stderr}`);
    }
  },
);

simulated(
  "a session that ends in the middle is told, repaired and resumed",
  async (sim, env) => {
    await sim.fault({
      service: "sts",
      operation: "AssumeRole",
      expire: { sso: { session: "legacy" } },
    });
    await sim.fault({
      service: "sts",
      operation: "AssumeRole",
      expire: { keys: "legacy" },
    });
    const args = ["deploy.mjs", "--yes", "deploy"];
    const { stdout, stderr } = await run(args, env);
    match(stderr, /\nDeploy session expired: /);
    match(stdout, /Successfully logged into /);
    const { length } = stdout.match(/Synthesis time/g) ?? [];
    equal(length, 2, stderr);
  },
);
