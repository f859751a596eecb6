/**
 * What the environment holds that must never be shown.
 *
 * @module
 */

import { env } from "node:process";

/** The values among the variables that must never be shown. */
export function secrets(): string[] {
  return SECRET.flatMap((name) => {
    const value = env[name];
    // A placeholder such as `x` would tear every text apart.
    return value !== undefined && value.length >= SECRET_MIN ? [value] : [];
  });
}

const SECRET = [
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
];
const SECRET_MIN = 16;
