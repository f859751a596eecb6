/**
 * The native addon gives what WebAssembly and the core give, whatever it is given.
 *
 * @module
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { coreContext } from "../../npm/credlapse/src/context.ts";
import {
  type Core,
  decided,
  decidedOnText,
  type Evidence,
  type ProfileCore,
} from "../../npm/credlapse/src/core.ts";
import { evidenceOf } from "../../npm/credlapse/src/diagnose.ts";
import * as diagnoseBytes from "../../npm/credlapse/src/generated/diagnose_bytes.ts";
import * as diagnoseGlue from "../../npm/credlapse/src/generated/diagnose_glue.js";
import * as profileBytes from "../../npm/credlapse/src/generated/profile_bytes.ts";
import * as profileGlue from "../../npm/credlapse/src/generated/profile_glue.js";
import { CODES, EXIT_TABLES } from "../../npm/credlapse/src/kinds.ts";
import { compile } from "../../npm/credlapse/src/module.ts";
import type { NativeCore } from "../../npm/credlapse/src/native.ts";
import { readFacts } from "../../npm/credlapse/src/profile.ts";
import type { Context } from "../../npm/credlapse/src/types.ts";
import { cases, printed, revive, texts } from "./corpus.ts";

const path = process.env.CREDLAPSE_ADDON ?? "";
const addon: NativeCore = createRequire(path)(path);
const wasm: Core & ProfileCore = {
  ...diagnoseGlue.instantiate(compile(diagnoseBytes)),
  ...profileGlue.instantiate(compile(profileBytes)),
};

const CONTEXT: Context = { now: "2026-11-21T21:10:00Z", subject: "Datastore" };

/** A case of the corpus as a question to the core: evidence, or a text. */
interface Question {
  readonly id: string;
  readonly text?: string | undefined;
  readonly evidence: Evidence;
}

const questions: Question[] = cases().map((failure) => {
  const text = printed(failure);
  const evidence = evidenceOf(revive(failure.thrown), CONTEXT, undefined);
  return { id: failure.id, text, evidence };
});

/** All languages. */
const everything: Question[] = [
  ...questions,
  ...texts().map((text) => ({
    ...text,
    evidence: { causes: [], context: coreContext(CONTEXT) },
  })),
];

test("every case of the corpus: addon, WebAssembly and core agree to the byte", () => {
  const asked = everything.map(({ text, evidence }) =>
    text === undefined ? evidence : { text, context: coreContext(CONTEXT) }
  );
  const { stdout, stderr } = spawnSync(
    "cargo",
    ["run", "--quiet", "--package=parity"],
    {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      input: asked.map((question) => `${JSON.stringify(question)}\n`).join(""),
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    },
  );
  const core = stdout.trimEnd().split("\n");
  equal(core.length, everything.length, stderr);
  ok(everything.length > 1_190);
  let diagnosed = 0;
  everything.forEach(({ id, text, evidence }, index) => {
    const [native, portable] = [addon, wasm].map((core) =>
      JSON.stringify(
        (text === undefined
          ? decided(core, evidence)
          : decidedOnText(core, text, coreContext(CONTEXT))) ?? null,
      )
    );
    equal(native, core[index], id);
    equal(portable, core[index], id);
    if (native !== "null") diagnosed++;
  });
  ok(diagnosed > 800);
});

test("exit statuses agree, and unknown names have none", () => {
  for (const table of [...EXIT_TABLES, "no-such-table"]) {
    for (const code of [...CODES, "NO_SUCH_CODE"]) {
      const status = addon.exitCode(code as "CLOCK_SKEW", table as "rc");
      equal(status, wasm.exitCode(code as "CLOCK_SKEW", table as "rc"));
    }
  }
  equal(addon.exitCode("CREDENTIALS_EXPIRED", "rc"), 4);
});

test("the addon reads the local files as a host does that reads for WebAssembly", () => {
  const home = mkdtempSync(join(tmpdir(), "credlapse-"));
  try {
    mkdirSync(join(home, ".aws"));
    writeFileSync(
      join(home, ".aws/config"),
      "[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\n" +
        "sso_role_name = Dev\n[sso-session corp]\nsso_region = eu-west-1\n" +
        "sso_start_url = https://example.awsapps.com/start\n",
    );
    const now = "2026-11-21T21:10:00Z";
    for (const profile of ["dev", "absent", "d\ud800v"]) {
      const env = [["HOME", home]] as const;
      const native = addon.localFacts({ profile, env, now });
      const files: [string, string | null][] = [];
      const hosted = readFacts({
        variable: (name) => name === "HOME" ? home : undefined,
        read: (path) => {
          const { readFileSync } = process.getBuiltinModule("node:fs");
          try {
            const content = readFileSync(path, "utf8");
            files.push([path.slice(home.length + 1), content]);
            return content;
          } catch {
            files.push([path.slice(home.length + 1), null]);
            return null;
          }
        },
      }, { profile, now });
      equal(JSON.stringify(native), JSON.stringify(hosted));
      const given = { profile, env, files, now };
      equal(
        JSON.stringify(addon.profileFacts(given)),
        JSON.stringify(wasm.profileFacts(given)),
      );
      equal(native.token, profile === "dev" ? "missing" : native.token);
    }
  } finally {
    rmSync(home, { recursive: true });
  }
});

