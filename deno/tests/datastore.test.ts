/**
 * The example extension, bundled as a host bundles it and run elsewhere.
 *
 * @module
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";

import {
  type Sim,
  startSim,
  type Variables,
} from "../../tests/aws-sim/client.ts";
import { deno, type Ended } from "./isolated.ts";

const EXAMPLE = fileURLToPath(
  new URL("../../examples/deno-datastore/", import.meta.url),
);

/** The flags with which a host bundles an extension. */
const BUNDLE = [
  "bundle",
  "--quiet",
  "--no-lock",
  "--node-modules-dir=none",
  "--external",
  "npm:zod@4",
  "--external",
  "npm:zod",
  "--platform",
  "deno",
];

/** A bundle in a folder of its own, beside files to push. */
class Extension {
  private constructor(readonly folder: string, readonly sim: Sim) {}

  static async bundled(): Promise<Extension> {
    const folder = await Deno.makeTempDir();
    const args = [...BUNDLE, "-o", `${folder}/s3.js`, "datastore.ts"];
    const { code, stderr } = await deno(args, undefined, EXAMPLE);
    equal(code, 0, stderr);
    await Deno.mkdir(`${folder}/data`);
    for (let number = 1; number <= 8; number++) {
      await Deno.writeTextFile(`${folder}/data/${number}.txt`, `${number}`);
    }
    return new Extension(folder, await startSim());
  }

  run(env: Variables, verb: "push" | "pull", ...more: string[]) {
    const settings = {
      bucket: this.sim.environment.bucket,
      prefix: "team/",
      forcePathStyle: true,
      lockTtl: 1,
    };
    const data = `${this.folder}/${verb === "pull" ? "pulled" : "data"}`;
    const bundle = `${this.folder}/s3.js`;
    const args = [bundle, verb, data, JSON.stringify(settings), ...more];
    return deno(["run", "-A", "--quiet", "host.ts", ...args], env, EXAMPLE);
  }

  /** The objects that were stored, each as often as it was. */
  async stored(): Promise<string[]> {
    const requests = await this.sim.requests();
    return requests
      .filter(({ operation, status, path }) =>
        operation === "PutObject" && status === 200 && path.includes("/data/")
      )
      .map(({ path }) => path.replace(/^.*\//, ""));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sim.stop();
    await Deno.remove(this.folder, { recursive: true });
  }
}

const ALL = ["1", "2", "3", "4", "5", "6", "7", "8"].map((n) => `${n}.txt`);

/** The parts of what a failed run printed. */
function parts({ stderr }: Ended): string[] {
  return stderr.trimEnd().split("\n");
}

Deno.test("an expired session is told in three parts", async () => {
  await using extension = await Extension.bundled();
  const { sim } = extension;
  await sim.expire({ sso: { session: "corp", refreshable: false } });
  const ended = await extension.run(sim.withProfile("sso"), "push");
  equal(ended.code, 1);
  const [failed = "", headline = "", action = "", detail = ""] = parts(ended);
  equal(failed, "push failed: CredentialsProviderError (CREDENTIALS_EXPIRED)");
  match(headline, /^Datastore session expired: .* AWS profile 'sso' /);
  equal(action, "  Run: aws sso login --profile sso   then retry.");
  match(detail, /^ {2}\(CredentialsProviderError: Token is expired\. /);
  ok(`${headline}\n${action}`.length <= 200);
});

Deno.test("a push that was cut off goes on after a login", async () => {
  await using extension = await Extension.bundled();
  const { sim } = extension;
  const env = sim.withProfile("session");
  await sim.fault({
    operation: "PutObject",
    path: "*/data/*",
    after: 3,
    expire: { keys: "session" },
  });
  const cut = await extension.run(env, "push");
  equal(cut.code, 1, cut.stderr);
  match(cut.stderr, /\(CREDENTIALS_EXPIRED\)\nDatastore session expired: /);
  deepEqual(await extension.stored(), ALL.slice(0, 3));

  await sim.renew("session");
  const resumed = await extension.run(env, "push");
  equal(resumed.stdout, "push: 5 files\n", resumed.stderr);
  deepEqual(await extension.stored(), ALL);

  const pulled = await extension.run(env, "pull");
  equal(pulled.stdout, "pull: 8 files\n", pulled.stderr);
  equal(await Deno.readTextFile(`${extension.folder}/pulled/8.txt`), "8");
});

Deno.test("a host that can log in loses nothing at all", async () => {
  await using extension = await Extension.bundled();
  const { sim } = extension;
  const env = sim.withProfile("sso");
  const PATH = `${sim.environment.home}/bin:${Deno.env.get("PATH")}`;
  const path = "*/data/*";
  await sim.fault({
    operation: "PutObject",
    path,
    after: 3,
    expire: { sso: { session: "corp", refreshable: false } },
  });
  await sim.fault({
    operation: "PutObject",
    path,
    after: 4,
    expire: { keys: "corp" },
  });
  const ended = await extension.run({ ...env, PATH }, "push", "--login");
  equal(ended.code, 0, ended.stderr);
  match(ended.stdout, /^Successfully logged in[^]*push: 8 files\n$/);
  deepEqual(await extension.stored(), ALL);
});

Deno.test("a lock that another run holds is not an auth failure", async () => {
  await using extension = await Extension.bundled();
  const { sim } = extension;
  const lock = JSON.stringify({ owner: "them", until: Date.now() + 60_000 });
  await sim.putObject(sim.environment.bucket, "team/lock.json", lock);
  const { stderr } = await extension.run(sim.withProfile("static"), "push");
  equal(
    stderr,
    "push failed: LockHeld (lock_timeout)\nthe lock is held by them\n",
  );
});
