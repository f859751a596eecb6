/**
 * A project away from this repository.
 *
 * @module
 */

import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

/** A folder with the SDKs, for as long as the tests of a file run. */
export function projectWithSdks(): string {
  const folder = mkdtempSync(join(tmpdir(), "credlapse-project-"));
  after(() => rmSync(folder, { recursive: true }));
  symlinkSync(
    fileURLToPath(new URL("../../node_modules", import.meta.url)),
    join(folder, "node_modules"),
  );
  return folder;
}
