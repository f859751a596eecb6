/**
 * Says what lapsed when an AWS call fails, and which command fixes it.
 *
 * Everything stands in one file, the decisions as WebAssembly inside it. Nothing
 * here needs a permission, and nothing is compiled before the first call.
 *
 * @module
 */

export * from "./credlapse.js";
