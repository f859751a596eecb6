/**
 * Text in colour, where a stream shows it.
 *
 * @module
 */

import process from "node:process";
import type { WriteStream } from "node:tty";
import { stripVTControlCharacters } from "node:util";

/** Writes text that may be in colour; `false` where the stream has to be waited for. */
export function write(stream: WriteStream, text: string): boolean {
  return text === "" ||
    stream.write(isColoured(stream) ? text : stripVTControlCharacters(text));
}

/** As programs agree on it: bixense.com/clicolors and no-color.org. */
function isColoured({ isTTY }: WriteStream): boolean {
  const { NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM, CI } = process.env;
  if (NO_COLOR) return false;
  if (CLICOLOR_FORCE) return true;
  if (CLICOLOR === "0" || !isTTY) return false;
  const isCapable = process.platform === "win32"
    ? TERM !== "dumb"
    : TERM !== undefined && TERM !== "dumb";
  return isCapable || CLICOLOR !== undefined || CI !== undefined;
}
