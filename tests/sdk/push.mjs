/**
 * Many objects in one run: where the session ends, a login, and on.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { library } from "./library.mjs";

const { withReauth } = library();

/**
 * Uploads objects, and prints how often it logged in and how many are stored.
 *
 * @param connect makes a client
 * @param put uploads one object with it, by its key
 * @param options what `withReauth` takes besides
 */
export async function push(count, connect, put, options = {}) {
  let client = connect();
  const commands = [];
  const putOrLogIn = withReauth((key) => put(client, key), {
    ...options,
    async reauth({ reauthArgv: [program, ...args] }) {
      commands.push([program, ...args].join(" "));
      await promisify(execFile)(program, args);
      // The old one keeps the keys of the old session in memory.
      client = connect();
    },
  });

  const keys = Array.from({ length: Number(count) }, (_, n) => `push/${n}`);
  // Three at a time, as a sync does it.
  const stored = [];
  await Promise.all([0, 1, 2].map(async () => {
    for (let key = keys.shift(); key !== undefined; key = keys.shift()) {
      await putOrLogIn(key);
      stored.push(key);
    }
  }));
  console.log(JSON.stringify({ commands, stored: stored.length }));
}
