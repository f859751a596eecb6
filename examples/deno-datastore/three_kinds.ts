/**
 * The three classes that datastore extensions know, from a diagnosis.
 *
 * For code that branches on them; new code branches on `code` and `kind`.
 *
 * @module
 */

import { type Code, diagnose } from "../../deno/mod.ts";

/** The class of a failed call. */
export type ThreeKind = "session-expired" | "credentials-rejected" | "other";

const CLASSES: Record<Code, ThreeKind> = {
  CREDENTIALS_EXPIRED: "session-expired",
  // The next three are what a `CredentialsProviderError` can mean besides.
  CREDENTIALS_MISSING: "session-expired",
  CREDENTIALS_MISCONFIGURED: "session-expired",
  CREDENTIALS_UNAVAILABLE: "session-expired",
  CREDENTIALS_INVALID: "credentials-rejected",
  PERMISSION_DENIED: "credentials-rejected",
  CLOCK_SKEW: "other",
  URL_EXPIRED: "other",
  AUTH_AMBIGUOUS: "other",
};

/** The class of a thrown error. */
export function threeKindOf(thrown: unknown): ThreeKind {
  const diagnosis = diagnose(thrown);
  if (diagnosis === undefined) return "other";
  const { code, status } = diagnosis;
  // Without a status nobody has answered: credentials could not be had.
  if (code === "AUTH_AMBIGUOUS" && status === null) return "session-expired";
  if (code === "PERMISSION_DENIED" && status !== 403) return "other";
  return CLASSES[code];
}

/** The class of an error of which only code and status were kept. */
export function threeKindOfCode(
  code: string | undefined,
  status?: number,
): ThreeKind {
  return threeKindOf({
    name: code,
    code,
    $metadata: { httpStatusCode: status },
  });
}