/** A small generator: the same values on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test("hostile arguments end in a value or an Error, the same as through WebAssembly", () => {
  const next = random(7);
  const pick = <T>(items: readonly T[]) =>
    items[Math.floor(next() * items.length)] as T;
  const cyclic: Record<string, unknown> = { profile: "x" };
  cyclic.self = cyclic;
  const throwing = new Proxy({}, {
    get() {
      throw new Error("trap");
    },
  });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const leaves: unknown[] = [
    undefined,
    null,
    true,
    0,
    -1,
    NaN,
    Infinity,
    403,
    1e300,
    12n,
    "",
    "x",
    "\ud800",
    "ExpiredToken",
    "The security token included in the request is expired",
    "\u0000",
    "a".repeat(100_000),
    Symbol("s"),
    () => 1,
    [],
    {},
    new Date(NaN),
    Object.create(null),
    cyclic,
    throwing,
    revoked,
    new Uint8Array(3),
    "2026-11-21T21:10:00Z",
    { not_found: "x" },
    { not_found: 1 },
    new Array(5),
    Array(3).fill("x".repeat(17)),
    "sso",
    "posix",
  ];
  const texts = leaves.filter((leaf) => typeof leaf === "string");
  // Now and then nothing is of the wrong type, or nothing would be decided.
  const fields = (
    names: readonly string[],
    from: readonly unknown[] = leaves,
  ) =>
    Object.fromEntries(
      names.filter(() => next() < 0.6).map((name) => [name, pick(from)]),
    );
  const cause = () =>
    fields(
      ["name", "code", "message", "service", "operation", "requestId"],
      next() < 0.7 ? texts : leaves,
    );
  const context = () => ({
    ...next() < 0.6 ? fields(["subject", "profile"], texts) : fields([
      "subject",
      "profile",
      "facts",
      "source",
      "expiresAt",
      "now",
      "serverTime",
      "shell",
      "secrets",
    ]),
    ...next() < 0.3
      ? {
        facts: fields([
          "profile",
          "problems",
          "token",
          "source",
          "exists",
          "knownProfiles",
        ]),
      }
      : {},
  });
  const outcome = (call: () => unknown) => {
    try {
      return JSON.stringify(call()) ?? "undefined";
    } catch (error) {
      return error instanceof Error ? "an Error" : "something else";
    }
  };
  const seen = new Set<string>();
  for (let round = 0; round < 20_000; round++) {
    const evidence = next() < 0.05 ? pick(leaves) : {
      causes: next() < 0.1 ? pick(leaves) : [cause(), cause()],
      context: next() < 0.1 ? pick(leaves) : context(),
    };
    const native = outcome(() => decided(addon, evidence as Evidence));
    equal(native, outcome(() => decided(wasm, evidence as Evidence)));
    seen.add(native);
    outcome(() => addon.profileFacts(pick(leaves) as never));
    outcome(() => addon.localFacts(fields(["profile", "env", "now"]) as never));
    outcome(() =>
      addon.diagnoseText(pick(leaves) as never, pick(leaves) as never)
    );
    outcome(() => addon.exitCode(pick(leaves) as never, pick(leaves) as never));
  }
  ok(seen.has("an Error") && seen.has("undefined") && seen.size > 9);
});

test("100,000 diagnoses do not grow the heap", () => {
  const { evidence } = questions.find(({ text, evidence }) =>
    text === undefined && decided(addon, evidence) !== undefined
  )!;
  const used = () => {
    (globalThis as unknown as { gc(): void }).gc();
    const { heapUsed, rss } = process.memoryUsage();
    return { heapUsed, rss };
  };
  const repeat = (count: number) => {
    for (let index = 0; index < count; index++) decided(addon, evidence);
  };
  repeat(20_000);
  const before = used();
  repeat(100_000);
  const after = used();
  // A leak of one small object a call would be 5 MB and more.
  ok(after.heapUsed - before.heapUsed < 2 ** 20, "the heap of JavaScript");
  ok(after.rss - before.rss < 2 ** 24, "the memory of the process");
});

test("worker threads load the same addon, together and one after another", async () => {
  const { evidence } = questions.find(({ text }) => text === undefined)!;
  const script = `
    const { parentPort, workerData } = require("node:worker_threads");
    const addon = require(workerData.path);
    let last;
    for (let i = 0; i < 500; i++) last = addon.diagnose(workerData.evidence);
    parentPort.postMessage(last ?? null);`;
  const run = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script, {
        eval: true,
        workerData: { path, evidence: JSON.stringify(evidence) },
      });
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  const here = addon.diagnose(JSON.stringify(evidence)) ?? null;
  const first = await Promise.all([run(), run(), run(), run()]);
  for (const there of [...first, await run()]) deepEqual(there, here);
});
