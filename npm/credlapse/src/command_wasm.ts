/**
 * The core of the command as WebAssembly, in a file of its own beside it.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { CommandCore } from "./command/core.ts";
import { bind } from "./generated/command_glue.js";
import { instantiate } from "./module.ts";

/** Of CommonJS. */
declare const __dirname: string;

/** The one instance of this process. */
export const core: CommandCore = instantiate(
  bind,
  new WebAssembly.Module(readFileSync(join(__dirname, "command.wasm"))),
);
