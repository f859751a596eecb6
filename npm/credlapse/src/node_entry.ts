/**
 * What Node.js gets: the main entry and `credlapse/node` together.
 *
 * @module
 */

export * from "./index.ts";
export * from "./node.ts";
