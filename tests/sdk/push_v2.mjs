/**
 * Uploads many objects in one run with the AWS SDK v2, logs in again where the session ends, goes on.
 *
 * Prints how often it logged in and what it was told: `node push_v2.mjs <bucket> <count>`.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import AWS from "aws-sdk";

import { library } from "./library.mjs";

const [Bucket, count] = process.argv.slice(2);
const { profileFacts, withReauth } = library();

// This SDK knows neither AWS_ENDPOINT_URL nor how to be asked for fewer words.
const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = process.env;
AWS.config.update({ region, maxRetries: 0 });
AWS.config.sso = { endpoint };

const connect = () => new AWS.S3({ endpoint, s3ForcePathStyle: true });
let client = connect();

const commands = [];
const put = withReauth(
  (Key) => client.putObject({ Bucket, Key, Body: Key }).promise(),
  {
    context: () => ({ subject: "Push", facts: profileFacts() }),
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
