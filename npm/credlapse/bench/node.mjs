/**
 * What a diagnosis costs under Node.js: natively, as WebAssembly, and beside a
 * classifier of a few `if`s.
 *
 * What is had only once in a process comes from processes of its own.
 * `CREDLAPSE_PACKAGES` names the folder with the built packages.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { byHand, once, printOnce, printSteady } from "./typical.mjs";

const PROCESSES = 21;

const dist = join(process.env.CREDLAPSE_PACKAGES, "credlapse/dist/");
const require = createRequire(dist);
const WAYS = {
  native: () => require("./node.cjs"),
  "native, imported": () => import(join(dist, "node.js")),
  wasm: () => require("./index.cjs"),
};

const [chosen] = process.argv.slice(2);
if (chosen !== undefined) {
  console.log(JSON.stringify(await once(WAYS[chosen])));
  process.exit();
}

const context = { subject: "Deploy", profile: "dev" };
for (const [way, load] of Object.entries(WAYS)) {
  const runs = Array.from({ length: PROCESSES }, () => {
    const args = [fileURLToPath(import.meta.url), way];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    return JSON.parse(stdout);
  });
  printOnce(`${way}: `, runs);
  const { diagnose } = await load();
  printSteady(`${way}: `, (error) => diagnose(error, context));
}
printSteady("by hand: ", byHand);
