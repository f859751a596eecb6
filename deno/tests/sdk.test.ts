/**
 * The AWS SDK v3 under Deno against a local AWS whose sessions lapse.
 *
 * @module
 */

import { ok } from "node:assert/strict";

import {
  type Call,
  SCENARIOS,
  title,
  verify,
} from "../../tests/sdk/scenarios.ts";
import { deno } from "./isolated.ts";

const SCRIPT = new URL("call.ts", import.meta.url).href;

const call: Call = async (operation, bucket, env, settings) => {
  const args = [SCRIPT, operation, bucket, JSON.stringify(settings)];
  const { stdout, stderr } = await deno(["run", "-A", ...args], env);
  ok(stdout, stderr);
  return JSON.parse(stdout);
};

for (const scenario of SCENARIOS) {
  Deno.test(title(scenario), () => verify(scenario, call));
}
