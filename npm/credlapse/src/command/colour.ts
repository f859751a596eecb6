/**
 * Answers in colour, where a terminal shows them.
 *
 * @module
 */

import process from "node:process";
import type { WriteStream } from "node:tty";

import type { Diagnosis } from "credlapse";

const BOLD = "\x1b[1m";
const DIMMED = "\x1b[2m";
const RED = "\x1b[31m";
const CYAN = "\x1b[36m";
const RESET = "\x1b[0m";

/** The three parts as a stream shows them, below a title if there is one. */
export function painted(
  diagnosis: Diagnosis,
  title: string | undefined,
  stream: WriteStream,
): string {
  const { message, text } = diagnosis;
  if (!isColoured(stream)) {
    return title === undefined ? text : `${title}\n${text}`;
  }
  const [, action = "", detail = ""] = text.slice(message.length).split("\n  ");
  const parts = [
    paint(BOLD + RED, message),
    `  ${paint(BOLD + CYAN, action)}`,
    `  ${paint(DIMMED, detail)}`,
  ];
  if (title !== undefined) parts.unshift(paint(BOLD, title));
  return parts.join("\n");
}

/** What a check says, its first line in colour. */
export function paintedCheck(
  text: string,
  isGood: boolean,
  stream: WriteStream,
): string {
  if (!isColoured(stream)) return text;
  const [first = "", ...rest] = text.split("\n");
  return [paint(isGood ? BOLD : BOLD + RED, first), ...rest].join("\n");
}

function paint(style: string, text: string): string {
  return `${style}${text}${RESET}`;
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
