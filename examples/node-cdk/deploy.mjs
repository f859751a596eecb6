/**
 * Runs `cdk` and recovers from an ended session: asks, logs in, goes on.
 *
 *   node deploy.mjs deploy Site
 *
 * `--yes` as the first argument logs in without asking.
 */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline/promises";

import { diagnoseText, preflight, profileFacts } from "credlapse";

const [first, ...rest] = process.argv.slice(2);
const isAgreed = first === "--yes";
const cdkArguments = isAgreed ? rest : [first, ...rest];
if (cdkArguments[0] === undefined) {
  console.error("usage: node deploy.mjs [--yes] COMMAND_OF_CDK...");
  process.exit(2);
}

/** Before: nothing is built and nothing is changed for a session that has ended. */
const found = await preflight({
  subject: "Deploy",
  account: process.env.DEPLOY_ACCOUNT,
  minRemaining: 15 * 60,
});
console.error(found.text);
if (!found.ok && !(await login(found.reauthArgv))) {
  process.exit(found.exitCode);
}

/** During: CloudFormation goes on where it was, and assets that are there are not sent again. */
let { status, diagnosis } = await cdk();
if (diagnosis?.retryable && (await login(diagnosis.reauthArgv))) {
  ({ status, diagnosis } = await cdk());
}
process.exitCode = diagnosis?.exitCode ?? status;

/** Runs cdk in sight of the user, and says what lapsed if that is why it failed. */
async function cdk() {
  const { resolve } = createRequire(import.meta.url);
  const args = [resolve("aws-cdk/bin/cdk"), ...cdkArguments];
  const child = spawn(process.execPath, args, {
    stdio: ["inherit", "pipe", "pipe"],
  });
  let printed = "";
  for (const name of ["stdout", "stderr"]) {
    child[name].pipe(process[name], { end: false });
    // The end of a long deploy is what tells how it failed.
    child[name].on("data", (piece) => printed = (printed + piece).slice(-1e6));
  }
  const status = await new Promise((resolve) => child.on("close", resolve));
  const diagnosis = status === 0 ? undefined : diagnoseText(printed, {
    subject: "Deploy",
    facts: profileFacts(),
  });
  if (diagnosis) console.error(`\n${diagnosis.text}`);
  return { status, diagnosis };
}

/** Asks, and runs the command that makes a new session. */
async function login(argv) {
  if (!argv) return false;
  const [program, ...args] = argv;
  if (!isAgreed) {
    const terminal = createInterface({
      input: process.stdin,
      output: process.stderr,
    });
    const question = `Run ${argv.join(" ")} now? [Y/n] `;
    // At the end of the input, as in CI, nobody is there to answer.
    const answer = await Promise.race([
      terminal.question(question),
      once(terminal, "close"),
    ]);
    terminal.close();
    if (typeof answer !== "string" || /^n/i.test(answer.trim())) return false;
  }
  return spawnSync(program, args, { stdio: "inherit" }).status === 0;
}
