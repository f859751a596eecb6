/**
 * The native addon gives what WebAssembly and the core give, whatever it is given.
 *
 * @module
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
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
  type CoreContext,
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
import { type Code, EXIT_TABLES } from "../../npm/credlapse/src/kinds.ts";
import { compile, instantiate } from "../../npm/credlapse/src/module.ts";
import type { NativeCore } from "../../npm/credlapse/src/native.ts";
import { readFacts } from "../../npm/credlapse/src/profile.ts";
import type {
  Cause,
  Context,
  ProfileFacts,
} from "../../npm/credlapse/src/types.ts";
import { evidenceText } from "../../npm/credlapse/src/wire.ts";
import { cases, printed, revive, texts } from "./corpus.ts";

const path = process.env.CREDLAPSE_ADDON ?? "";
const addon: NativeCore = createRequire(path)(path);
const wasm: Core & ProfileCore = {
  ...instantiate(diagnoseGlue.bind, compile(diagnoseBytes)),
  ...instantiate(profileGlue.bind, compile(profileBytes)),
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

/** The core's answers, a line each. */
function askCore(asked: unknown[]): string[] {
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
  const answers = stdout.trimEnd().split("\n");
  equal(answers.length, asked.length, stderr);
  return answers;
}

test("every case of the corpus: addon, WebAssembly and core agree to the byte", () => {
  const core = askCore(
    everything.map(({ text, evidence }) =>
      text === undefined ? evidence : { text, context: coreContext(CONTEXT) }
    ),
  );
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

/** Facts in which no field is as it is by default, with a problem of each kind. */
const FACTS: ProfileFacts = {
  profile: "dev",
  chosenBy: "aws_profile",
  exists: true,
  source: "sso",
  shadowedSource: "static_profile",
  sourceProfile: "base",
  roleArn: "arn:aws:iam::111122223333:role/dev",
  mfaSerial: "serial",
  hasSessionToken: true,
  ssoSession: "corp",
  ssoStartUrl: "https://example.awsapps.com/start",
  loginSession: "login",
  token: "expired",
  canRefresh: true,
  expiresAt: "2026-11-21T14:15:00Z",
  needs: ".aws/config",
  problems: [
    { unparsable: { file: ".aws/config", line: 7 } },
    { not_found: "dev" },
    { source_not_found: { profile: "p", source_profile: "s" } },
    { role_loop: "\u00e9:\u{1f600}" },
    { both_sources: "" },
    { invalid_credential_source: { profile: "p", credential_source: "c" } },
    { sso_session_not_found: { profile: "p", sso_session: "s" } },
    { sso_session_differs: { profile: "p", key: "k" } },
    { missing_keys: { profile: "p", keys: ["a", "b"] } },
    { no_credentials: "x" },
    { partial_environment: "AWS_ACCESS_KEY_ID" },
    { several_sources: { profile: "p", keys: [] } },
    { duplicate: { file: "f", line: 1 } },
  ],
  knownProfiles: ["a", "\u00fc"],
};

test("every field of evidence arrives at the core, whatever is in it", () => {
  const cause: Required<Cause> = {
    name: "ExpiredToken",
    code: "12:x",
    message: "4:\0\u00e9\u2028\n\u{1f600}",
    status: 400,
    service: "S3",
    operation: "PutObject",
    requestId: "R",
  };
  const context: Required<CoreContext> = {
    subject: "Datastore",
    profile: "dev",
    facts: FACTS,
    source: "caller",
    expiresAt: "2026-11-21T14:15:00Z",
    now: "2026-11-21T15:15:00Z",
    serverTime: "2026-11-21T15:15:01Z",
    shell: "powershell",
    secrets: ["hunter2", "a:b"],
  };
  const all: Evidence[] = [
    { causes: [cause, {}, { message: "m" }], context },
    { causes: [], context: {} },
    ...Object.entries(cause).map(([name, value]) => ({
      causes: [{ [name]: value }],
      context: {},
    })),
    ...Object.entries(context).map(([name, value]) => ({
      causes: [],
      context: { [name]: value },
    })),
    ...Object.entries(FACTS).map(([name, value]) => ({
      causes: [],
      context: { facts: { profile: "", [name]: value } as ProfileFacts },
    })),
  ];
  const questions = all.map((evidence) => ({
    wire: evidenceText(evidence),
    evidence,
  }));
  deepEqual(askCore(questions), questions.map(() => "true"));
});

test("half of a surrogate pair arrives as U+FFFD, and nothing after it moves", () => {
  for (const core of [addon, wasm]) {
    const expired = (half: string) =>
      decided(core, {
        causes: [{ code: "ExpiredToken", message: `${half}!${half}` }],
        context: { subject: half, profile: half },
      });
    const diagnosis = expired("\ufffd");
    equal(diagnosis?.profile, "\ufffd");
    deepEqual(expired("\ud800"), diagnosis);
    deepEqual(expired("\udc00"), diagnosis);
  }
});

test("exit statuses agree, and unknown names have none", () => {
  const schema = new URL(
    "../../crates/credlapse-cli/schema/error.json",
    import.meta.url,
  );
  const { $defs } = JSON.parse(readFileSync(schema, "utf8"));
  const codes: Code[] = $defs.diagnosis.properties.code.enum;
  ok(codes.includes("CLOCK_SKEW"));
  for (const table of [...EXIT_TABLES, "no-such-table"]) {
    for (const code of [...codes, "NO_SUCH_CODE"]) {
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

test("of options that cannot be understood there are no facts, natively and without", () => {
  const script = `
const { profileFacts } = require("credlapse");
const { readFacts } = require("credlapse/profile");
const host = { variable: () => undefined, read: () => null, home: null };
const options = [
  undefined, null, {}, { profile: "" }, { profile: "dev" }, { profile: 5 },
  { profile: null }, { get profile() { throw new Error("no"); } },
  { get now() { throw new Error("no"); } }, { now: "soon" }, "dev", ["dev"],
];
const names = (read) => options.map((options) => read(options)?.profile ?? null);
console.log(JSON.stringify([profileFacts, (of) => readFacts(host, of)].map(names)));`;
  const { PATH = "", NODE_PATH = "" } = process.env;
  const usual = Array(4).fill("default");
  const names = [
    ...usual,
    "dev",
    ...Array(4).fill(null),
    "default",
    null,
    null,
  ];
  for (const CREDLAPSE_FORCE_WASM of ["0", "1"]) {
    const told = spawnSync(process.execPath, ["--eval", script], {
      encoding: "utf8",
      // Not where npm links the sources.
      cwd: tmpdir(),
      env: { PATH, NODE_PATH, HOME: "/of/nobody", CREDLAPSE_FORCE_WASM },
    });
    equal(told.stderr, "");
    deepEqual(JSON.parse(told.stdout), [names, names]);
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
        workerData: { path, evidence: evidenceText(evidence) },
      });
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  const here = addon.diagnose(evidenceText(evidence)) ?? null;
  const first = await Promise.all([run(), run(), run(), run()]);
  for (const there of [...first, await run()]) deepEqual(there, here);
});
