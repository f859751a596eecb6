/**
 * What was thrown gets the same diagnosis through a binding as from the core.
 *
 * @module
 */

import { equal, ok } from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { coreContext } from "../../npm/credlapse/src/context.ts";
import { evidenceOf } from "../../npm/credlapse/src/diagnose.ts";
import {
  type Context,
  diagnose,
  diagnoseText,
  type Diagnosis,
} from "../../npm/credlapse/src/index.ts";
import { accepted, type Case, cases, printed, revive } from "./corpus.ts";

/** The share of cases that must get their kind. */
const ACCURACY = 0.98;

/** The captured answers are as old as their `Date`. */
function context({ thrown }: Case): Context {
  const { headers } = (thrown.$response ?? {}) as {
    headers?: { date: string };
  };
  return { now: headers?.date ?? "2026-11-21T21:10:00Z", subject: "Datastore" };
}

function throughBinding(failure: Case): Diagnosis | undefined {
  const text = printed(failure);
  return text === undefined
    ? diagnose(revive(failure.thrown), context(failure))
    : diagnoseText(text, context(failure));
}

/** The question of which `throughBinding` gives the answer. */
function question(failure: Case): unknown {
  const text = printed(failure);
  return text === undefined
    ? evidenceOf(revive(failure.thrown), context(failure), undefined)
    : { text, context: coreContext(context(failure)) };
}

/** The core's own answers. */
async function throughCore(
  questions: unknown[],
): Promise<(Diagnosis | undefined)[]> {
  const core = spawn("cargo", ["run", "--quiet", "--package=parity"], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["pipe", "pipe", "inherit"],
  });
  for (const question of questions) {
    core.stdin.write(`${JSON.stringify(question)}\n`);
  }
  core.stdin.end();
  const answers: (Diagnosis | undefined)[] = [];
  for await (const line of createInterface(core.stdout)) {
    answers.push(JSON.parse(line) ?? undefined);
  }
  equal(answers.length, questions.length);
  return answers;
}

const failures = cases();

test("every thrown value gets the diagnosis that the core gives", async () => {
  const answers = await throughCore(failures.map(question));
  failures.forEach((failure, index) => {
    const ours = throughBinding(failure);
    // As text, so that the order of the fields counts too.
    equal(JSON.stringify(ours), JSON.stringify(answers[index]), failure.id);
  });
});

test(`at least ${ACCURACY * 100} % get the kind that they have`, () => {
  const wrong = failures.flatMap((failure) => {
    const { kind, rule } = throughBinding(failure) ?? {};
    return accepted(failure).includes(kind)
      ? []
      : [`${failure.id}: ${failure.expected.kind}, not ${kind} (${rule})`];
  });
  const share = 1 - wrong.length / failures.length;
  ok(failures.length > 300);
  ok(share >= ACCURACY, `${share}\n${wrong.join("\n")}`);
});
