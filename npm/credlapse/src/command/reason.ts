/**
 * The words of the operating system for a failure.
 *
 * @module
 */

import { getSystemErrorMap } from "node:util";

/** As Rust words it, where the system failed; else as the error words it. */
export function reason(error: unknown): string {
  const { code = "", errno, message } = error as NodeJS.ErrnoException;
  if (errno === undefined) return message;
  const words = OWN_WORDS[code] ?? getSystemErrorMap().get(errno)?.[1];
  return words === undefined
    ? message
    : `${words[0]?.toUpperCase()}${words.slice(1)} (os error ${-errno})`;
}

/** Where Node.js has words of its own. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  EIO: "input/output error",
  EISDIR: "is a directory",
  ELOOP: "too many levels of symbolic links",
  ENAMETOOLONG: "file name too long",
};
