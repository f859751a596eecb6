/**
 * The package as it is published, not its sources.
 *
 * @module
 */

import { createRequire } from "node:module";
import { join } from "node:path";

/** What `require("credlapse/node")` gives in a project that has installed the packages. */
export function library() {
  const packages = process.env.CREDLAPSE_PACKAGES;
  const require = createRequire(join(packages, "credlapse/package.json"));
  return require("credlapse/node");
}
