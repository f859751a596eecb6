/**
 * The program that every host runs, and folders to run it in.
 *
 * @module
 */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The one file that people import. */
export const SINGLE_FILE = fileURLToPath(
  new URL("../../deno/credlapse.js", import.meta.url),
);

/** What the program has to say. */
export const SAID = `\
Datastore session expired: the SSO session of AWS profile 'dev' is no longer valid.
  Run: aws sso login --profile dev   then retry.
  (S3OperationError [CredentialsProviderError]: Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.)`;

/** An expression for what it says, of the function \`explain\`. */
export const SAYING = `explain(Object.assign(
  new Error("lock", { cause: Object.assign(
    new Error("Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile."),
    { name: "CredentialsProviderError" },
  ) }),
  { name: "S3OperationError" },
), { subject: "Datastore", profile: "dev" })`;

/** A program that imports the file and says it. */
export function program(specifier: string): string {
  return `import { explain } from ${
    JSON.stringify(specifier)
  };\nconsole.log(${SAYING});\n`;
}

/** A folder with the file and with these others, removed at the end. */
export class Folder {
  readonly path: string = mkdtempSync(join(tmpdir(), "credlapse-"));

  constructor(files: Record<string, string> = {}) {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(this.at(name), content);
    }
  }

  /** A folder in which a program stands beside the file that it imports. */
  static withProgram(): Folder {
    const folder = new Folder({ "main.mjs": program("./credlapse.js") });
    cpSync(SINGLE_FILE, folder.at("credlapse.js"));
    writeFileSync(folder.at("package.json"), '{"type": "module"}');
    return folder;
  }

  at(name: string): string {
    return join(this.path, name);
  }

  [Symbol.dispose](): void {
    // A browser that has been ended may still write to its profile for a moment.
    for (let attempt = 1;; attempt++) {
      try {
        return rmSync(this.path, { recursive: true, force: true });
      } catch (error) {
        if (attempt === 50) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      }
    }
  }
}
