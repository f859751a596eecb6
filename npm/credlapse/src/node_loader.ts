/**
 * The file that Node.js runs: all that asks the addon, and WebAssembly in its
 * place where there is none.
 *
 * @module
 */

import { native } from "./native.ts";

export * from "./node_entry.ts";

/** Of CommonJS. */
declare const require: (name: string) => unknown;
declare const module: { exports: unknown };

module.exports = native === undefined
  ? require("./portable.cjs")
  : module.exports;
