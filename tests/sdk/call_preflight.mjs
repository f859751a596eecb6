/**
 * Prints what `preflight` gives: `node call_preflight.mjs <client> <options as JavaScript>`.
 *
 * @module
 */

import { runInNewContext } from "node:vm";

import { library } from "./library.mjs";

const [client, options] = process.argv.slice(2);
const { preflight } = library();

const CLIENTS = {
  none: () => undefined,
  async v3() {
    const { STSClient } = await import("@aws-sdk/client-sts");
    return new STSClient({ region: "us-east-1", maxAttempts: 1 });
  },
  async v2() {
    const { default: AWS } = await import("aws-sdk");
    const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = process.env;
    return new AWS.STS({ endpoint, region, maxRetries: 0 });
  },
  sends: () => ({
    send: () => Promise.reject(new Error("there is no command to send")),
  }),
  "a text": () => "new STS()",
  throws: () => ({
    getCallerIdentity() {
      throw null;
    },
  }),
  gives: () => ({ getCallerIdentity: () => undefined }),
  "hangs-not": () => ({
    getCallerIdentity: () => ({ promise: () => Promise.reject(Symbol("x")) }),
  }),
};

// JSON has neither a NaN nor an `undefined`.
const given = runInNewContext(`(${options})`);
const found = await preflight(
  given?.constructor?.name === "Object"
    ? { client: await CLIENTS[client](), ...given }
    : given,
);
console.log(JSON.stringify(found));
