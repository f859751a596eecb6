/**
 * What a diagnosis costs under Node.js: natively, as WebAssembly, and beside a
 * classifier of a few `if`s.
 *
 * Each figure that is had only once in a process (require, first diagnosis)
 * comes from processes of its own; the least of several is printed, as
 * everything else that runs can only add to it. `CREDLAPSE_PACKAGES` names the
 * folder with the built packages.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const PROCESSES = 21;
const ROUNDS = 60;
const CALLS = 2_000;

const dist = join(process.env.CREDLAPSE_PACKAGES, "credlapse/dist/");
const require = createRequire(dist);
const FILES = { native: "./node.cjs", wasm: "./index.cjs" };

/** Errors as the SDK throws them, and one that has nothing to do with credentials. */
const ERRORS = {
  "SSO token": Object.assign(
    new Error(
      "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
    ),
    { name: "CredentialsProviderError", tryNextLink: false },
  ),
  "S3 ExpiredToken": Object.assign(
    new Error("The provided token has expired."),
    {
      name: "ExpiredToken",
      Code: "ExpiredToken",
      $fault: "client",
      $metadata: { httpStatusCode: 400, requestId: "4442587FB7D0A2F9" },
      $response: {
        statusCode: 400,
        headers: { date: "Sat, 21 Nov 2026 21:10:00 GMT" },
      },
    },
  ),
  "S3 412": Object.assign(
    new Error("At least one of the pre-conditions you specified did not hold"),
    {
      name: "PreconditionFailed",
      $fault: "client",
      $metadata: { httpStatusCode: 412, requestId: "4442587FB7D0A2F9" },
    },
  ),
};

/** What extensions have today. */
function byHand(error) {
  const status = error.$metadata?.httpStatusCode;
  if (error.name === "CredentialsProviderError") return "session-expired";
  if (/^Expired ?Token/i.test(error.name)) return "session-expired";
  if (/sso login|session .*expired/i.test(error.message)) {
    return "session-expired";
  }
  if (status === 401 || status === 403) return "credentials-rejected";
  return "other";
}

/** The least time of a call, in microseconds. */
function steady(call) {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) call();
    least = Math.min(least, performance.now() - start);
  }
  return least / CALLS * 1_000;
}

/** Milliseconds of the first use in this process. */
function once(file) {
  const start = performance.now();
  const { diagnose } = require(file);
  const loaded = performance.now();
  diagnose(ERRORS["SSO token"]);
  return { load: loaded - start, first: performance.now() - loaded };
}

if (process.argv[2] !== undefined) {
  console.log(JSON.stringify(once(process.argv[2])));
  process.exit();
}

const context = { subject: "Deploy", profile: "dev" };
const row = (name, figure, unit) =>
  console.log(`${name.padEnd(28)}${figure.toFixed(3).padStart(9)} ${unit}`);
for (const [way, file] of Object.entries(FILES)) {
  const runs = Array.from({ length: PROCESSES }, () => {
    const args = [fileURLToPath(import.meta.url), file];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    return JSON.parse(stdout);
  });
  row(`${way}: require`, Math.min(...runs.map(({ load }) => load)), "ms");
  row(
    `${way}: first diagnosis`,
    Math.min(...runs.map(({ first }) => first)),
    "ms",
  );
  const { diagnose } = require(file);
  for (const [name, error] of Object.entries(ERRORS)) {
    row(`${way}: ${name}`, steady(() => diagnose(error, context)), "us");
  }
}
for (const [name, error] of Object.entries(ERRORS)) {
  row(`by hand: ${name}`, steady(() => byHand(error)), "us");
}
