import { deepEqual, equal, ok } from "node:assert/strict";
import { describe, it } from "node:test";
import { runInNewContext } from "node:vm";

import {
  DIAGNOSIS,
  extract,
  MAX_DEPTH,
  MAX_ERRORS,
  MAX_NODES,
  MAX_TEXT,
} from "../src/evidence.ts";

/** The causes without what is absent. */
function causes(thrown: unknown): unknown {
  return JSON.parse(JSON.stringify(extract(thrown).causes));
}

function error(name: string, message: string, rest: object = {}): Error {
  return Object.assign(new Error(message), { name }, rest);
}

describe("a service error of SDK v3", () => {
  class ServiceException extends Error {}
  class S3ServiceException extends ServiceException {}
  class AccessDenied extends S3ServiceException {
    override name = "AccessDenied";
  }
  const metadata = { httpStatusCode: 403, requestId: "R1" };

  it("gives every field", () => {
    const thrown = Object.assign(new S3ServiceException("Gone."), {
      name: "ExpiredToken",
      Code: "ExpiredToken",
      $metadata: { httpStatusCode: 400, requestId: "R1" },
    });
    deepEqual(causes(thrown), [{
      name: "ExpiredToken",
      code: "ExpiredToken",
      message: "Gone.",
      status: 400,
      service: "S3ServiceException",
      requestId: "R1",
    }]);
  });

  it("names the service also where the class is modelled", () => {
    const thrown = Object.assign(new AccessDenied("No."), {
      $metadata: metadata,
    });
    equal(extract(thrown).causes[0]?.service, "S3ServiceException");
  });

  it("takes code and time from the headers of a HEAD answer", () => {
    const thrown = Object.assign(new S3ServiceException("UnknownError"), {
      name: "Unknown",
      $metadata: metadata,
    });
    Object.defineProperty(thrown, "$response", {
      value: {
        statusCode: 403,
        headers: {
          "x-minio-error-code": "AccessDenied",
          date: "Sat, 21 Nov 2026 14:15:00 GMT",
        },
      },
    });
    const { causes: [cause], serverTime } = extract(thrown);
    equal(cause?.code, "AccessDenied");
    equal(serverTime, "Sat, 21 Nov 2026 14:15:00 GMT");
  });

  it("leaves the secrets that the SDK copies onto it", () => {
    const thrown = error("ExpiredToken", "Gone.", {
      Code: "ExpiredToken",
      "Token-0": "SECRET",
      AWSAccessKeyId: "SECRET",
      StringToSign: "SECRET",
      CanonicalRequest: "SECRET",
      $response: { body: "SECRET", headers: { "x-amz-id-2": "SECRET" } },
      $metadata: { httpStatusCode: 400, cfId: "SECRET" },
    });
    ok(!JSON.stringify(extract(thrown)).includes("SECRET"));
  });
});

describe("a chain", () => {
  it("comes outermost first", () => {
    const cause = error("CredentialsProviderError", "Token is expired.");
    deepEqual(
      causes(error("S3OperationError", "lock", { cause, statusCode: 400 })),
      [
        { name: "S3OperationError", message: "lock", status: 400 },
        { name: "CredentialsProviderError", message: "Token is expired." },
      ],
    );
  });

  it("goes through originalError, reason and errors", () => {
    for (const key of ["originalError", "reason"]) {
      deepEqual(causes({ message: "outer", [key]: { message: "inner" } }), [
        { message: "outer" },
        { message: "inner" },
      ]);
    }
    deepEqual(causes(new AggregateError([error("A", "a"), "b"], "both")), [
      { name: "AggregateError", message: "both" },
      { name: "A", message: "a" },
      { message: "b" },
    ]);
  });

  it("ends where it turns back", () => {
    const a: { name: string; cause?: unknown } = { name: "A" };
    a.cause = { name: "B", cause: a };
    deepEqual(causes(a), [{ name: "A" }, { name: "B" }]);
  });

  it("ends at the bounds", () => {
    let deep: unknown;
    for (let depth = 0; depth < 10_000; depth++) {
      deep = { name: `E${depth}`, cause: deep };
    }
    equal(extract(deep).causes.length, MAX_DEPTH + 1);
    const wide = Array.from({ length: 100_000 }, (_, i) => error(`E${i}`, ""));
    equal(extract(new AggregateError(wide)).causes.length, MAX_ERRORS + 1);
    const tree = (depth: number): unknown => ({
      name: `E${depth}`,
      errors: depth > 5 ? [] : Array.from({ length: 9 }, () => tree(depth + 1)),
    });
    equal(extract(tree(0)).causes.length, MAX_NODES);
  });
});

describe("a second account of the same failure", () => {
  it("follows the wrapper that holds it", () => {
    deepEqual(
      causes(error("CredentialsProviderError", "status: 403", {
        Code: "AccessDenied",
        Message: "No role.",
      })),
      [
        {
          name: "CredentialsProviderError",
          code: "AccessDenied",
          message: "status: 403",
        },
        { code: "AccessDenied", message: "No role." },
      ],
    );
    deepEqual(
      causes(error("InvalidGrantException", "UnknownError", {
        error: "invalid_grant",
        error_description: "Invalid refresh token provided",
      })),
      [
        { name: "InvalidGrantException", message: "UnknownError" },
        {
          name: "InvalidGrantException",
          code: "invalid_grant",
          message: "Invalid refresh token provided",
        },
      ],
    );
  });

  it("is left out where it adds nothing", () => {
    const Error = { Type: "Sender", Code: "AccessDenied", Message: "No." };
    for (const rest of [{ Error, Code: "AccessDenied" }, { Error }]) {
      equal(extract(error("AccessDenied", "No.", rest)).causes.length, 1);
    }
  });
});

