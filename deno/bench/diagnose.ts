/**
 * What a diagnosis costs in JavaScript, beside a classifier of a few `if`s.
 *
 * What is had only once in a process comes from processes of its own.
 *
 * @module
 */

import {
  byHand,
  once,
  printOnce,
  printSteady,
} from "../../npm/credlapse/bench/typical.mjs";

const PROCESSES = 21;

if (Deno.args[0] === "once") {
  console.log(JSON.stringify(await once(() => import("../mod.ts"))));
  Deno.exit();
}

const runs = [];
for (let i = 0; i < PROCESSES; i++) {
  const args = ["run", "--allow-all", "--quiet", import.meta.url, "once"];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  runs.push(JSON.parse(new TextDecoder().decode(stdout)));
}
printOnce("", runs);
const { diagnose } = await import("../mod.ts");
const context = { subject: "Datastore", profile: "dev" };
printSteady("", (error: unknown) => diagnose(error, context));
printSteady("by hand: ", byHand);
