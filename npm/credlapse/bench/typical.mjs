/**
 * What the benchmarks of Node.js and Deno have in common: the errors, the
 * classifier of a few `if`s that a program has without this package, the clock.
 *
 * @module
 */

class ServiceException extends Error {
  constructor({ name, message, ...rest }) {
    super(message);
    Object.assign(this, rest, { name, $fault: "client" });
    Object.defineProperty(this, "$response", { enumerable: false });
  }
}

class S3ServiceException extends ServiceException {}

class CredentialsProviderError extends Error {
  name = "CredentialsProviderError";
  tryNextLink = false;
}

/** Errors as the SDK makes them, one of which has nothing to do with credentials. */
const ERRORS = {
  "SSO token": () =>
    new CredentialsProviderError(
      "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
    ),
  "S3 ExpiredToken": () =>
    new S3ServiceException({
      name: "ExpiredToken",
      message: "The provided token has expired.",
      Code: "ExpiredToken",
      $metadata: { httpStatusCode: 400, requestId: "4442587FB7D0A2F9" },
      $response: {
        statusCode: 400,
        headers: { date: "Sat, 21 Nov 2026 21:10:00 GMT" },
      },
    }),
  "S3 412": () =>
    new S3ServiceException({
      name: "PreconditionFailed",
      message: "At least one of the pre-conditions you specified did not hold",
      Code: "PreconditionFailed",
      $metadata: { httpStatusCode: 412, requestId: "4442587FB7D0A2F9" },
      $response: {
        statusCode: 412,
        headers: { date: "Sat, 21 Nov 2026 21:10:00 GMT" },
      },
    }),
};

/** What extensions have today. */
export function byHand(error) {
  const status = error.$metadata?.httpStatusCode;
  if (error.name === "CredentialsProviderError") return "session-expired";
  if (/^Expired ?Token/i.test(error.name)) return "session-expired";
  if (/sso login|session .*expired/i.test(error.message)) {
    return "session-expired";
  }
  if (status === 401 || status === 403) return "credentials-rejected";
  return "other";
}

const ROUNDS = 400;
const CALLS = 200;

/**
 * The least time of a call in microseconds, over rounds that are shorter than
 * what a scheduler gives; the errors of each are made before its clock starts.
 */
function steady(make, call) {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const errors = Array.from({ length: CALLS }, make);
    const start = performance.now();
    for (const error of errors) call(error);
    least = Math.min(least, performance.now() - start);
  }
  return least / CALLS * 1_000;
}

/** The milliseconds of the first use in this process. */
export async function once(load) {
  const error = ERRORS["SSO token"]();
  const start = performance.now();
  const { diagnose } = await load();
  const loaded = performance.now();
  diagnose(error);
  return { load: loaded - start, first: performance.now() - loaded };
}

/** Prints the figures that a process has only once: the least, as all else that runs adds to them. */
export function printOnce(way, runs) {
  print(`${way}load`, Math.min(...runs.map(({ load }) => load)), "ms");
  print(
    `${way}first diagnosis`,
    Math.min(...runs.map(({ first }) => first)),
    "ms",
  );
}

/** Prints what a call costs for each error. */
export function printSteady(way, call) {
  for (const [name, make] of Object.entries(ERRORS)) {
    print(`${way}${name}`, steady(make, call), "us");
  }
}

function print(name, figure, unit) {
  console.log(`${name.padEnd(28)}${figure.toFixed(3).padStart(9)} ${unit}`);
}
