/**
 * The packed packages, and empty projects to install them in.
 *
 * @module
 */

import { equal } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

/** The folder with the built packages; `cargo xtask test node` names it. */
const packages = process.env.CREDLAPSE_PACKAGES;
export const esbuild = fileURLToPath(
  new URL("../../node_modules/.bin/esbuild", import.meta.url),
);
/** Where the tests write; it is gone after them. */
export const work = mkdtempSync(join(tmpdir(), "credlapse-packaging-"));
after(() => rmSync(work, { recursive: true }));

/** What a program gave, however it ended. */
export function run(cwd, command, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CREDLAPSE_FORCE_WASM: undefined, ...env },
  });
  return { status, stdout, stderr: stderr + (error ?? "") };
}

/** What a program printed that ended well. */
export function passed(cwd, command, args, env) {
  const { status, stdout, stderr } = run(cwd, command, args, env);
  equal(status, 0, `${command} ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

function pack(folder) {
  const packed = passed(work, "npm", [
    "pack",
    "--silent",
    "--ignore-scripts",
    folder,
  ]);
  return join(work, packed.trim().split("\n").at(-1));
}

/** The tarballs. */
export const library = pack(join(packages, "credlapse"));
export const addons = readdirSync(join(packages, "@credlapse"))
  .map((name) => pack(join(packages, "@credlapse", name)));

let count = 0;

/** An empty project with the packages installed. */
export function project(manifest, tarballs) {
  const folder = join(work, `project-${count++}`);
  mkdirSync(folder);
  const text = JSON.stringify({ name: "empty", private: true, ...manifest });
  writeFileSync(join(folder, "package.json"), text);
  // The other addons are not published: npm must not ask for them.
  passed(folder, "npm", [
    "install",
    "--silent",
    "--no-audit",
    "--no-fund",
    "--omit=optional",
    ...tarballs,
  ]);
  return folder;
}
