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
import { after } from "node:test";
import { fileURLToPath } from "node:url";

import type { Sim, Variables } from "../aws-sim/client.ts";
import { simulated } from "./simulated.ts";

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
function loggedIn(
  name: string,
  check: (sim: Sim, env: Variables) => Promise<void>,
): void {
  simulated(name, (sim) => {
    const PATH = `${sim.environment.home}/bin:${process.env.PATH}`;
    return check(sim, { ...sim.withProfile("sso-legacy"), PATH });
  });
}

for (const app of ["bin/app.cjs", "bin/app.mjs"]) {
  loggedIn(
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

loggedIn(
  "another account is refused before anything is built",
  async (_, env) => {
    const variables = { ...env, DEPLOY_ACCOUNT: "999999999999" };
    const { status, stderr } = await run(["bin/app.cjs"], variables);
    equal(status, 8);
    match(stderr, /^The account is 123456789012, not 999999999999\./);
  },
);

loggedIn(
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

loggedIn(
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

/** What a toolkit error is, and what is said of it without and with the local files. */
interface Thrown {
  readonly name: string;
  readonly message: RegExp;
  /** The name of its cause, which most of them have lost. */
  readonly cause?: string;
  /** An `AuthenticationError` by its brand. */
  readonly isBranded: boolean;
  readonly alone: string;
  readonly kind: string;
  readonly command?: string;
}

const NO_CREDENTIALS = {
  name: "NoCredentials",
  message: /, but no credentials have been configured$/,
  isBranded: true,
  alone: "credentials_missing",
};
const EXPIRED = {
  kind: "sso_session_expired",
  command: "aws sso login --profile sso-legacy",
};
const ACCOUNT = "123456789012";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;

/** Each way in which the toolkit refuses an account or a role. */
const TOOLKIT: readonly {
  readonly title: string;
  readonly arrange: (sim: Sim) => Promise<Variables> | Variables;
  readonly account?: string;
  readonly role?: string;
  readonly thrown: Thrown;
}[] = [
  {
    title: "an expired session",
    async arrange(sim) {
      await sim.expire({ sso: { session: "legacy" } });
      return sim.withProfile("sso-legacy");
    },
    thrown: { ...NO_CREDENTIALS, ...EXPIRED },
  },
  {
    title: "an expired session of a stack without an account",
    async arrange(sim) {
      await sim.expire({ sso: { session: "legacy" } });
      return sim.withProfile("sso-legacy");
    },
    account: "",
    thrown: {
      ...NO_CREDENTIALS,
      name: "UnresolvedAccount",
      message: /^Unable to resolve AWS account to use\./,
      ...EXPIRED,
    },
  },
  {
    title: "nobody has logged in",
    async arrange(sim) {
      await sim.logout("legacy");
      return sim.withProfile("sso-legacy");
    },
    thrown: {
      ...NO_CREDENTIALS,
      kind: "sso_not_logged_in",
      command: EXPIRED.command,
    },
  },
  {
    title: "an unknown profile",
    arrange: (sim) => ({ ...sim.environment.env, AWS_PROFILE: "nobody" }),
    thrown: { ...NO_CREDENTIALS, kind: "profile_not_found" },
  },
  {
    title: "no credentials at all",
    arrange: (sim) => ({
      ...sim.environment.env,
      AWS_EC2_METADATA_DISABLED: "true",
    }),
    thrown: { ...NO_CREDENTIALS, kind: "credentials_missing" },
  },
  {
    title: "credentials of another account",
    arrange: (sim) => sim.withProfile("sso-legacy"),
    account: "999999999999",
    thrown: {
      name: "IncorrectDefaultCredentials",
      message: /, but the current credentials are for 123456789012$/,
      isBranded: true,
      alone: "profile_misconfigured",
      kind: "profile_misconfigured",
    },
  },
  {
    title: "a role that may not be assumed",
    async arrange(sim) {
      await sim.deny({ action: "sts:AssumeRole" });
      return sim.withProfile("session");
    },
    account: "999999999999",
    role: ROLE,
    thrown: {
      name: "AssumeRoleFailed",
      message: /^Could not assume role in target account using current /,
      isBranded: true,
      alone: "assume_role_denied",
      kind: "assume_role_denied",
    },
  },
  {
    title: "keys that end before the role is assumed",
    async arrange(sim) {
      const operation = "AssumeRole";
      const error = { code: "ExpiredToken" };
      await sim.fault({ service: "sts", operation, error, times: null });
      return sim.withProfile("session");
    },
    role: ROLE,
    thrown: {
      name: "AssumeRoleExpiredToken",
      message: /^Assuming role failed: ExpiredToken$/,
      cause: "ExpiredToken",
      // The toolkit makes an error with a cause of another class.
      isBranded: false,
      alone: "session_token_expired",
      kind: "session_token_expired",
    },
  },
];

for (
  const { title, arrange, account = ACCOUNT, role = "", thrown } of TOOLKIT
) {
  loggedIn(`thrown by the toolkit: ${title}`, async (sim) => {
    const script = fileURLToPath(new URL("call_cdk.mjs", import.meta.url));
    const toolkit = join(EXAMPLE, "node_modules/aws-cdk/lib/index.js");
    const { stdout, stderr } = await run([script, toolkit, account, role], {
      CREDLAPSE_PACKAGES: PACKAGES,
      NODE_PATH: PACKAGES,
      ...await arrange(sim),
    });
    ok(stdout, stderr);
    const { message, alone, diagnosis, ...rest } = JSON.parse(stdout);
    equal(rest.name, thrown.name);
    equal(rest.cause, thrown.cause);
    equal(rest.isBranded, thrown.isBranded);
    match(message, thrown.message);
    equal(alone.kind, thrown.alone);
    equal(alone.reauthCommand, null);
    equal(diagnosis.kind, thrown.kind);
    equal(diagnosis.reauthCommand, thrown.command ?? null);
    match(diagnosis.message, /^Deploy /);
  });
}
