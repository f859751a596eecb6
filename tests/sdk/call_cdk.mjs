/**
 * Asks the CDK's toolkit for an SDK of an account and prints what credlapse says of what it throws.
 *
 * `node call_cdk.mjs <lib/index.js of aws-cdk> <account, or nothing> <role to assume, or nothing>`
 *
 * @module
 */

import { createRequire } from "node:module";

import { library } from "./library.mjs";

const [toolkit, account, assumeRoleArn] = process.argv.slice(2);
// The package has no name for its library: it is there for the command.
const { SdkProvider } = createRequire(import.meta.url)(toolkit);
const { diagnose, profileFacts } = library();

/** What the toolkit says on its way is not looked at. */
const silent = new Proxy({}, { get: () => () => Promise.resolve() });

const READING = 0;
let thrown = null;
try {
  const provider = await SdkProvider.withAwsCliCompatibleDefaults({
    ioHelper: { defaults: silent },
    requestHandler: {},
  });
  const environment = {
    name: "test",
    account: account || "unknown-account",
    region: "us-east-1",
  };
  await provider.forEnvironment(
    environment,
    READING,
    assumeRoleArn ? { assumeRoleArn } : undefined,
  );
} catch (error) {
  thrown = error;
}
console.log(JSON.stringify({
  name: thrown?.name,
  message: thrown?.message,
  cause: thrown?.cause?.name,
  isBranded: thrown !== null &&
    Symbol.for("@aws-cdk/toolkit-lib.AuthenticationError") in thrown,
  alone: diagnose(thrown, { subject: "Deploy" }) ?? null,
  diagnosis: diagnose(thrown, { subject: "Deploy", facts: profileFacts() }) ??
    null,
}));
