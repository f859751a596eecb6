import { deepEqual, equal, ok } from "node:assert/strict";
import { describe, it } from "node:test";

import { ask } from "../src/backend.ts";
import { type Core, decided, type Evidence, resilient } from "../src/core.ts";
import {
  type Context,
  diagnose,
  diagnoseText,
  errorObject,
  exitCode,
  explain,
} from "../src/index.ts";
import { HOSTILE } from "./hostile.ts";

function lapsed(): Error {
  return Object.assign(new Error("The provided token has expired."), {
    name: "ExpiredToken",
    $metadata: { httpStatusCode: 400 },
  });
}

describe("a hostile value", () => {
  for (const [name, value] of Object.entries(HOSTILE)) {
    it(`is no failure of AWS, thrown or as a context: ${name}`, () => {
      equal(diagnose(value), undefined);
      equal(explain(value), undefined);
      equal(diagnoseText(value as string), undefined);
      const context = value as Context;
      equal(diagnose(lapsed(), context)?.kind, "session_token_expired");
      for (const key of ["subject", "now", "secrets", "shell", "facts"]) {
        const context = { [key]: value };
        equal(diagnose(lapsed(), context)?.kind, "session_token_expired");
      }
    });

    it(`does not hide the error that it causes or accompanies: ${name}`, () => {
      const outer = Object.assign(lapsed(), { cause: value });
      equal(diagnose(outer)?.kind, "session_token_expired");
    });
  }

  it("is not touched", () => {
    const error = Object.freeze(lapsed());
    const before = Object.getOwnPropertyDescriptors(error);
    diagnose(error);
    deepEqual(Object.getOwnPropertyDescriptors(error), before);
  });
});

describe("a diagnosis", () => {
  it("is a frozen plain object", () => {
    const diagnosis = diagnose(lapsed());
    ok(diagnosis);
    equal(Object.getPrototypeOf(diagnosis), Object.prototype);
    ok(Object.isFrozen(diagnosis));
    deepEqual(structuredClone(diagnosis), diagnosis);
  });

  it("begins its text with what hosts keep", () => {
    const diagnosis = diagnose(lapsed(), { subject: "Datastore" });
    ok(diagnosis);
    const { text, message, action, detail } = diagnosis;
    equal(text, `${message}\n  ${action}\n  (${detail})`);
    equal(explain(lapsed(), { subject: "Datastore" }), text);
  });

  it("settles by the present unless it is given another time", () => {
    class S3ServiceException extends Error {
      override name = "Unknown";
      $metadata = { httpStatusCode: 400 };
    }
    const head = new S3ServiceException("UnknownError");
    const ended = new Date(Date.now() - 60_000);
    const good = new Date(Date.now() + 60_000);
    const kindWith = (context: Context) => diagnose(head, context)?.kind;
    equal(kindWith({ expiresAt: good }), "ambiguous_auth");
    equal(kindWith({ expiresAt: ended }), "session_token_expired");
    equal(
      kindWith({ expiresAt: good.toISOString(), now: good }),
      "session_token_expired",
    );
  });

  it("becomes the error object of the core", () => {
    const diagnosis = diagnose(lapsed());
    ok(diagnosis);
    const { text: _, ...fields } = diagnosis;
    const { ok: worked, error } = errorObject(diagnosis, "rc");
    equal(worked, false);
    deepEqual(Object.values(error), Object.values({ ...fields, exitCode: 4 }));
    ok(Object.keys(error).every((name) => /^[a-z_]+$/.test(name)));
    equal(error.reauth_env_var, diagnosis.reauthEnvVar);
  });

  it("has an exit status in every table", () => {
    const diagnosis = diagnose(lapsed());
    ok(diagnosis);
    equal(exitCode(diagnosis), 10);
    equal(exitCode(diagnosis, "default"), 10);
    equal(exitCode(diagnosis, "cli-agent-spec-2026-07"), 8);
    equal(exitCode(diagnosis, {}), 10);
    equal(exitCode(diagnosis, { CREDENTIALS_EXPIRED: 75 }), 75);
    equal(exitCode(diagnosis, "nonsense" as "rc"), 10);
    equal(exitCode(diagnosis, null as unknown as "rc"), 10);
  });

  it("may be absent where it is turned into a status or an object", () => {
    for (const table of ["rc", { CLOCK_SKEW: 3 }, undefined] as const) {
      equal(exitCode(diagnose(new TypeError("x")), table), 1);
      equal(errorObject(diagnose(new TypeError("x")), table), undefined);
    }
    equal(exitCode(null as unknown as undefined), 1);
    equal(errorObject(null as unknown as undefined), undefined);
  });
});

describe("a core that fails", () => {
  it("answers the next question, whatever the last one was", () => {
    const proxy = new Proxy({}, {
      get() {
        throw new Error("thrown through the frames of WebAssembly");
      },
    });
    for (const evidence of [proxy, 7, undefined, { causes: [proxy] }]) {
      equal(ask((core) => decided(core, evidence as Evidence)), undefined);
      equal(diagnose(lapsed())?.kind, "session_token_expired");
    }
  });

  it("is replaced, and the failed call has no answer", () => {
    let made = 0;
    const { ask } = resilient(() => {
      const number = ++made;
      let broken = false;
      return {
        exitCode(code) {
          if (broken || code === "CLOCK_SKEW") {
            broken = true;
            throw new WebAssembly.RuntimeError("unreachable");
          }
          return number;
        },
      } as Partial<Core> as Core;
    });
    const askFor = (code: "CLOCK_SKEW" | "URL_EXPIRED") =>
      ask((core) => core.exitCode(code, "rc"));
    equal(askFor("URL_EXPIRED"), 1);
    equal(askFor("URL_EXPIRED"), 1);
    equal(askFor("CLOCK_SKEW"), undefined);
    equal(askFor("URL_EXPIRED"), 2);
  });

  it("is asked for again where it could not be made", () => {
    let attempts = 0;
    const { ask } = resilient((): Core => {
      if (++attempts === 1) throw new WebAssembly.CompileError("no memory");
      return { exitCode: () => 4 } as Partial<Core> as Core;
    });
    const once = () => ask((core) => core.exitCode("CLOCK_SKEW", "rc"));
    deepEqual([once(), once()], [undefined, 4]);
  });
});