describe("the first frames", () => {
  function thrownFrom(...frames: string[]): Error {
    const thrown = new TypeError("x is undefined");
    const lines = frames.map((frame) => `    at ${frame}`);
    Object.defineProperty(thrown, "stack", {
      value: [`TypeError: ${thrown.message}`, ...lines].join("\n"),
    });
    return thrown;
  }

  it("tell which part of the SDK threw an ordinary error", () => {
    for (
      const [frame, name] of [
        [
          "/app/node_modules/@aws-sdk/credential-provider-sso/dist-cjs/index.js:145:42",
          "@aws-sdk/credential-provider-sso",
        ],
        [
          String
            .raw`f (C:\app\node_modules\@smithy\credential-provider-imds\dist-cjs\index.js:1:1)`,
          "@smithy/credential-provider-imds",
        ],
        [
          "f (file:///deno/npm/registry.example/aws-sdk/2.1693.0/lib/credentials/sso_credentials.js:222:30)",
          "aws-sdk/lib/credentials/sso_credentials",
        ],
      ] as const
    ) {
      deepEqual(causes(thrownFrom("open (node:fs:637:25)", frame)), [
        { name },
        { name: "TypeError", message: "x is undefined" },
      ]);
    }
  });

  it("are not asked where the error has a name of its own", () => {
    let asked = false;
    const thrown = error("CredentialsProviderError", "m");
    Object.defineProperty(thrown, "stack", { get: () => (asked = true) });
    extract(thrown);
    equal(asked, false);
  });
});

describe("whatever can be thrown", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const refusing = new Proxy(
    {},
    Object.fromEntries(
      Object.getOwnPropertyNames(Reflect).map((trap) => [trap, () => {
        throw new Error(trap);
      }]),
    ),
  );
  const endless: object = new Proxy({}, { get: () => endless });
  const fresh = (): object =>
    new Proxy(() => {}, {
      get: (_, key) => key === "length" ? 1e9 : fresh(),
    });

  it("gives what it has", () => {
    const cases: [unknown, unknown][] = [
      [undefined, []],
      [null, []],
      ["", []],
      [Symbol(), []],
      [{}, []],
      [[], []],
      [revoked.proxy, []],
      [refusing, []],
      [endless, []],
      ["Token has expired", [{ message: "Token has expired" }]],
      [Symbol("gone"), [{ message: "gone" }]],
      [42, [{ message: "42" }]],
      [42n, [{ message: "42" }]],
      [false, [{ message: "false" }]],
      [{ code: "E_VAULT", status: "sealed" }, [{ code: "E_VAULT" }]],
      [{ name: 403, status: "403" }, [{ name: "403", status: 403 }]],
      [Object.create(null, { message: { value: "m" } }), [{ message: "m" }]],
      [{ name: {}, message: [], code: 5, status: NaN, $metadata: 1 }, []],
      [{ errors: "text" }, []],
      [{ errors: { length: "2" } }, []],
      [{ errors: refusing, cause: revoked.proxy }, []],
    ];
    for (const [thrown, expected] of cases) deepEqual(causes(thrown), expected);
    ok(extract(fresh()).causes.length <= MAX_NODES);
  });

  it("is not read twice, and may throw at every reading", () => {
    const reads = new Map<PropertyKey, number>();
    const thrown = new Proxy({}, {
      get(_, key) {
        reads.set(key, (reads.get(key) ?? 0) + 1);
        throw new Error("no");
      },
    });
    extract(thrown);
    deepEqual([...reads].filter(([, count]) => count > 1), []);
    ok(reads.has("message") && reads.has(DIAGNOSIS));
  });

  it("is read whatever its realm", () => {
    const foreign = runInNewContext(
      "Object.assign(new Error('Token is expired.', { cause: 'c' }), { name: 'E' })",
    );
    ok(!(foreign instanceof Error));
    deepEqual(causes(foreign), [
      { name: "E", message: "Token is expired." },
      { message: "c" },
    ]);
  });

  it("is read as far as a copy kept it", () => {
    const thrown = error("ExpiredToken", "Gone.", {
      $metadata: { httpStatusCode: 400 },
    });
    deepEqual(causes(JSON.parse(JSON.stringify(thrown))), [
      { name: "ExpiredToken", status: 400 },
    ]);
    deepEqual(causes(structuredClone(thrown)), [
      { name: "Error", message: "Gone." },
    ]);
  });

  it("is named by its class where it has no name", () => {
    class LockError extends Error {}
    deepEqual(causes(new LockError("m")), [
      { name: "LockError", message: "m" },
    ]);
  });
});

describe("a long text", () => {
  it("keeps its head", () => {
    const message = "ExpiredToken " + "x".repeat(5_000_000);
    const kept = extract(new Error(message)).causes[0]?.message ?? "";
    ok(kept.length <= MAX_TEXT && kept.startsWith("ExpiredToken"));
  });

  it("keeps its last whole lines", () => {
    const message = "Command failed: " + "x".repeat(5_000_000) +
      "\nToken has expired";
    const kept = extract(new Error(message)).causes[0]?.message ?? "";
    equal(kept, "Command failed: \nToken has expired");
  });

  it("is not cut within a word, which may be a secret", () => {
    const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    for (const before of [3_000, 3_031, 3_032, 3_050, 3_071, 3_072]) {
      for (const separator of ["\n", '"', "&token="]) {
        const said = "x".repeat(before - separator.length) + separator;
        const message = said + secret + " y".repeat(1_000);
        const kept = extract(new Error(message)).causes[0]?.message ?? "";
        ok(!kept.includes("wJal") || kept.includes(secret), `${before}`);
      }
    }
  });

  it("is dropped where it is one word", () => {
    deepEqual(causes(new Error("x".repeat(5_000))), [{ name: "Error" }]);
  });
});
