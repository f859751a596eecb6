/**
 * Uploads many objects in one run, logs in again where the session ends, goes on.
 *
 * Prints how often it logged in and what it was told: `node push_v3.mjs <client-s3> <bucket> <count>`.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { library } from "./library.mjs";

const [sdk, Bucket, count] = process.argv.slice(2);
const { PutObjectCommand, S3Client } = await import(sdk);
const { credlapsePlugin, profileFacts, withReauth } = library();

function connect() {
  const client = new S3Client({ forcePathStyle: true, maxAttempts: 1 });
  client.middlewareStack.use(credlapsePlugin({
    context: () => ({ subject: "Push", facts: profileFacts() }),
  }));
  return client;
}
let client = connect();

const commands = [];
const put = withReauth(
  (Key) => client.send(new PutObjectCommand({ Bucket, Key, Body: Key })),
  {
    async reauth({ reauthArgv: [program, ...args] }) {
      commands.push([program, ...args].join(" "));
      await promisify(execFile)(program, args);
      // The old one keeps the keys of the old session in memory.
      client = connect();
    },
  },
);

const keys = Array.from({ length: Number(count) }, (_, n) => `push/${n}`);
// Three at a time, as a sync does it.
const stored = [];
await Promise.all([0, 1, 2].map(async () => {
  for (let key = keys.shift(); key !== undefined; key = keys.shift()) {
    await put(key);
    stored.push(key);
  }
}));
console.log(JSON.stringify({ commands, stored: stored.length }));
