/**
 * The file that Node.js runs: the main entry and `credlapse/node` together.
 *
 * @module
 */

export * from "./index.ts";
export * from "./node.ts";
