/**
 * The packed package in a Worker, which forbids to compile bytes.
 *
 * @module
 */

import { deepEqual, equal, match } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { esbuild, library, passed, project } from "./project.mjs";

/** The runtime of Cloudflare, as a package for Linux on x64. */
const workerd = fileURLToPath(
  new URL(
    "runtimes/node_modules/@cloudflare/workerd-linux-64/bin/workerd",
    import.meta.url,
  ),
);
const isLinuxOnX64 = process.platform === "linux" && process.arch === "x64";

const ANSWERS = `
import { diagnose, errorObject, exitCode, explain, preflight } from "credlapse";
import { readFacts } from "credlapse/profile";

const config = \`[profile dev]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = Developer\`;

export function answers() {
  const error = Object.assign(
    new Error("Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile."),
    { name: "CredentialsProviderError", tryNextLink: false },
  );
  const context = { subject: "Datastore", profile: "dev" };
  const diagnosis = diagnose(error, context);
  return JSON.stringify({
    text: explain(error, context),
    error: errorObject(diagnosis),
    status: exitCode(diagnosis, "rc"),
    facts: readFacts({
      variable: (name) => name === "HOME" ? "/home/me" : undefined,
      read: (path) => path === "/home/me/.aws/config" ? config : null,
    }, { profile: "dev", now: "2026-11-21T14:15:00Z" }),
    other: diagnose(new Error("no space left on device")) ?? null,
  });
}

/** A message where there are no files. */
export const refused = () => preflight({ offline: true }).then(() => "", ({ message }) => message);
`;
const IN_NODE = `import { answers } from "./answers.mjs";
console.log(answers());`;
const IN_A_WORKER = `import { answers, refused } from "./answers.mjs";
export default {
  async fetch({ url }) {
    return new Response(url.endsWith("/refused") ? await refused() : answers());
  },
};`;

/** A Worker of all files of a folder. */
function config(files) {
  const modules = files.map((name) => {
    const kind = name.endsWith(".wasm") ? "wasm" : "esModule";
    return `(name = "${name}", ${kind} = embed "${name}")`;
  });
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    compatibilityDate = "2026-01-01",
    modules = [${modules.join(", ")}],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`;
}

/** What a Worker gives for each path. */
async function served(folder, ...paths) {
  const stdio = ["ignore", "inherit", "inherit", "pipe"];
  const server = spawn(workerd, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio,
  });
  const ended = once(server, "exit");
  try {
    const [line] = await Promise.race([
      once(createInterface(server.stdio[3]), "line"),
      ended.then(([status]) => {
        throw new Error(`workerd ended with ${status}`);
      }),
    ]);
    const { port } = JSON.parse(line);
    const bodies = [];
    for (const path of paths) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      equal(response.status, 200);
      bodies.push(await response.text());
    }
    return bodies;
  } finally {
    server.kill();
    await ended.catch(() => {});
  }
}

// As wrangler bundles it, and as one does that also emulates Node.js.
for (const conditions of ["workerd,worker,browser", "node,workerd,import"]) {
  test(`a Worker gives what Node.js gives: ${conditions}`, {
    skip: isLinuxOnX64 ? false : "there is no package of it for this platform",
  }, async () => {
    const folder = project({}, [library]);
    writeFileSync(join(folder, "answers.mjs"), ANSWERS);
    writeFileSync(join(folder, "node.mjs"), IN_NODE);
    writeFileSync(join(folder, "worker.mjs"), IN_A_WORKER);
    passed(folder, esbuild, [
      "worker.mjs",
      "--bundle",
      "--format=esm",
      `--conditions=${conditions}`,
      "--loader:.wasm=copy",
      "--log-level=error",
      "--outdir=worker",
    ]);
    const worker = join(folder, "worker");
    const files = readdirSync(worker).sort((a) => a.endsWith(".js") ? -1 : 1);
    deepEqual(
      files.map((name) => name.replace(/-\w+\./, ".")).sort(),
      ["diagnose.wasm", "profile.wasm", "worker.js"],
    );
    writeFileSync(join(worker, "config.capnp"), config(files));
    const [answers, refused] = await served(worker, "/", "/refused");
    const wanted = passed(folder, process.execPath, ["node.mjs"], {
      CREDLAPSE_FORCE_WASM: "1",
    });
    match(wanted, /Datastore session expired: the SSO session/);
    equal(answers, wanted.trim());
    match(refused, /^preflight reads the files of a machine/);
  });
}
