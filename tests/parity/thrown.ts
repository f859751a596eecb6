/**
 * The package survives whatever is thrown, natively and as WebAssembly alike.
 *
 * @module
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import { HOSTILE } from "../../npm/credlapse/test/hostile.ts";
import { cases, printed, revive } from "./corpus.ts";

/** The package as it is published. */
const path = join(process.env.CREDLAPSE_PACKAGES ?? "", "credlapse/dist");
const require = createRequire(join(path, "index.js"));
const native: typeof import("../../npm/credlapse/src/index.ts") = require(
  "./node.cjs",
);
const wasm: typeof native = require("./index.cjs");
const BOTH = { native, wasm };

const CONTEXT = { now: "2026-11-21T21:10:00Z", subject: "Deploy" };

/** A small generator: the same values on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

const next = random(4);

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(next() * items.length)] as T;
}

const NAMES = [
  "name",
  "message",
  "code",
  "Code",
  "__type",
  "status",
  "statusCode",
  "$metadata",
  "httpStatusCode",
  "requestId",
  "$response",
  "headers",
  "date",
  "x-amzn-errortype",
  "Message",
  "Error",
  "error",
  "error_description",
  "cause",
  "originalError",
  "reason",
  "errors",
  "length",
  "stack",
  "constructor",
  "tryNextLink",
  "toString",
];

const WORDS = [
  "ExpiredToken",
  "CredentialsProviderError",
  "S3ServiceException",
  "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
  "Could not load credentials from any providers",
  "connect ECONNREFUSED 127.0.0.1:1",
  "Error\n    at fromSSO (/app/node_modules/@aws-sdk/credential-provider-sso/dist-cjs/index.js:1:1)",
  "Sat, 21 Nov 2026 19:00:00 GMT",
  "\ud800",
  "\0\x1b[31m",
  "",
];

const REAL = cases()
  .filter((failure) => printed(failure) === undefined)
  .map(({ thrown }) => thrown);

/** Anything at all, and now and then a real error with something else in it. */
function anything(depth: number, made: object[]): unknown {
  const dice = next();
  if (depth > 4 || dice < 0.3) return pick(WORDS);
  if (dice < 0.4) return pick(Object.values(HOSTILE));
  if (dice < 0.5) return pick([403, 400, "403", -1, NaN, 1n, true, null, {}]);
  // Cycles.
  if (dice < 0.55 && made.length > 0) return pick(made);
  const value = (next() < 0.3 ? revive(pick(REAL)) : pick<() => object>([
    () => ({}),
    () => [],
    () => new Error(pick(WORDS)),
    () => new AggregateError([], pick(WORDS)),
    () => Object.create(null),
    () => () => {},
    () => class S3ServiceException {},
  ])()) as object;
  made.push(value);
  for (const name of NAMES) {
    if (next() > 0.25) continue;
    const content = anything(depth + 1, made);
    try {
      Object.defineProperty(
        value,
        name,
        next() < 0.8 ? { value: content, configurable: true } : {
          configurable: true,
          get() {
            throw content;
          },
        },
      );
    } catch {
      // Of a function and of an array some properties are fixed.
    }
  }
  return next() < 0.9 ? value : new Proxy(value, {});
}

test("random and hostile values: no throw, and natively the same as through WebAssembly", () => {
  const kinds = new Map<string | undefined, number>();
  for (let round = 0; round < 6_000; round++) {
    const thrown = anything(0, []);
    const diagnosis = native.diagnose(thrown, CONTEXT);
    const text = JSON.stringify(diagnosis);
    equal(text, JSON.stringify(wasm.diagnose(thrown, CONTEXT)));
    kinds.set(diagnosis?.kind, (kinds.get(diagnosis?.kind) ?? 0) + 1);
  }
  // Else it would be about nothing.
  ok(kinds.size > 12 && (kinds.get(undefined) ?? 0) > 300);
});

for (const [name, { diagnose }] of Object.entries(BOTH)) {
  test(`100,000 diagnoses do not grow the heap: ${name}`, () => {
    const errors = REAL.slice(0, 50).map(revive);
    ok(errors.some((error) => diagnose(error, CONTEXT) !== undefined));
    const used = () => {
      (globalThis as unknown as { gc(): void }).gc();
      const { heapUsed, rss } = process.memoryUsage();
      return { heapUsed, rss };
    };
    const repeat = (count: number) => {
      for (let index = 0; index < count; index++) {
        diagnose(errors[index % errors.length], CONTEXT);
      }
    };
    repeat(20_000);
    const before = used();
    repeat(100_000);
    const after = used();
    // A leak of one small object a call would be 5 MB and more.
    ok(after.heapUsed - before.heapUsed < 2 ** 20, "the heap of JavaScript");
    ok(after.rss - before.rss < 2 ** 25, "the memory of the process");
  });
}

test("worker threads diagnose together, one after another, and while they are ended", async () => {
  const script = `
    const { parentPort, workerData } = require("node:worker_threads");
    const { diagnose } = require(workerData.path);
    const error = Object.assign(new Error(workerData.message), { name: "ExpiredToken" });
    let last;
    const run = () => {
      for (let i = 0; i < 500; i++) last = diagnose(error, workerData.context);
    };
    run();
    parentPort.postMessage(last);
    if (workerData.endless) for (;;) run();`;
  const message = "The provided token has expired.";
  const run = (file: string, endless: boolean) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script, {
        eval: true,
        workerData: {
          path: join(path, file),
          message,
          context: CONTEXT,
          endless,
        },
      });
      worker.once("error", reject);
      worker.once("message", async (diagnosis) => {
        if (endless) await worker.terminate();
        resolve(diagnosis);
      });
    });
  const error = Object.assign(new Error(message), { name: "ExpiredToken" });
  const here = native.diagnose(error, CONTEXT);
  ok(here);
  for (const file of ["node.cjs", "index.cjs"]) {
    const endless = [false, true, false, true];
    const all = await Promise.all(endless.map((is) => run(file, is)));
    for (const there of [...all, await run(file, false)]) {
      deepEqual(there, { ...here });
    }
  }
});
