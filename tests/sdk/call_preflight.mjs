/**
 * Prints what `preflight` gives: `node call_preflight.mjs <client> <options as JavaScript>`.
 *
 * @module
 */

import { createRequire } from "node:module";
import { runInNewContext } from "node:vm";

import { library } from "./library.mjs";

const [client, options] = process.argv.slice(2);
const { preflight } = library();

/** Keys that the program has brought, and when they end; no file knows of them. */
const {
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiration: end,
} = JSON.parse(process.env.OWN_KEYS ?? "{}");
const expiration = end && new Date(end);
const keys = { accessKeyId, secretAccessKey, sessionToken, expiration };

function never() {
  console.error("this must not be asked");
  process.exit(1);
}

/** Answers, and has these credentials. */
const answering = (config) => ({
  config,
  getCallerIdentity: () => ({ Account: "123456789012" }),
});

const CLIENTS = {
  none: () => undefined,
  async v3() {
    const { STSClient } = await import("@aws-sdk/client-sts");
    return new STSClient({ region: "us-east-1", maxAttempts: 1 });
  },
  async "v3 with keys"() {
    const { STSClient } = await import("@aws-sdk/client-sts");
    return new STSClient({ credentials: keys, maxAttempts: 1 });
  },
  async "v3 with a provider"() {
    const { STS } = await import("@aws-sdk/client-sts");
    return new STS({
      credentials: () => Promise.resolve(keys),
      maxAttempts: 1,
    });
  },
  async "v3 with fromIni sso-legacy"() {
    const { STSClient } = await import("@aws-sdk/client-sts");
    const { fromIni } = await import("@aws-sdk/credential-provider-ini");
    const credentials = fromIni({ profile: "sso-legacy" });
    return new STSClient({ credentials, maxAttempts: 1 });
  },
  async "v3 with the profile sso-legacy"() {
    const { STSClient } = await import("@aws-sdk/client-sts");
    return new STSClient({ profile: "sso-legacy", maxAttempts: 1 });
  },
  "v3.600 with keys"() {
    const sdk = import.meta.resolve("aws-sdk-client-s3-3.600");
    const { STS } = createRequire(sdk)("@aws-sdk/client-sts");
    return new STS({ credentials: keys, maxAttempts: 1 });
  },
  async "v2 with keys"() {
    const { default: AWS } = await import("aws-sdk");
    const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = process.env;
    const credentials = new AWS.Credentials(keys);
    credentials.expireTime = expiration ?? null;
    return new AWS.STS({ endpoint, region, maxRetries: 0, credentials });
  },
  "must not be asked": () => ({
    getCallerIdentity: never,
    send: never,
    get config() {
      return never();
    },
  }),
  "credentials that never come": () =>
    answering({ credentials: () => new Promise(() => {}) }),
  "credentials that throw": () =>
    answering({
      credentials() {
        throw null;
      },
    }),
  "credentials that are rejected": () =>
    answering({ credentials: () => Promise.reject(new Error("x")) }),
  "hostile credentials": () =>
    answering({
      credentials: new Proxy({}, {
        get() {
          throw new Error("get");
        },
        ownKeys() {
          throw new Error("ownKeys");
        },
      }),
    }),
  "odd credentials": () =>
    answering({
      credentials: () => ({
        expiration: "soon",
        expireTime: NaN,
        sessionToken: 5,
        $source: [1, null],
      }),
    }),
  "a hostile config": () => ({
    get config() {
      throw new Error("config");
    },
    getCallerIdentity: () => ({ Account: "123456789012" }),
  }),
  async v2() {
    const { default: AWS } = await import("aws-sdk");
    const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = process.env;
    // For the roles of profiles.
    AWS.config.sts = { endpoint };
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
