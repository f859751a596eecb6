/**
 * Values that nobody should throw, and that somebody does.
 *
 * @module
 */

/** Every trap of a proxy throws. */
function refusing(): object {
  const trap = () => {
    throw new Error("refused");
  };
  const traps = Object.getOwnPropertyNames(Reflect).map((name) => [name, trap]);
  return new Proxy({}, Object.fromEntries(traps));
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Has every property, each with every property, without end. */
function endless(): object {
  return new Proxy(() => {}, {
    get: (_, key) => key === "length" ? 1e9 : endless(),
  });
}

function cyclic(): object {
  const error = new Error("a", { cause: new Error("b") });
  (error.cause as Error).cause = error;
  return Object.assign(error, { errors: [error], originalError: error });
}

function deep(): unknown {
  let cause: unknown;
  for (let depth = 0; depth < 10_000; depth++) {
    cause = new Error(`${depth}`, { cause });
  }
  return cause;
}

/** Hostile values by name. */
export const HOSTILE: Record<string, unknown> = {
  undefined: undefined,
  null: null,
  "an empty string": "",
  "a string": "boom",
  "a symbol": Symbol("boom"),
  "a number": NaN,
  "a bigint": 10n ** 400n,
  "a function": () => {},
  "an array": [1, [2, [3]]],
  "a date": new Date(NaN),
  "an object without prototype": Object.create(null),
  "a refusing proxy": refusing(),
  "a revoked proxy": revoked(),
  "an endless proxy": endless(),
  "a getter that throws": {
    get message() {
      throw new Error("no");
    },
  },
  "a getter that throws null": {
    get name() {
      throw null;
    },
  },
  "a diagnosis that throws": {
    [Symbol.for("credlapse.diagnosis")]: {
      kind: "sso_session_expired",
      retryable: true,
      get text() {
        throw new Error("no");
      },
    },
  },
  "half a diagnosis": {
    [Symbol.for("credlapse.diagnosis")]: { kind: "sso_session_expired" },
  },
  "fields of other types": {
    name: {},
    message: [],
    code: () => {},
    status: "many",
    $metadata: 1,
    $response: { headers: 7 },
    cause: Symbol(),
    errors: { length: -1 },
  },
  "a cyclic error": cyclic(),
  "10,000 causes": deep(),
  "100,000 errors": new AggregateError(
    Array.from({ length: 100_000 }, () => new Error("e")),
  ),
  "5 MB of message": new Error("ExpiredToke ".repeat(420_000)),
  "lone surrogates": new Error("\ud800 \udfff".repeat(100)),
  "control characters": new Error("\0\x1b[2J\u2028\u202e"),
};
