/**
 * Prints what `preflight` gives: `node call_preflight.mjs <client> <options as JSON>`.
 *
 * @module
 */

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

const found = await preflight({
  client: await CLIENTS[client](),
  ...JSON.parse(options),
});
console.log(JSON.stringify(found));
