/**
 * A host as small as can be: loads a bundled extension and shows its errors.
 *
 * `deno run -A host.ts <bundle.js> push|pull <folder> <settings as JSON> [--login]`
 *
 * @module
 */

import { pathToFileURL } from "node:url";

import type { Datastore } from "./datastore.ts";

const [bundle = "", verb, folder = ".", settings = "{}", flag] = Deno.args;

/** Runs what the diagnosis says, on the user's terminal. */
async function login([command = "", ...args]: string[]): Promise<boolean> {
  const { success } = await new Deno.Command(command, { args }).spawn().status;
  return success;
}

try {
  const extension = await import(pathToFileURL(bundle).href);
  const datastore: Datastore = extension.open(
    JSON.parse(settings),
    flag === "--login" ? { login } : {},
  );
  const release = await datastore.lock();
  let names: string[];
  try {
    names = await (verb === "pull" ? datastore.pull : datastore.push)(folder);
  } catch (error) {
    // Whatever kept the call from working may keep the lock from going.
    await release().catch(() => {});
    throw error;
  }
  await release();
  console.log(`${verb}: ${names.length} files`);
} catch (error) {
  const { name, code, message } = error as Error & { code?: string };
  console.error(`${verb} failed: ${name} (${code ?? "no code"})`);
  // The first 200 characters are all that many hosts keep of a message.
  console.error(message);
  Deno.exit(1);
}
