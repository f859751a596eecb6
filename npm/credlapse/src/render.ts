/**
 * A diagnosis for programs.
 *
 * @module
 */

import { ask } from "./backend.ts";
import type { Code, ExitTableName, Kind } from "./kinds.ts";
import type { Diagnosis, ErrorObject } from "./types.ts";

/** A built-in table by name, or exit statuses of one's own for some codes and kinds. */
export type ExitTable =
  | ExitTableName
  | Readonly<Partial<Record<Code | Kind, number>>>;

/**
 * The exit status for a diagnosis.
 *
 * The default table gives 10 for expiry, which reauthentication repairs, and 8
 * for all else. In an own table a kind goes before its code, and what is left
 * out has its default. Without a diagnosis it is 1 with every table: something
 * failed, and not for its credentials.
 *
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { diagnoseText } from "credlapse";
 *
 * const expired = diagnoseText("ExpiredToken: The provided token has expired.");
 * ok(expired);
 * equal(exitCode(expired), 10);
 * equal(exitCode(expired, "rc"), 4);
 * equal(exitCode(expired, { CREDENTIALS_EXPIRED: 77 }), 77);
 * equal(exitCode(expired, { session_token_expired: 78 }), 78);
 * equal(exitCode(diagnoseText("no space left on device")), 1);
 * ```
 */
export function exitCode(
  diagnosis: Diagnosis | undefined,
  table: ExitTable = "default",
): number {
  if (!diagnosis) return 1;
  const status = typeof table === "string"
    ? ask((core) => core.exitCode(diagnosis.code, table))
    : table?.[diagnosis.kind] ?? table?.[diagnosis.code];
  return status ?? diagnosis.exitCode;
}

/**
 * The error object that programs read: snake_case, ready for `JSON.stringify`.
 *
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { diagnoseText } from "credlapse";
 *
 * const expired = diagnoseText("ExpiredToken: The provided token has expired.");
 * ok(expired);
 * const { error } = errorObject(expired);
 * equal(error.code, "CREDENTIALS_EXPIRED");
 * equal(error.exit_code, 10);
 * ```
 */
export function errorObject(
  diagnosis: Diagnosis,
  table?: ExitTable,
): ErrorObject;
/** The same; `undefined` where there is no diagnosis. */
export function errorObject(
  diagnosis: Diagnosis | undefined,
  table?: ExitTable,
): ErrorObject | undefined;
export function errorObject(
  diagnosis: Diagnosis | undefined,
  table?: ExitTable,
): ErrorObject | undefined {
  if (!diagnosis) return undefined;
  const fields = Object.entries(diagnosis)
    .filter(([name]) => name !== "text")
    .map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      name === "exitCode" ? exitCode(diagnosis, table) : value,
    ]);
  return { ok: false, error: Object.fromEntries(fields) };
}
