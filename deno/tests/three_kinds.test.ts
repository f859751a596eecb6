import { equal } from "node:assert/strict";

import {
  type ThreeKind,
  threeKindOf,
  threeKindOfCode,
} from "../../examples/deno-datastore/three_kinds.ts";

/** Code, status and the class that extensions give to them today. */
const CODES: [string | undefined, number | undefined, ThreeKind][] = [
  ["CredentialsProviderError", undefined, "session-expired"],
  ["ExpiredTokenException", 400, "session-expired"],
  ["ExpiredToken", 400, "session-expired"],
  ["InvalidAccessKeyId", 403, "credentials-rejected"],
  ["SignatureDoesNotMatch", 403, "credentials-rejected"],
  ["AccessDenied", 403, "credentials-rejected"],
  ["AccessDenied", 401, "other"],
  ["BucketRegionMismatch", 403, "other"],
  [undefined, 403, "other"],
  ["NoSuchKey", 404, "other"],
  ["PreconditionFailed", 412, "other"],
  ["InternalError", 500, "other"],
];

for (const [code, status, kind] of CODES) {
  Deno.test(`${code} with ${status} is ${kind}`, () => {
    equal(threeKindOfCode(code, status), kind);
  });
}

/** Messages of a `CredentialsProviderError`. */
const MESSAGES: [string, ThreeKind][] = [
  [
    "The SSO session associated with this profile has expired.",
    "session-expired",
  ],
  ["Could not load credentials from any providers", "session-expired"],
  [
    "Could not resolve credentials using profile: [nope] in configuration/credentials file(s).",
    "session-expired",
  ],
  ["Error: connect ECONNREFUSED 127.0.0.1:1", "other"],
];

for (const [message, kind] of MESSAGES) {
  Deno.test(`"${message}" is ${kind}`, () => {
    const error = Object.assign(new Error(message), {
      name: "CredentialsProviderError",
    });
    equal(threeKindOf(new Error("put failed", { cause: error })), kind);
  });
}
