/**
 * A host as small as can be: loads a bundled extension and shows its errors.
 *
 * `deno run -A host.ts <bundle.js> push|pull <folder> <settings as JSON>`
 *
 * @module
 */

import { pathToFileURL } from "node:url";

import type { Datastore } from "./datastore.ts";

const [bundle = "", verb, folder = ".", settings = "{}"] = Deno.args;
const extension = await import(pathToFileURL(bundle).href);
const datastore: Datastore = extension.open(JSON.parse(settings));

try {
  const release = await datastore.lock();
  try {
    const names = verb === "pull"
      ? await datastore.pull(folder)
      : await datastore.push(folder);
    console.log(`${verb}: ${names.length} files`);
  } finally {
    await release();
  }
} catch (error) {
  // A summary keeps the head of the message: what to do has to stand there.
  const { name, message } = error as Error;
  console.error(`${name}\n${message.slice(0, 200)}`);
  console.error(message.slice(200));
  Deno.exit(1);
}
