/**
 * What a publication would take along.
 *
 * @module
 */

import { deepEqual, equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { deno } from "./isolated.ts";

Deno.test("the package has its files, both licences and the readme, and no others", async () => {
  const folder = fileURLToPath(new URL("..", import.meta.url));
  // What git ignores is built here, and what is being worked on is no obstacle.
  const rehearsal = ["publish", "--dry-run", "--allow-dirty"];
  const { code, stderr } = await deno(rehearsal, undefined, folder);
  equal(code, 0, stderr);
  const names = stderr.matchAll(/^\s*file:\/\/.*\/deno\/(\S+) \(.*\)$/gm);
  deepEqual([...names].map(([, name]) => name).sort(), [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "credlapse.d.ts",
    "credlapse.js",
    "credlapse_profile.d.ts",
    "credlapse_profile.js",
    "deno.json",
    "mod.ts",
    "profile.ts",
  ]);
});
