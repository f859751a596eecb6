/**
 * The file that Node.js runs: chooses the addon or WebAssembly, and reads no
 * more than the one that it has chosen.
 *
 * @module
 */

import { native } from "./native.ts";

/** Of CommonJS. */
declare const require: (name: string) => unknown;
declare const module: { exports: unknown };

module.exports = native === undefined
  ? require("./portable.cjs")
  : require("./native.cjs");
